/**
 * A night with the window in the tray: the built app on real brokers, its window closed, for HIGHWATER_MINUTES; then shown again; then killed in the middle of trouble, five times. What its history
 * holds is held against the controllers' own log. `npm run test:long -- tray`.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { until } from '../../../tools/sandbox'
import {
  bookPath,
  bookReader,
  everyEvent,
  everySpan,
  judgeNight,
  mib,
  MINUTE_MS,
  NOTHING_WRONG,
  pause,
  playNight,
  QUIET_MS,
} from '../../support/night'
import { bookSize } from '../../support/stores/book-size'
import { startTrayHost } from '../../support/tray-host'
import type { TrayHost } from '../../support/tray-host'
import { expect, test } from '../fixture'
import type { RunningSandbox } from '../fixture'
import { call } from '../killed-change'
import { launch, makeProfile } from '../launch'
import type { Highwater } from '../launch'
import { goTo, headline } from '../scene-words'

const MINUTES = Number(process.env['HIGHWATER_MINUTES'] ?? 30)
/** When memory is read, in minutes; the last at the end. */
const READ_AT = [1, 5, 10, 20]
const SHOWN_MS = 2_000
const KILLS = 5
const LOOK_MS = 400
/** What the heap may have grown by from the fifth minute, when everything has been through, to the last. */
const FLAT_BYTES = 12 * 2 ** 20
const PATIENT = { timeout: 180_000 }

test.describe.configure({ mode: 'serial', timeout: 0 })

let host: TrayHost
let folder: string
let highwater: Highwater
let cluster: string
const report = (line: string): void => console.log(`  ${line}`)

test.beforeAll(async ({ sandbox }) => {
  host = await startTrayHost()
  folder = await makeProfile()
  report(`profile ${folder}`)
  highwater = await launch({ profile: folder, bus: host.address })
  cluster = await saveWatched(highwater.page, sandbox)
  const settings = await call(highwater.page, 'settings:read', undefined)
  await call(highwater.page, 'settings:write', { ...settings, closing: 'watch' })
  // The page reads what is saved when it begins.
  await highwater.close()
  highwater = await launch({ profile: folder, bus: host.address })
})
test.afterAll(async () => {
  await highwater.close()
  host.close()
})

async function saveWatched(page: Page, sandbox: RunningSandbox): Promise<string> {
  const profile = {
    id: '',
    name: 'sandbox',
    environment: 'dev',
    readOnly: true,
    tls: null,
    sasl: null,
    clusterId: '',
  } as const
  const more = { intervalMs: 0, watch: true, hook: 'none' } as const
  const bootstrap = sandbox.cluster.bootstrap.split(',')
  return (await call(page, 'profiles:save', { profile: { ...profile, ...more, bootstrap }, secrets: {} })).id
}

/** Closes the window as a person does; resolves when it is not to be seen, and beside the clock. */
async function putAway({ app, page }: Highwater): Promise<void> {
  await until(
    'a place beside the clock',
    30_000,
    async () => ((await call(page, 'telling:read', undefined)).tray && host.items().length > 0) || null,
  )
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
  await expect.poll(() => isVisible(app)).toBe(false)
}
const isVisible = (app: ElectronApplication): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())

/** Of the main process, after a collection. */
const memory = (app: ElectronApplication): Promise<{ readonly heap: number; readonly rss: number }> =>
  app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
    collect()
    const { heapUsed, rss } = process.memoryUsage()
    return { heap: heapUsed, rss }
  })

interface Looks {
  /** The longest between two times at which Metadata was told, as long as it was followed. */
  readonly longestMs: () => number
  /** By how much the clock on the wall was moved against the one that Highwater goes by (shared/steady-clock.ts). */
  readonly clockMs: () => number
  stop(): Promise<void>
}

function followLooks({ app, page }: Highwater): Looks {
  const offsets: number[] = []
  let last = Number.NaN
  let longest = 0
  const stopped = new AbortController()
  const following = (async () => {
    while (!stopped.signal.aborted) {
      const told = await call(page, 'quorum:agreement', { cluster }).catch(() => null)
      const at = told?.readAt ?? Number.NaN
      if (at > last) longest = Math.max(longest, at - last)
      if (!Number.isNaN(at)) last = at
      offsets.push(await app.evaluate(() => Date.now() - performance.now()))
      await pause(LOOK_MS)
    }
  })()
  return {
    longestMs: () => longest,
    clockMs: () => (offsets.length === 0 ? 0 : Math.max(...offsets) - Math.min(...offsets)),
    async stop() {
      stopped.abort()
      await following
    },
  }
}

const stateOf = async (page: Page): Promise<string> => {
  const { clusters } = await call(page, 'telling:read', undefined)
  return clusters.map(({ state, worst }) => `${state} ${worst ?? 'nothing'}`).join()
}
const isWell = (page: Page): Promise<boolean> =>
  until('all to be well', 180_000, async () => (await stateOf(page)) === 'watching nothing' || null)

const owner = async (page: Page): Promise<{ cluster: string; clusterId: string }> => {
  const [row] = await call(page, 'profiles:list', undefined)
  return { cluster, clusterId: row!.profile.clusterId }
}

test(`${MINUTES} minutes of trouble with the window in the tray: nothing missed or invented, memory flat, a file as large as foretold`, async ({
  sandbox,
}) => {
  const { app, page } = highwater
  await page.keyboard.press('ControlOrMeta+1')
  await expect(page.locator('[data-headline][data-level=well]')).toBeVisible(PATIENT)
  await putAway(highwater)
  const before = await headline(page)
  const looks = followLooks(highwater)
  const began = Date.now()
  const readings: { readonly minute: number; readonly heap: number; readonly rss: number }[] = []
  const read = async (): Promise<void> =>
    void readings.push({ minute: Math.round((Date.now() - began) / MINUTE_MS), ...(await memory(app)) })
  const timers = READ_AT.filter((minute) => minute < MINUTES).map((minute) =>
    setTimeout(() => void read(), minute * MINUTE_MS),
  )
  const rounds = await playNight(sandbox.director, MINUTES, () => isWell(page))
  await pause(QUIET_MS)
  await read()
  for (const timer of timers) clearTimeout(timer)
  await looks.stop()
  const to = Date.now() - QUIET_MS / 2
  expect(await isVisible(app)).toBe(false)
  const events = everyEvent(bookReader(join(folder, 'history'), await owner(page)))
  const verdict = await judgeNight(sandbox, events, [{ from: began, to }], looks.longestMs(), looks.clockMs())
  report(
    `${((Date.now() - began) / MINUTE_MS).toFixed(1)} min, ${rounds} rounds with the window away: ${events.length} events in the file; ${verdict.words}`,
  )
  report(
    `memory of main after a collection: ${readings.map(({ minute, heap, rss }) => `minute ${minute} heap ${mib(heap)} rss ${mib(rss)}`).join(', ')} MiB`,
  )

  // What is shown is from before it was closed, until it is shown again.
  await sandbox.cluster.kill(3)
  await until('an incident', 60_000, async () => {
    const [newest] = (await call(page, 'history:incidents', { cluster, before: Number.MAX_SAFE_INTEGER })).rows
    return newest !== undefined && Number.isNaN(newest.ended.to) && newest.brokers.includes(3) ? newest : null
  })
  expect(await headline(page)).toBe(before)
  const clicked = Date.now()
  await host.click()
  await expect.poll(() => isVisible(app), { intervals: [20], timeout: 10_000 }).toBe(true)
  const visible = Date.now()
  await expect.poll(() => headline(page), { intervals: [20], timeout: 30_000 }).toMatch(/Broker 3\b/)
  const current = Date.now()
  report(`shown again: visible ${visible - clicked} ms after the click, current ${current - clicked} ms`)
  await goTo(page, '/history')
  // One incident may have gone on through several rounds, with other brokers in it.
  await expect(page.locator('main')).toContainText(/brokers? (?:\d+(?:, | and ))*3(?!\d)/)
  const kept = (await call(page, 'history:incidents', { cluster, before: Number.MAX_SAFE_INTEGER })).rows
  report(
    `${kept.length} incidents on the page of ${bookReader(join(folder, 'history'), await owner(page)).incidents(1000).rows.length} in the file`,
  )
  await goTo(page, '/board')
  await sandbox.director.heal()
  await isWell(page)

  expect(verdict.wrong).toEqual(NOTHING_WRONG)
  expect(verdict.turns).toBeGreaterThan(0)
  // How soon the system draws it is the system's.
  expect(current - visible).toBeLessThan(SHOWN_MS)
  const settled = readings.find(({ minute }) => minute >= 5) ?? readings[0]!
  expect(readings.at(-1)!.heap - settled.heap).toBeLessThan(FLAT_BYTES)
})

test(`killed ${KILLS} times in the middle of trouble, with the window in the tray: opens each time, with what it had kept`, async ({
  sandbox,
}) => {
  const began = Date.now()
  let longestMs = 0
  let clockMs = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const looks = followLooks(highwater)
    if (await isVisible(highwater.app)) await putAway(highwater)
    await sandbox.director.play('flapping')
    await pause(8_000 + 4_000 * kill)
    const id = await owner(highwater.page)
    const before = everyEvent(bookReader(join(folder, 'history'), id)).length
    await looks.stop()
    longestMs = Math.max(longestMs, looks.longestMs())
    clockMs = Math.max(clockMs, looks.clockMs())
    highwater.app.process().kill('SIGKILL')
    await highwater.close()
    const from = Date.now()
    highwater = await launch({ profile: folder, bus: host.address })
    const opened = Date.now() - from
    await until('it to watch', 60_000, async () => (await stateOf(highwater.page)).startsWith('watching') || null)
    const { notes } = await call(highwater.page, 'app:info', undefined)
    const after = everyEvent(bookReader(join(folder, 'history'), id)).length
    report(
      `kill ${kill}: ${before} events before it, ${after} after, painted in ${opened} ms, notes ${JSON.stringify(notes)}`,
    )
    expect(notes).toEqual([])
    expect(after).toBeGreaterThanOrEqual(before)
    await sandbox.director.heal()
    await isWell(highwater.page)
  }
  await pause(QUIET_MS)
  const id = await owner(highwater.page)
  const book = bookReader(join(folder, 'history'), id)
  const watched = everySpan(book).filter(({ to }) => to > began)
  const times = watched.map(({ from, to }) => ({ from: Math.max(from, began), to: to - QUIET_MS / 2 }))
  const verdict = await judgeNight(sandbox, everyEvent(book), times, Math.max(longestMs, 10_000), clockMs)
  report(
    `killed ${KILLS} times in ${((Date.now() - began) / MINUTE_MS).toFixed(1)} min, ${watched.length} spans watched: ${verdict.words}`,
  )
  expect(verdict.wrong).toEqual(NOTHING_WRONG)
})

test('ends in order, and the file is as large as foretold', async () => {
  const id = await owner(highwater.page)
  await highwater.close()
  expect((await readdir(join(folder, 'history'))).filter((name) => /aside|damaged/.test(name))).toEqual([])
  const size = bookSize(bookPath(join(folder, 'history'), id))
  report(`file ${size.words}`)
  expect(everySpan(bookReader(join(folder, 'history'), id)).at(-1)?.end).toBe('closed')
  expect(Math.abs(size.bytes / size.foretold - 1)).toBeLessThan(0.1)
})
