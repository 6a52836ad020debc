import type { LateCounts } from './late-buckets'

/**
 * An excursion: a follower of a partition from the moment at which it was caught up to the one at which it is again. For how long Kafka counts it as late lies between two bounds. At least:
 * the longest time for which its log was proven to be behind. At most: from the last fetch at the leader's end that is proven, to the reading that shows it caught up; of a follower that stayed in the
 * ISR not above 1.5 windows, as the leader would have put it out.
 *
 * How it ended:
 * - returned: it caught up, and was in the ISR all the time.
 * - evicted: it left the ISR by lag alone, and caught up later.
 * - unknown: it left by lag, and when it caught up was not seen.
 * - cut: something else ended it, or our sight of it; it counts neither as a return nor as an eviction.
 */
export const EXCURSION_ENDS = ['returned', 'evicted', 'unknown', 'cut'] as const
export type ExcursionEnd = (typeof EXCURSION_ENDS)[number]

/**
 * Why an excursion was cut. fenced: its broker was fenced or shut down. leader: another leader, which gives everybody a fresh window. moved: the replica or its topic is gone, or moves. left: it left the ISR
 * for a reason that is not known. gap: nobody watched. before: it was late when we first looked.
 */
export const CUT_REASONS = ['fenced', 'leader', 'moved', 'left', 'gap', 'before'] as const
export type CutReason = (typeof CUT_REASONS)[number]

/** Of whom. leader: `subject` leads the partitions, so its value counts. follower: its replicas were late. topic '' = those beyond the first TALLIED_TOPICS of an hour. */
export const TALLY_KINDS = ['cluster', 'leader', 'follower', 'topic'] as const
export type TallyKind = (typeof TALLY_KINDS)[number]
export const TALLIED_TOPICS = 200

/** Excursions of a subject under one value of replica.lag.time.max.ms at their leaders. */
export interface LateTally {
  readonly kind: TallyKind
  /** Broker id or topic; '' for the cluster. */
  readonly subject: string
  /** Of the leaders; -1 = not told. */
  readonly windowMs: number
  /** Late for at least, and at most. */
  readonly returned: { readonly least: LateCounts; readonly most: LateCounts }
  readonly evicted: { readonly least: LateCounts; readonly most: LateCounts }
  /** At least. */
  readonly unknown: LateCounts
  readonly cut: LateCounts
  readonly cutBy: Readonly<Record<CutReason, number>>
  /** Times a follower was put out by lag; one that comes back before it has caught up is put out again in the same excursion. */
  readonly evictions: number
  /** Times at which a follower began to be late at a leader while none of its other partitions there was: one stall may be a thousand excursions. */
  readonly occasions: number
}
