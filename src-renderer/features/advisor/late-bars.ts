/** Excursions by how long the follower was late, as columns of a chart with a logarithmic axis. Pure. */
import type { LateTally } from '@shared/late-tally'
import { EXCURSION_ENDS } from '@shared/late-tally'
import type { ExcursionEnd } from '@shared/late-tally'
import { evictionRange } from '@shared/eviction'
import { bucketFrom, bucketTo, LAST_BUCKET } from '@shared/late-buckets'
import type { LateCounts } from '@shared/late-buckets'

/** Four buckets, half a doubling, are a column: narrower ones are hard to hit and to read. */
const PER_COLUMN = 4
/** The axis begins where excursions do, and ends here; the last column has all that were longer. */
const FIRST_MS = 1_000
const LAST_MS = 1_024_000
const COLUMNS = 20

export interface LateColumn {
  readonly from: number
  /** Infinity: and longer. */
  readonly to: number
  readonly n: Readonly<Record<ExcursionEnd, number>>
  readonly total: number
}

/** A share of the width, 0 to 1; what lies beyond the axis is at its end. */
export const placeOf = (ms: number): number =>
  Math.min(1, Math.max(0, Math.log2(ms / FIRST_MS) / Math.log2(LAST_MS / FIRST_MS)))

export const TICKS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000] as const

const columnOf = (bucket: number): number => Math.min(COLUMNS - 1, Math.floor(Math.max(0, bucket - 1) / PER_COLUMN))

/** Those that ended by a return or left by lag stand where they may have been at most; of the others only the least is known. */
export function columnsOf(tallies: readonly LateTally[]): readonly LateColumn[] {
  const counts = Array.from({ length: COLUMNS }, () => ({ returned: 0, evicted: 0, unknown: 0, cut: 0 }))
  const add = (end: ExcursionEnd, some: LateCounts): void => {
    for (const [bucket, n] of some) counts[columnOf(bucket)]![end] += n
  }
  for (const { returned, evicted, unknown, cut } of tallies) {
    add('returned', returned.most)
    add('evicted', evicted.most)
    add('unknown', unknown)
    add('cut', cut)
  }
  return counts.map((n, column) => ({
    from: bucketFrom(column * PER_COLUMN + 1),
    to: column === COLUMNS - 1 ? bucketTo(LAST_BUCKET) : bucketFrom((column + 1) * PER_COLUMN + 1),
    n,
    total: EXCURSION_ENDS.reduce((sum, end) => sum + n[end], 0),
  }))
}

interface Band {
  readonly from: number
  readonly to: number
}

/** Where a follower leaves, as shares of the width. */
export function bandOf(windowMs: number): Band {
  const { from, to } = evictionRange(0, windowMs)
  return { from: placeOf(from), to: placeOf(to) }
}
