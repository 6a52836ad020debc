import type { ClusterSummary } from '../../contract/summary'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { ClusterSettings, Reading, Topology } from '../topology/reading'

/** What is known at one look: a picture, and the figures behind it in rows of the same topology. */
export interface Looked {
  readonly topology: Topology
  readonly columns: {
    readonly leader: ReadOnlyCells<Int32Array>
    readonly leaderEpoch: ReadOnlyCells<Int32Array>
    readonly marks: ReadOnlyCells<Uint8Array>
    readonly state: ReadOnlyCells<Uint8Array>
  }
  readonly replicaFlags: ReadOnlyCells<Uint8Array>
  /** Rows that may differ from the look before. */
  readonly changed: ReadOnlyCells<Uint32Array>
  /** When the Metadata was asked for that it is from; `summary.takenAt` is when it was told. */
  readonly metadataSentAt: number
  readonly judgedAt: number
  /** Nobody looked for a while before this. */
  readonly afterGap: boolean
  readonly throttled: ReadonlySet<number>
  readonly settings: ClusterSettings
  readonly summary: ClusterSummary
  readonly reading: Reading
  /** As in the picture. */
  readonly eligibleLeaders: boolean | null
  /** Who may lead is known in every case: the cluster has no ELRs, or tells them to this login. */
  readonly electableTold: boolean
}

/**
 * Brokers apply the controllers' log one after the other, some within a millisecond, some 40 ms later (seen on 4.4.0), so one that was asked after a change may not have had it yet. A time
 * that is taken from a reading without a change is moved back by this.
 */
export const SPREAD_MS = 200
