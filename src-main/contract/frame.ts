/**
 * Frames: the cluster as columns, for the renderer. Correlation: `cluster` (profile id), `epoch` (one topology: same topics, partitions,
 * replica lists, in the same rows) and `seq` (+1 per push within an epoch). A gap in `seq` or another `epoch` means: fetch again.
 * All times are ms since 1970 by the main process's clock. Unknown is NaN (floats) or -1 (ints).
 */
import type { ReadOnlyColumns } from '../shared/read-only'
import type { ArmState, ChangeNews } from './change'
import type { DoctorStepName } from './profiles'
import type { ErrorCode } from './result'
import type { ClusterSummary } from './summary'
import type { TaskNews } from './tasks'
import type { LivePartition, LivePoint } from './live'

export interface FrameHeader {
  readonly cluster: string
  readonly epoch: number
  readonly seq: number
  readonly takenAt: number
}

/** One entry per partition row, or per listed row in a delta. */
export interface PartitionColumns {
  /** Broker id, -1 = no leader. */
  readonly leader: Int32Array
  readonly leaderEpoch: Int32Array
  /** See states.ts. */
  readonly state: Uint8Array
  readonly marks: Uint8Array
  /** |ISR| - effective min ISR: how many more replicas may fail before acks=all is refused; negative = refused now; UNKNOWN_TOLERANCE. */
  readonly tolerance: Int8Array
  /** Records the worst follower is behind (upper bound), NaN unknown. Negative: a replica has so many more than its leader, and what the others are behind is not told. */
  readonly lagRecords: Float64Array
  /** When the worst late follower last was at the leader's LEO; NaN = nobody is late, or never seen (then `lateAtLeast` is in live data). */
  readonly caughtUpAt: Float64Array
  /** Broker of the worst follower, -1 = none. */
  readonly worstBroker: Int32Array
  readonly next: Uint8Array
  readonly nextFrom: Float64Array
  readonly nextTo: Float64Array
  readonly nextBroker: Int32Array
}

/** T topics. `start` has T+1 entries: partition rows of topic t are start[t] … start[t+1]-1. */
export interface TopicColumns {
  readonly names: readonly string[]
  readonly start: Uint32Array
  readonly internal: Uint8Array
  /** Effective min ISR, -1 unknown. */
  readonly minInSyncReplicas: Int32Array
  /** Where the setting comes from: 1 topic, 2 dynamic broker, 3 cluster default, 4 static file, 5 built-in; 0 not read; SOURCE_DENIED: it may not be read. */
  readonly minInSyncReplicasSource: Uint8Array
}

export interface ClusterFrame extends FrameHeader {
  readonly topics: TopicColumns
  /** Partition number of each row. */
  readonly partition: Int32Array
  readonly columns: PartitionColumns
  /** P+1 entries. */
  readonly replicaStart: Uint32Array
  readonly replicaBroker: Int32Array
  /** Bit 1 in sync, bit 2 offline. */
  readonly replicaFlags: Uint8Array
  readonly summary: ClusterSummary
}

/** A frame as the main process sends it: its columns belong to a picture, which nobody writes. What arrives is a copy, and the page's own. */
export type SentFrame = Omit<ReadOnlyColumns<ClusterFrame>, 'topics' | 'columns'> & {
  readonly topics: ReadOnlyColumns<TopicColumns>
  readonly columns: ReadOnlyColumns<PartitionColumns>
}

/** Rows that changed since the last push. `replicaFlags` holds the flags of the listed rows one after another. */
export interface FrameDelta extends FrameHeader {
  readonly rows: Uint32Array
  readonly columns: PartitionColumns
  readonly replicaFlags: Uint8Array
  readonly summary: ClusterSummary
  /** The partition whose replicas are watched, when one is and it exists. */
  readonly live: LivePartition | null
  /** Newest point of the chart that is watched, when one is. */
  readonly point: LivePoint | null
  /** Max lag in records of the rows in view (`cluster:watch` rows), aligned with that request's rows. */
  readonly view: { readonly rows: Uint32Array; readonly lagRecords: Float64Array } | null
}

/** What travels over the frame port, main to renderer. */
export type PushMessage =
  | { readonly type: 'frame'; readonly frame: SentFrame }
  | { readonly type: 'delta'; readonly delta: FrameDelta }
  | { readonly type: 'status'; readonly status: ClusterStatus }
  | { readonly type: 'change'; readonly news: ChangeNews }
  | { readonly type: 'armed'; readonly armed: ArmState }
  | { readonly type: 'task'; readonly news: TaskNews }
  /** A person has asked for it outside the window; `incident` 0 = the cluster alone. */
  | { readonly type: 'show'; readonly cluster: string; readonly incident: number }
  /** What is watched or told has changed: 'telling:read' says how. */
  | { readonly type: 'telling' }
  /** How a saved cluster stands has changed: 'fleet:read' says how. */
  | { readonly type: 'fleet' }
  /** The window is hidden or shown again. Chromium's own word is not to be had everywhere (still `visible` after hide() under Xvfb, Electron 33). */
  | { readonly type: 'shown'; readonly shown: boolean }

/**
 * What the page posts back over the frame port after it has taken in a 'frame' or 'delta': `seq` as received. Until then, or until 1 s has
 * passed, nothing more is pushed for that cluster (latest wins), so a page that is busy never works through a queue of old pictures.
 */
export interface PushAck {
  readonly type: 'ack'
  readonly cluster: string
  readonly seq: number
}

/** Where a connection failed: 'bootstrap' before anything answered, else a step of the connection doctor. */
export type ConnectionStep = DoctorStepName | 'bootstrap'

/** Connection of one opened cluster. The last picture stays on screen in every phase. */
export interface ClusterStatus {
  readonly cluster: string
  readonly phase: 'connecting' | 'live' | 'paused' | 'lost' | 'closed'
  /** Since when this phase lasts. */
  readonly since: number
  /** Time of the newest complete reading, NaN = none yet. */
  readonly takenAt: number
  /** Next try when lost, NaN otherwise. NaN when lost: the login was refused and is not given again by itself, until a person wants it ('cluster:retry'). */
  readonly nextTryAt: number
  /** Code and words of what went wrong, null when nothing did. */
  readonly problem: {
    readonly code: ErrorCode
    readonly step: ConnectionStep
    readonly message: string
    /** With code 'other-cluster': Kafka's id of the cluster that the address leads to; '' otherwise, and where it tells none. */
    readonly leadsTo: string
  } | null
}
