import { launch } from '../e2e/launch'
import { until } from '../../tools/sandbox'
import { scrollFrames, watchPictures } from './in-page'
import { kindsOf, pssMiB } from './process-tree'
import { median, percentile } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'
import { startUndriven } from './undriven'

const EVERY = 1000
const SWITCHES = 12
/** Two frames of a display of 60 Hz, as the page's clock counts them. */
const TWO_FRAMES_MS = 33.5

/** The real window over 200,000 generated partitions: frame, delta, detection, scrolling, filtering, memory, stalls of its main process. */
export async function benchWindow(report: Report): Promise<void> {
  const cluster = await startSyntheticCluster({ partitions: 200_000, topics: 10_000, replicationFactor: 3, brokers: 6 })
  const { app, page, close } = await launch({
    env: { BOOTSTRAP: cluster.bootstrap, CLUSTER_NAME: 'generated', ENV: 'dev' },
  })
  try {
    const { seen } = await watchPictures(page)
    await until('a first picture', 60_000, async () => ((await seen()).length > 2 ? true : null))

    const frames: number[] = []
    for (let i = 0; i < 8; i++) {
      const asked = Date.now()
      await page.evaluate(() => window.highwater['cluster:frame']({ cluster: 'from-start' }))
      const got = await until(
        'a whole frame',
        20_000,
        async () => (await seen()).find((p) => p.rows === 200_000 && p.appliedAt >= asked) ?? null,
      )
      frames.push(got.appliedAt - asked)
    }
    report.atMost('200k: frame to renderer, end to end', median(frames), 'ms', 200)

    const stalls = await app.evaluate(async () => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      await new Promise((resolve) => setTimeout(resolve, 15_000))
      return delay.max / 1e6
    })
    report.atMost('200k: longest stall of the real main process', stalls, 'ms', 50)

    const posted = await app.evaluateHandle(({ MessageChannelMain }) => {
      const times = new Map<number, number>()
      const port = Object.getPrototypeOf(new MessageChannelMain().port1) as {
        postMessage: (message: { delta?: { seq: number } }) => void
      }
      const post = port.postMessage
      port.postMessage = function (message) {
        if (message.delta !== undefined) times.set(message.delta.seq, Date.now())
        post.call(this, message)
      }
      return times
    })
    const pixels: number[] = []
    const deltas: number[] = []
    for (let i = 0; i < SWITCHES; i++) {
      const shrunk = i % 2 === 0
      const switchedAt = await cluster.shrink(shrunk ? EVERY : 0)
      const changed = await until(
        'the ISR change on screen',
        30_000,
        async () =>
          (await seen()).find(
            (p) => p.appliedAt > switchedAt && (p.counts[3] ?? 0) + (p.counts[4] ?? 0) > 0 === shrunk,
          ) ?? null,
        20,
      )
      pixels.push(changed.paintedAt - switchedAt)
      const postedAt = await posted.evaluate((times, seq) => times.get(seq) ?? Number.NaN, changed.seq)
      if (changed.rows < 1000 && !Number.isNaN(postedAt)) deltas.push(changed.appliedAt - postedAt)
    }
    report.atMost('200k: ISR change to pixels, p95', percentile(pixels, 95), 'ms', 2500)
    report.atMost('200k: delta of 200 rows, p95', percentile(deltas, 95), 'ms', 20)

    const scrolled = async (what: string, selector: string, step: number): Promise<void> =>
      report.atMost(
        `200k: ${what}, scrolling, p95 frame`,
        percentile(await scrollFrames(page, selector, step, 120), 95),
        'ms',
        TWO_FRAMES_MS,
      )
    const troubledAt = await cluster.shrink(EVERY)
    await until('the trouble on screen', 30_000, async () =>
      (await seen()).some((p) => p.appliedAt > troubledAt && (p.counts[3] ?? 0) + (p.counts[4] ?? 0) > 0) ? true : null,
    )
    await scrolled("the board's topics", '[role=grid]', 240)
    await page.getByRole('radio', { name: 'Map', exact: true }).click()
    // While nothing is seen in trouble the map is blocks alone.
    await page.waitForSelector('.matrix .box')
    for (const zoom of ['all', 'names', 'numbers']) {
      await page.getByRole('radiogroup', { name: 'Zoom' }).getByRole('radio', { name: zoom, exact: true }).click()
      await page.waitForTimeout(1_000)
      await scrolled(`map, ${zoom}`, '.matrix .box', 40)
    }
    await page.getByRole('radio', { name: 'List', exact: true }).click()
    await cluster.shrink(0)
    await page.evaluate(() => void (location.hash = '#/topics'))
    await page.waitForSelector('[role=grid].grid')
    report.atMost(
      '10k topics: table scrolling, p95 frame',
      percentile(await scrollFrames(page, '[role=grid].grid', 240, 120), 95),
      'ms',
      TWO_FRAMES_MS,
    )
    await cluster.shrink(1)
    await page.evaluate(() => void (location.hash = '#/board'))
    await until('200k rows in trouble', 30_000, async () =>
      (await seen()).some((p) => (p.counts[3] ?? 0) + (p.counts[4] ?? 0) === 200_000) ? true : null,
    )
    await page.waitForSelector('[role=grid].grid')
    report.atMost(
      '200k rows in trouble: table scrolling, p95 frame',
      percentile(await scrollFrames(page, '[role=grid].grid', 240, 120), 95),
      'ms',
      TWO_FRAMES_MS,
    )
    report.note('200k: memory after all of this, test driver attached (PSS)', pssMiB(app.process().pid ?? -1), 'MiB')
    await close()
    await cluster.shrink(0)
    const { pss } = await startUndriven({ bootstrap: cluster.bootstrap })
    console.log(`  ${kindsOf(pss)}`)
    report.atMost('200k: memory of the process tree (PSS)', pss.totalMiB, 'MiB', 600)
  } finally {
    await close()
    cluster.close()
  }
}
