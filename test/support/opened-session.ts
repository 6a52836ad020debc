import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { ClusterStatus, SentFrame } from '../../src-main/contract/frame'
import { STATE_NAMES } from '../../src-main/shared/states'
import { createSampleStore } from '../../src-main/history/samples'
import { createSession } from '../../src-main/monitor/session'
import type { ClusterSession } from '../../src-main/monitor/session'
import { FakeClock } from './fake-clock'
import { FakeCluster, type FakeOptions } from './fake-cluster'

/** One session on one fake cluster per test; imports of these are live bindings. */
export let clock: FakeClock
export let cluster: FakeCluster
export let session: ClusterSession
export let statuses: ClusterStatus[]
/** How often the session said "changed" since `open` or `resetChanges`. */
export let changes: number
/** What the session reported as somebody's error; a test that expects some empties it. */
export const errors: unknown[] = []

export function prepare(options: Partial<FakeOptions> = {}): void {
  clock = new FakeClock()
  cluster = new FakeCluster({ clock, brokers: 3, topics: 4, partitionsPerTopic: 5, ...options })
}

export function open(intervalMs = 0): void {
  statuses = []
  changes = 0
  session = createSession({
    cluster: 'c',
    port: cluster.port(),
    clock,
    busyMs: () => 0,
    intervalMs,
    samples: createSampleStore(),
    onError: (cause) => errors.push(cause),
  })
  session.listen({ changed: () => (changes += 1), status: (status) => statuses.push(status) })
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
