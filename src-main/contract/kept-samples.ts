/**
 * Figures that are kept of a cluster, each broker and each topic, for a moment or a span:
 * - lagRecords, lateMs: the highest of its followers, lagRecordsP95, lateMsP95: what 95 % of them are not above, told at most 5 % too high. Records in flight of a follower that keeps up
 *   count as none. Of a broker: its own replicas that follow; of a topic and the cluster: all followers. Without followers 0; NaN where one that counts is not known.
 * - underReplicated, atMinIsr, underMinIsr, offline, unknown: partitions in that state (underReplicated: or a worse one); of a broker those it leads, so none is offline.
 * - recordsPerSecond: by which the leaders' logs grew; NaN where one is not known.
 * - isrChanges: replicas that left or joined an ISR; of a broker its own.
 */
export const FIGURES = [
  'lagRecords',
  'lagRecordsP95',
  'lateMs',
  'lateMsP95',
  'underReplicated',
  'atMinIsr',
  'underMinIsr',
  'offline',
  'unknown',
  'recordsPerSecond',
  'isrChanges',
] as const
export type Figure = (typeof FIGURES)[number]

/** By the place of a figure in FIGURES. */
export type FigureRow = readonly number[]

export type SampleSubject =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'topic'; readonly topic: string }

/** Points of one answer at most; a finer resolution is made coarser. */
export const MOST_POINTS = 2_000

/** From `from` up to, not including, `until`. */
export interface SampleQuestion {
  readonly from: number
  readonly until: number
  readonly resolutionMs: number
}

/**
 * What is kept of a subject between two times, oldest first. A point is of the span from its `at` to `at + resolutionMs`: highest values, the mean of the rate, the sum of the ISR changes, each over what
 * is known. Where nothing was sampled there is no point. A topic that had nothing to tell (no lag, nothing under-replicated, no records) has zeros, and so has one that did not exist then.
 */
export interface KeptSeries {
  readonly resolutionMs: number
  readonly at: readonly number[]
  readonly figures: Readonly<Record<Figure, readonly number[]>>
  /** Times in which nobody watched the cluster. */
  readonly unwatched: readonly { readonly from: number; readonly to: number }[]
  /** Rows that are kept and cannot be read. */
  readonly unreadable: number
}

/**
 * What is kept of a partition between two times, oldest first: only while it is in trouble, and a minute before and after, of at most 1,000 partitions at once. A point is of the span from its `at` to
 * `at + resolutionMs`: its worst state, and the highest lag of each follower over what is known. Where nothing was kept there is no point.
 */
export interface KeptPartitionSeries {
  readonly resolutionMs: number
  readonly at: readonly number[]
  /** State codes (states.ts). */
  readonly state: readonly number[]
  /** By broker, each as long as `at`; NaN = not known, or it was no follower then. */
  readonly followers: readonly {
    readonly broker: number
    readonly lagRecords: readonly number[]
    readonly lateMs: readonly number[]
  }[]
  readonly unwatched: readonly { readonly from: number; readonly to: number }[]
  /** Rows that are kept and cannot be read. */
  readonly unreadable: number
}
