import type { ClusterFrame, FrameDelta, ClusterStatus } from '../contract/frame'
import type { LagSeries } from '../contract/live'
import type { Watch } from '../contract/ipc'

/** What a session tells whoever listens. `changed` is called at most once per tick; the listener decides whether to fetch a delta (hidden windows do not). */
export interface SessionListener {
  changed(): void
  status(status: ClusterStatus): void
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
  close(): Promise<void>
}
