/**
 * The lag advisor on real brokers: a stall that ends by itself, a follower that is put out by lag and comes back, and one that is fenced. Every departure by lag that the controllers wrote down is counted
 * once, with bounds that its times in their log bear out, and nothing else is.
 */
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LateTally } from '../../src-main/shared/late-tally'
import { addHours } from '../../src-main/domain/advisor/tally'
import { memoryLosses } from '../../src-main/inspect/memory-losses'
import { createSampleStore } from '../../src-main/history/samples'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createSession, type ClusterSession } from '../../src-main/monitor/session'
import { createClock } from '../../src-main/ports/clock'
import { atOrAbove, bucketFrom, bucketTo, countIn } from '../../src-main/shared/late-buckets'
import type { LateCounts } from '../../src-main/shared/late-buckets'
import { judgeWindow } from '../../src-main/shared/window-judge'
import { direct, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { noThrottleRates } from '../../tools/sandbox/throttles'
import { endings } from '../support/endings'
import { MemoryHistory } from '../support/memory-history'

/** replica.lag.time.max.ms of the sandbox. */
const WINDOW_MS = 10_000
/** Well below the session timeout of 9 s, after which it would be fenced. */
const STALL_MS = 4_500
const EVICTED_MS = 25_000

const opened = endings()
const history = new MemoryHistory()
const report: string[] = []
let sandbox: Sandbox
let director: Director
let session: ClusterSession

const level = (): string => session.frame()?.summary.headline.level ?? 'unread'
const well = (): Promise<boolean> => until('all to be well', 180_000, () => level() === 'well' || null, 50)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const underWay = (): number => session.history?.underWay?.late ?? -1
const quiet = (): Promise<boolean> => until('nobody to be late', 60_000, () => underWay() === 0 || null, 50)

const steps = (counts: LateCounts): string =>
  counts.length === 0
    ? 'none'
    : counts
        .map(
          ([bucket, n]) =>
            `${n} of ${(bucketFrom(bucket) / 1000).toFixed(2)}–${(bucketTo(bucket) / 1000).toFixed(2)} s`,
        )
        .join(', ')
const range = ({ least, most }: { least: number; most: number }): string =>
  least === most ? `${least}` : `${least}–${most}`

beforeAll(async () => {
  sandbox = await startSandbox({ label: 'advisor' })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  await director.heal()
  const parsed = parseBootstrap([sandbox.cluster.bootstrap])
  if (!parsed.ok) throw new Error(parsed.error.message)
  session = createSession({
    cluster: 'advisor',
    port: createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null }),
    clock: createClock(),
    busyMs: () => performance.eventLoopUtilization().active,
    intervalMs: 0,
    samples: createSampleStore(),
    losses: memoryLosses(),
    history,
    onError: (cause) => {
      throw cause
    },
  })
  opened.add(() => session.close())
  await well()
}, 0)

afterAll(async () => {
  process.stdout.write(`${report.map((one) => `  ${one}`).join('\n')}\n`)
  await opened.all()
})

it('counts each excursion once, by how it ended', async () => {
  const stalled = sandbox.cluster.brokers()[1]!.id
  await sandbox.cluster.freeze(stalled)
  await pause(STALL_MS)
  await sandbox.cluster.thaw(stalled)
  await well()
  await quiet()
  const evictedBefore = history.told('left-isr').length

  await director.play('slow-follower')
  await pause(EVICTED_MS)
  // Healing gives the leaders back as well, and another leader ends an excursion before its return: so the throttle alone first.
  for (const { id } of sandbox.cluster.brokers()) await sandbox.admin.alterBroker(id, noThrottleRates)
  await quiet()
  await director.heal()
  await well()
  await quiet()

  await director.play('flapping')
  await until('a fencing', 60_000, () => history.told('left-isr').some((one) => one.endsWith('fenced')) || null, 50)
  await director.heal()
  await well()
  await quiet()

  const late = history.events.filter(({ kind, cause }) => kind === 'left-isr' && cause === 'late')
  const fenced = history.events.filter(({ kind, cause }) => kind === 'left-isr' && cause === 'fenced')
  await session.close()
  const hour = [...history.hours.values()].reduce(addHours)
  const cluster = hour.tallies.filter(({ kind }) => kind === 'cluster')
  const tally: LateTally = cluster[0]!
  report.push(
    `watched ${Math.round(hour.watchedMs / 1000)} s, window ${tally.windowMs} ms, ${tally.occasions} stalls`,
    `stayed in: ${countIn(tally.returned.least)}; late at least ${steps(tally.returned.least)}; at most ${steps(tally.returned.most)}`,
    `left by lag and came back: ${countIn(tally.evicted.least)}; at least ${steps(tally.evicted.least)}; at most ${steps(tally.evicted.most)}`,
    `left by lag, return not seen: ${countIn(tally.unknown)} (${steps(tally.unknown)})`,
    `cut: ${countIn(tally.cut)} (${steps(tally.cut)}) ${JSON.stringify(tally.cutBy)}`,
    `events: ${late.length} left by lag, ${fenced.length} fenced`,
  )
  for (const value of [3_000, 5_000, 15_000, 20_000, 30_000, 60_000]) {
    const { avoided, delayed, added } = judgeWindow(cluster, value)
    report.push(`${value} ms: ${range(avoided)} stay, ${range(delayed)} leave later, ${range(added)} leave too`)
  }

  expect(evictedBefore).toBe(0)
  expect(cluster).toHaveLength(1)
  expect(tally.windowMs).toBe(WINDOW_MS)
  // Each departure by lag is one eviction, and each excursion with one has ended.
  expect(late.length).toBeGreaterThan(0)
  expect(tally.evictions).toBe(late.length)
  expect(countIn(tally.evicted.least) + countIn(tally.unknown)).toBeLessThanOrEqual(late.length)
  expect(countIn(tally.evicted.least)).toBeGreaterThan(0)
  expect(atOrAbove(tally.evicted.most, WINDOW_MS).most).toBe(countIn(tally.evicted.most))
  // The stall: as long as the broker was frozen, and never what an eviction takes.
  expect(countIn(tally.returned.least)).toBeGreaterThan(0)
  expect(atOrAbove(tally.returned.most, STALL_MS).most).toBeGreaterThan(0)
  expect(atOrAbove(tally.returned.most, 1.5 * WINDOW_MS * 1.1).most).toBe(0)
  // Who was fenced neither came back nor was evicted.
  expect(fenced.length).toBeGreaterThan(0)
  // What a smaller value than any stall would have done, and a larger one than any absence.
  expect(judgeWindow(cluster, 1_000).added.most).toBe(countIn(tally.returned.least))
  expect(judgeWindow(cluster, 1_000_000).avoided.least).toBe(countIn(tally.evicted.least))
}, 0)
