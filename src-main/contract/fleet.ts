/** Saved clusters beside each other: how each stands now, and how it stood in the last hours. */
import type { ClusterStatus } from './frame'
import type { ClusterSummary } from './summary'
import type { WatchedCluster } from './telling'

/** A saved cluster. Of one that is neither open nor watched there is no status and no summary: nothing is known of it. */
export interface FleetRow extends Omit<WatchedCluster, 'hook'> {
  /** A person has it open. */
  readonly open: boolean
  readonly readOnly: boolean
  /** Takes changes until then, 0 = it does not, or needs no arming. */
  readonly armedUntil: number
  readonly status: ClusterStatus | null
  /** Of its newest picture; null = there is none in this run. */
  readonly summary: ClusterSummary | null
}

/** What is another since `since` of the question. */
export interface FleetNews {
  /** For the next question. */
  readonly version: number
  /** Profile ids of all that are saved, in their order. */
  readonly clusters: readonly string[]
  readonly rows: readonly FleetRow[]
}

/** In place of a state code: nobody watched. */
export const UNWATCHED = -1
/** Cells of one answer at most, a cluster. */
export const MOST_CELLS = 300

/** The worst state (states.ts) of each cell, UNKNOWN where it was watched and not read, UNWATCHED where it was not. */
export interface FleetLane {
  readonly cluster: string
  readonly states: readonly number[]
}

/** `cells` of `stepMs` from `from` on. */
export interface FleetPastQuestion {
  readonly from: number
  readonly stepMs: number
  readonly cells: number
}
