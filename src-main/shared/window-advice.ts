import type { LateTally } from './late-tally'
import { bucketTo } from './late-buckets'
import { judgeWindow } from './window-judge'

const DAY_MS = 86_400_000
/** One day has the load of a day and a night, a week that of all days. */
export const LEAST_WATCHED_MS = DAY_MS
const QUIET_WATCHED_MS = 7 * DAY_MS
/** Stalls, not excursions: one stall of a thread is one of each partition that it fetches. */
const LEAST_OCCASIONS = 20
/** Values that are tried, in seconds: round ones, up to what producers wait for by default (delivery.timeout.ms, 2 min). */
const VALUES_S = [15, 20, 30, 45, 60, 90, 120] as const

/** What is kept and told, as far as advice goes by it (contract/advisor.ts). */
interface Tallied {
  readonly tallies: readonly LateTally[]
}
interface Watched extends Tallied {
  readonly watchedMs: number
}
interface Told {
  readonly windows: readonly { readonly broker: number; readonly ms: number }[]
}

interface Evidence {
  readonly watchedMs: number
  readonly occasions: number
}

/**
 * too-little: nothing is advised yet. keep: nobody left by lag. raise: to the smallest value that would certainly have kept half of those that left. follower: none of the values would have, so it is not the
 * window's matter. unread: the value is not told.
 */
export type Advice =
  | { readonly kind: 'too-little'; readonly needsMs: number; readonly needsOccasions: number }
  | { readonly kind: 'unread' | 'keep' | 'follower' }
  | { readonly kind: 'raise'; readonly valueMs: number }

export const ofCluster = ({ tallies }: Tallied): readonly LateTally[] =>
  tallies.filter(({ kind }) => kind === 'cluster')

export const evidenceOf = (record: Watched): Evidence => ({
  watchedMs: record.watchedMs,
  occasions: ofCluster(record).reduce((sum, { occasions }) => sum + occasions, 0),
})

/** The largest value of a broker; NaN = none is told. */
export const largestWindow = ({ windows }: Told): number =>
  windows.reduce((most, { ms }) => (ms <= most ? most : ms), Number.NaN)

export function adviceOf(record: Watched & Told): Advice {
  const { watchedMs, occasions } = evidenceOf(record)
  const needsMs = Math.max(0, LEAST_WATCHED_MS - watchedMs)
  const needsOccasions = watchedMs >= QUIET_WATCHED_MS ? 0 : Math.max(0, LEAST_OCCASIONS - occasions)
  if (needsMs > 0 || needsOccasions > 0) return { kind: 'too-little', needsMs, needsOccasions }
  const present = largestWindow(record)
  if (Number.isNaN(present)) return { kind: 'unread' }
  const tallies = ofCluster(record)
  const { evicted } = judgeWindow(tallies, present)
  if (evicted === 0) return { kind: 'keep' }
  const valueMs = VALUES_S.map((seconds) => seconds * 1_000).find(
    (value) => value > present && judgeWindow(tallies, value).avoided.least * 2 >= evicted,
  )
  return valueMs === undefined ? { kind: 'follower' } : { kind: 'raise', valueMs }
}

/** The longest that a follower was late and stayed in, at most; 0 = none was. */
export const closestCall = (tallies: readonly LateTally[]): number =>
  tallies
    .flatMap(({ returned }) => returned.most.map(([bucket]) => bucketTo(bucket)))
    .reduce((most, ms) => Math.max(most, ms), 0)
