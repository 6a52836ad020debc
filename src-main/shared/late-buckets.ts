/**
 * Times for which followers were late, counted by size. Buckets are an eighth of a doubling wide (9 %) from one second on: 0 = below a second, 1 = from 1.00 to 1.09 s, the last one = from
 * 68 minutes on. What is asked of them is answered as a range, so that their width makes no figure better than it is.
 */
const PER_DOUBLING = 8
const FIRST_MS = 1_000
const DOUBLINGS = 12
export const LAST_BUCKET = PER_DOUBLING * DOUBLINGS + 1

/** Bucket and how many; buckets ascend, each once. */
export type LateCounts = readonly (readonly [bucket: number, n: number])[]

export interface CountRange {
  readonly least: number
  readonly most: number
}

/** Where a bucket begins, in ms. */
export const bucketFrom = (bucket: number): number => (bucket <= 0 ? 0 : FIRST_MS * 2 ** ((bucket - 1) / PER_DOUBLING))
/** Where it ends; the last one does not. */
export const bucketTo = (bucket: number): number =>
  bucket >= LAST_BUCKET ? Number.POSITIVE_INFINITY : bucketFrom(bucket + 1)

/** NaN, not known, may be as long as any. */
export function bucketOf(ms: number): number {
  if (ms < FIRST_MS) return 0
  const found = 1 + Math.floor(Math.log2(ms / FIRST_MS) * PER_DOUBLING)
  return found <= LAST_BUCKET ? found : LAST_BUCKET
}

export const countIn = (counts: LateCounts): number => counts.reduce((sum, [, n]) => sum + n, 0)

function count(counts: LateCounts, isIn: (bucket: number) => boolean): number {
  return counts.reduce((sum, [bucket, n]) => (isIn(bucket) ? sum + n : sum), 0)
}

/** How many are certainly at or above, and how many may be: one bucket lies on both sides. */
export const atOrAbove = (counts: LateCounts, ms: number): CountRange => ({
  least: count(counts, (bucket) => bucketFrom(bucket) >= ms),
  most: count(counts, (bucket) => bucketTo(bucket) > ms),
})
