import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { until } from '../../tools/sandbox'
import { bookName } from '../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { createClock } from '../../src-main/ports/clock'
import { launch, makeProfile } from '../e2e/launch'
import { bigTopicName } from '../support/big-metadata'
import { event } from '../support/history-events'
import { fillMonth } from '../support/stores/month-of-samples'
import { median } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'

const CLUSTER_ID = 'a-made-up-cluster'
const TOPIC = bigTopicName(0)
const BROKERS_KEPT = 100
const EVENTS = 3_000
/** They fill the 30 days. */
const EVERY_MS = 800_000
const ROUNDS = 5
const SUBJECTS = {
  cluster: '',
  broker: '?broker=3',
  topic: `?topic=${TOPIC}`,
  partition: `?topic=${TOPIC}&partition=0`,
} as const

function writeMonth(profile: string): void {
  const clock = createClock()
  const now = clock.now()
  const owner = { cluster: '', clusterId: CLUSTER_ID }
  const files = createHistoryFiles(join(profile, 'history'), { clock, onProblem: (cause) => console.error(cause) })
  const writer = files.write(owner)
  if (writer === null) throw new Error('somebody else writes')
  for (let n = EVENTS; n > 0; n -= 1) {
    const to = now - n * EVERY_MS
    const kind = n % 2 === 0 ? 'left-isr' : 'joined-isr'
    writer.add([event({ topic: TOPIC, partition: 0, broker: 3, kind, from: to - 1_000, to })], 1)
  }
  // A timeline begins where watching began.
  writer.watch({ from: now - 30 * 86_400_000, to: now, end: 'closed' })
  writer.close()
  fillMonth(join(profile, 'history', bookName(owner)), now, BROKERS_KEPT, 1)
}

/** What the page says of its points when they are those of 30 days. */
const RESOLUTION = '1 h 10 min'

/** From the click on 30 days until the page has painted figures of 30 days, in ms. */
async function openMonth(page: Page, address: string): Promise<number> {
  await page.evaluate((hash) => void (location.hash = hash), `#/timeline${address}`)
  await page.waitForSelector('.page[data-read]')
  await page.getByRole('radio', { name: '6 h', exact: true }).click()
  await page.waitForFunction((text) => !document.body.innerText.includes(text), RESOLUTION)
  return page.evaluate(async (text) => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
    const radio = [...document.querySelectorAll<HTMLElement>('[role=radio]')].find(
      (one) => one.innerText.trim() === '30 d',
    )
    const from = performance.now()
    radio?.click()
    while (document.querySelector('.detail .nowrap')?.textContent.includes(text) !== true) {
      if (performance.now() - from > 30_000)
        throw new Error(`no figures of 30 days: ${document.body.innerText.slice(0, 500)}`)
      await frame()
    }
    await frame()
    await frame()
    return performance.now() - from
  }, RESOLUTION)
}

/** The timeline of 30 days in the real window, of a file with all of it: what `history` measures, the way to the page and the drawing. */
export async function benchTimeline(report: Report): Promise<void> {
  const profile = await makeProfile()
  writeMonth(profile)
  const cluster = await startSyntheticCluster({ partitions: 3_000, topics: 100, replicationFactor: 3, brokers: 6 })
  const { page, close } = await launch({
    profile,
    env: { BOOTSTRAP: cluster.bootstrap, CLUSTER_NAME: 'generated', ENV: 'dev' },
  })
  try {
    // The loader of this file names inner functions by a helper that a page does not have.
    await page.evaluate('globalThis.__name = (named) => named')
    await until('a live board', 60_000, async () => ((await page.locator('[role=grid]').count()) > 0 ? true : null))
    for (const [subject, address] of Object.entries(SUBJECTS)) {
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) times.push(await openMonth(page, address))
      report.note(`timeline of a ${subject}, 30 days: click to pixels, the first time`, times[0]!, 'ms')
      report.atMost(`timeline of a ${subject}, 30 days: click to pixels`, median(times), 'ms', 300)
    }
  } finally {
    await close()
    cluster.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
