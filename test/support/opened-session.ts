import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { ClusterStatus, FrameDelta, SentFrame } from '../../src-main/contract/frame'
import { STATE_NAMES } from '../../src-main/shared/states'
import { createSampleStore } from '../../src-main/history/samples'
import { createSession } from '../../src-main/monitor/session'
import type { ClusterSession } from '../../src-main/monitor/session'
import type { Reader } from '../../src-main/monitor/observe/readers'
import type { WatchList } from '../../src-main/contract/ipc'
import type { HistoryFiles } from '../../src-main/ports/history'
import type { LossBook } from '../../src-main/ports/loss-book'
import { FakeClock } from './fake-clock'
import { FakeCluster, type FakeOptions } from './fake-cluster'

/** One session on one fake cluster per test; imports of these are live bindings. */
export let clock: FakeClock
export let cluster: FakeCluster
export let session: ClusterSession
/** Follows the session from the moment it is opened. */
export let reader: Reader
export let statuses: ClusterStatus[]
/** How often the reader was told that there may be news since `open` or `resetChanges`. */
export let changes: number
/** What the session reported as somebody's error; a test that expects some empties it. */
export const errors: unknown[] = []

export function prepare(options: Partial<FakeOptions> = {}): void {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 3, topics: 4, partitionsPerTopic: 5, ...options })
}

/** `clusterId`: the one that is remembered of it, '' = none. */
export function open(intervalMs = 0, clusterId = '', losses?: LossBook, history?: HistoryFiles): void {
  statuses = []
  changes = 0
  session = createSession({
    cluster: 'c',
    port: cluster.port(clusterId),
    clock,
    busyMs: () => 0,
    intervalMs,
    samples: createSampleStore(),
    ...(losses === undefined ? {} : { losses }),
    ...(history === undefined ? {} : { history }),
    onError: (cause) => errors.push(cause),
  })
  session.onStatus((status) => statuses.push(status))
  reader = session.reader(() => (changes += 1))
}

export async function start(options: Partial<FakeOptions> = {}, intervalMs = 0): Promise<void> {
  prepare(options)
  open(intervalMs)
  await clock.advance(500)
}

export async function close(): Promise<void> {
  const closing = session.close()
  await clock.advance(50)
  await closing
}

export const resetChanges = (): void => {
  changes = 0
}

export function frame(): SentFrame {
  const now = session.frame()
  if (now === null) throw new Error('no frame yet')
  return now
}

const NOTHING: WatchList = { partition: null, chart: { kind: 'none' }, rows: [] }
export const watch = (list: Partial<WatchList>, by = reader): void => by.watch({ ...NOTHING, ...list })

/** What a reader is told beside its columns. A whole frame, if it is due, is taken on the way. */
export function delta(of = reader): FrameDelta {
  for (let news = of.next(); news !== null; news = of.next()) if (news.type === 'delta') return news.delta
  throw new Error('nothing was read yet')
}

export const headline = (): SentFrame['summary']['headline'] => frame().summary.headline
export const counts = (): Record<string, number> =>
  Object.fromEntries(
    frame()
      .summary.counts.map((count, state) => [STATE_NAMES[state]!, count] as const)
      .filter(([, count]) => count !== 0),
  )
/** When a broker was asked for LEOs, each moment once. */
export const tickTimes = (broker: number): number[] => [
  ...new Set(cluster.asked.filter((one) => one.broker === broker && one.what === 'log-end').map(({ at }) => at)),
]

/** Every test closes its session, leaves no link behind and no error unseen. */
export function watchOver(): void {
  // Time is fake, so only the machine decides how long a test takes.
  vi.setConfig({ testTimeout: 30_000 })
  beforeEach(() => {
    errors.length = 0
  })
  afterEach(async () => {
    await close()
    expect(cluster.links.size).toBe(0)
    expect(errors).toEqual([])
  })
}
