import type { ClusterFrame, FrameDelta, ClusterStatus } from '../contract/frame'
import type { LagSeries } from '../contract/live'
import type { Watch } from '../contract/ipc'
import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import type { BrokerLink } from '../ports/cluster-port'

/** What a session tells whoever listens. `changed` is called at most once per tick; the listener decides whether to fetch a delta (hidden windows do not). */
export interface SessionListener {
  changed(): void
  status(status: ClusterStatus): void
}

/**
 * What a change sees of an opened cluster: the newest reading by the monitor, and links of its own, so that no write or long question ever stands
 * in the way of polling. Structurally what change/live-cluster.ts asks for.
 */
export interface SessionInside {
  /** Kafka's id of the cluster, null = it tells none, or nothing was read yet. */
  clusterId(): string | null
  /** null until the first complete reading. The object is written to as answers arrive: read what you need in one go. */
  reading(): Reading | null
  facts(): ReadonlyMap<number, BrokerFacts>
  settings(): ClusterSettings
  /** Whether eligible leader replicas are on (finalized feature). */
  elr(): boolean
  /** In ZooKeeper mode the broker that takes elections; -1 on KRaft: any. */
  controller(): number
  /** A new link to a broker that is listed, not connected; null when there is none of this id. The caller gives it up. */
  link(broker: number): BrokerLink | null
  /** Resolves true once a Metadata reading asked for after this call is in; false when none came in time. */
  freshReading(timeoutMs: number): Promise<boolean>
  /** After every published picture. */
  onPicture(listener: () => void): () => void
}

/**
 * One opened cluster as the ipc layer sees it. Deltas are pulled per consumer: `delta(since)` gives the rows that changed since that cursor, so a hidden
 * window costs nothing and "latest wins" holds by construction; null = the topology changed or the cursor is too old: fetch `frame()`.
 */
export interface ClusterSession {
  readonly cluster: string
  readonly status: ClusterStatus
  listen(listener: SessionListener): () => void
  /** null until the first complete reading. */
  frame(): ClusterFrame | null
  delta(since: { readonly epoch: number; readonly seq: number }): FrameDelta | null
  watch(watch: Watch, rows: readonly number[]): void
  pause(paused: boolean): void
  /** 0 = automatic. */
  cadence(intervalMs: number): void
  /** Hidden windows let the monitor slow down to 1 s polling at most often. */
  shown(visible: boolean): void
  series(watch: Watch): LagSeries
  readonly inside: SessionInside
  close(): Promise<void>
}
