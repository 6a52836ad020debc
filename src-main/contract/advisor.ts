import type { LateTally } from '../shared/late-tally'

/** What is kept of an hour. */
export interface LateHour {
  /** When it begins, ms since 1970. */
  readonly at: number
  /** How much of it was watched. */
  readonly watchedMs: number
  /** Excursions that were not followed, as too many were under way. */
  readonly unfollowed: number
  readonly tallies: readonly LateTally[]
}

/** All that is kept, with what it is judged by. */
export interface LateRecord {
  /** The first hour that is kept; NaN = none is. */
  readonly from: number
  /** At least: the last minute may not be kept yet. */
  readonly watchedMs: number
  readonly unfollowed: number
  /** Hours that are kept and cannot be read. */
  readonly unreadable: number
  readonly tallies: readonly LateTally[]
  /** Excursions that are under way, which are not counted yet; `out`: those of them that left the ISR. null: not followed here, as another Highwater keeps this history. */
  readonly open: { readonly late: number; readonly out: number } | null
  /** replica.lag.time.max.ms of each broker that told it. */
  readonly windows: readonly { readonly broker: number; readonly ms: number }[]
  /** broker.session.timeout.ms; NaN = not told. */
  readonly sessionTimeoutMs: number
}
