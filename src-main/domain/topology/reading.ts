import type { BrokerSummary, Silence } from '../../contract/summary'
import type { ReadOnlyColumns } from '../../shared/read-only'
import type { BrokerAddress } from './columns'

/**
 * What stays the same while no topic, partition or replica list changes ("one epoch"). Topics are sorted by name and
 * partitions by number, whatever order a broker answered in, so rows keep their place. Index spaces as in columns.ts.
 */
export interface TopologyColumns {
  readonly topicNames: readonly string[]
  readonly topicInternal: Uint8Array
  /** As in MetadataColumns: a topic that was deleted and made anew has another one. */
  readonly topicIds: Int32Array
  /** T+1 entries. */
  readonly topicStart: Uint32Array
  /** Topic row of each partition row. */
  readonly topicIndex: Uint32Array
  readonly partition: Int32Array
  /** P+1 entries. */
  readonly replicaStart: Uint32Array
  readonly replicaBroker: Int32Array
  /** Partition row of each replica row. */
  readonly replicaPartition: Uint32Array
}

/** Nobody writes a topology once it is laid out. */
export type Topology = ReadOnlyColumns<TopologyColumns>

/**
 * The cluster as known now, for its one writer (monitor/reading) and the rules that take over an answer. Every figure
 * carries the time of its answer, so age is always known. T topics, P partitions, R replicas.
 */
export interface WritableReading {
  readonly topology: Topology
  /** Brokers Metadata lists as live. */
  brokers: readonly BrokerAddress[]
  /** Brokers that it does not list only because they lack the listener by which we came in (answers/listeners.ts): live, and not to be reached from here. */
  withoutListener: ReadonlySet<number>
  /** Brokers that were seen to hand over what they lead while they stayed listed (answers/shutdowns.ts), with the time of the Metadata before. */
  readonly handedOver: Map<number, number>
  /** Broker whose Metadata this is, and when it answered (ms since 1970). */
  sourceBroker: number
  metadataAt: number
  /** The same of the Metadata before this one, NaN = there was none. */
  metadataBeforeAt: number
  /** P. -1 = no leader. */
  readonly leader: Int32Array
  readonly leaderEpoch: Int32Array
  /**
   * P. Kafka error of the partition (or its topic) in Metadata, 0 = fine, LEADER_NOT_AVAILABLE = no leader,
   * NEVER_TOLD.
   */
  readonly metadataError: Int16Array
  /** P. When this leader epoch was first seen; NaN = since before we looked. */
  readonly leaderSince: Float64Array
  /**
   * Rows for which brokers name a lower leader epoch than known: stale answers, or a topic made anew (see
   * apply-metadata.ts).
   */
  readonly lowerEpochs: Map<number, LowerEpoch>
  /** P. LEADER_DISPUTED, ISR_DISPUTED or 0: whether brokers said different things when a second one was last asked. */
  readonly disputed: Uint8Array
  /** P. 1 while adding or removing replicas. */
  readonly reassigning: Uint8Array
  /** When the question was sent that told `reassigning`, and its answer arrived; NaN = none did. */
  reassignmentsSentAt: number
  reassignmentsReadAt: number
  /** P. 1 while a follower fetches under a replication throttle. */
  readonly throttled: Uint8Array
  /** R. REPLICA_IN_SYNC | REPLICA_OFFLINE. */
  readonly replicaFlags: Uint8Array
  /** R. 1 = in the ELR. */
  readonly replicaElr: Uint8Array
  /** P. LastKnownElr of a partition without leader (KIP-966): who led it last and may always lead it again; -1 = not told. */
  readonly lastKnownLeader: Int32Array
  /** R. 1 = a reassignment adds it: out of the ISR it is not missing. */
  readonly replicaAdding: Uint8Array
  /** R. NaN = not read; `logEndOffsetError` says why (0 = not asked yet). */
  readonly logEndOffset: Float64Array
  readonly logEndOffsetError: Int16Array
  /** R. When the request was sent and its answer arrived; the reading happened in between. NaN = never. */
  readonly sentAt: Float64Array
  readonly readAt: Float64Array
  /**
   * R. Leader LEO - own LEO from readings where the leader was read after the follower (an upper bound); NaN unknown, 0
   * for leaders. Negative: it had more than its leader. What is behind is told by `behindRecords` (lag/ahead.ts).
   */
  readonly lagRecords: Float64Array
  /**
   * R. Last moment the leader's LEO was at or below this replica's LEO, never later than the truth, so now - caughtUpAt
   * is an upper bound of the time lag; NaN unknown.
   */
  readonly caughtUpAt: Float64Array
  /**
   * R. Earliest reading of the leader that was past this replica's newest LEO: behind for certain since then. NaN =
   * none was.
   */
  readonly behindSince: Float64Array
  /**
   * R. 1 = was late already when first read: caughtUpAt is then the time of that first reading and the real lag is
   * larger.
   */
  readonly lateAtLeast: Uint8Array
  /**
   * By `fetchKey`: a moment at which a thread of the follower was certainly fetching from that leader and at its end, as steps of its LEOs prove. A step of one
   * partition speaks for all that the same thread fetches.
   */
  readonly fetchedAt: Map<number, number>
  /** R. The same by steps of this replica's own LEO under its present leader; NaN = none was seen. */
  readonly steppedAt: Float64Array
  /** By broker: with how many threads it fetches from each leader (num.replica.fetchers); absent = not told. */
  readonly fetchers: Map<number, number>
  /** R. Since when out of the ISR, NaN = in it or since before we looked. */
  readonly outSince: Float64Array
  /** P. NaN unknown; OFFSET_NOT_AVAILABLE = a new leader has not told it yet. */
  readonly highWatermark: Float64Array
  readonly highWatermarkError: Int16Array
  /** T. The setting as read (not the effective value); -1 unknown. Source as in DescribeConfigs, 0 unknown. */
  readonly minInSyncReplicas: Int32Array
  readonly minInSyncReplicasSource: Uint8Array
  /** T. unclean.leader.election.enable as a broker told it: UNCLEAN_UNTOLD, UNCLEAN_OFF, UNCLEAN_ON. */
  readonly uncleanElection: Uint8Array
  /** T. Which replicas a throttle acts on; null = not told. */
  readonly throttleLists: (ThrottledReplicas | null)[]
  /** T. What decides when its records are deleted; null = not told. */
  readonly retention: (TopicRetention | null)[]
  /** T. When the question was sent that told these settings; NaN = none did. */
  readonly settingsSentAt: Float64Array
}

/**
 * The two topic keys that say which replicas a replication throttle acts on, as DescribeConfigs gives them: `partition:broker,…`, `*` for
 * all, empty for none (ThrottledReplicaListValidator.java). They do nothing until the broker has a rate, and stay behind when a
 * reassignment tool forgets them (kafka-facts d8).
 */
export interface ThrottledReplicas {
  readonly followers: string
  readonly leaders: string
}
export const NONE_THROTTLED: ThrottledReplicas = { followers: '', leaders: '' }

/** The settings that decide when Kafka itself deletes records of a topic, as DescribeConfigs gives them; null = it did not. */
export interface TopicRetention {
  readonly 'cleanup.policy': string | null
  readonly 'retention.ms': string | null
  readonly 'retention.bytes': string | null
}
export const RETENTION_KEYS = ['cleanup.policy', 'retention.ms', 'retention.bytes'] as const

export const UNCLEAN_UNTOLD = 0
export const UNCLEAN_OFF = 1
export const UNCLEAN_ON = 2

const PAIRED_IDS = 2 ** 22
const PAIRED_THREADS = 2 ** 8

/** Key of two brokers and a thread of the second; NaN where a number is too large for one, and where there is no leader. */
export const pairOf = (leader: number, follower: number, thread = 0): number =>
  leader >= 0 && leader < PAIRED_IDS && follower >= 0 && follower < PAIRED_IDS && thread < PAIRED_THREADS
    ? (leader * PAIRED_IDS + follower) * PAIRED_THREADS + thread
    : NaN

/** The cluster as known now, as everybody but its writer sees it. It changes as answers arrive. */
export type Reading = ReadOnlyColumns<WritableReading>

/**
 * A lower leader epoch than the known one, named since `since` by every broker asked; `epoch` is the newest such claim.
 */
export interface LowerEpoch {
  readonly since: number
  readonly epoch: number
}

/** What we know of a broker from asking it, apart from what Metadata says. */
export interface BrokerFacts {
  readonly id: number
  readonly answers: BrokerSummary['answers']
  readonly answersSince: number
  readonly silence: Silence | ''
  /** Since when it has answered without a silence in between, until now or until the silence that goes on; NaN = it never did. */
  readonly answeredFrom: number
  /** It has not answered since it was first asked: a silence of it may be older than `answersSince`. */
  readonly neverAnswered: boolean
  /** When the controllers heard it for the last time, never later than the truth (forecast/hearing.ts); NaN = not told. */
  readonly heardAt: number
  /** When the controllers were asked who told that; NaN = never. */
  readonly hearingAskedAt: number
  /** Listed again a moment ago after it was not, and does not answer yet. */
  readonly returning: boolean
  /** As in BrokerSummary. */
  readonly leadsTo: string
  readonly latencyMs: number
}

/** Settings of this cluster the rules need; read from its brokers, NaN / null where unknown. */
export interface ClusterSettings {
  /** replica.lag.time.max.ms, the highest of the brokers read: NaN unknown. */
  readonly evictionWindowMs: number
  /** The same of each broker that was read: a leader goes by its own. */
  readonly evictionWindows: ReadonlyMap<number, number>
  /** broker.session.timeout.ms: NaN unknown (ZooKeeper mode, no rights). */
  readonly sessionTimeoutMs: number
  /** Lowest Kafka version among the live brokers, e.g. [3, 7]; null unknown. */
  readonly version: readonly [number, number] | null
  /** No controller answers: nobody is elected, fenced or taken out of an ISR, so nothing that needs one is foretold. */
  readonly controllerSilent: boolean
}

/** Nothing was read of them. */
export const UNREAD_SETTINGS: ClusterSettings = {
  evictionWindowMs: NaN,
  evictionWindows: new Map(),
  sessionTimeoutMs: NaN,
  version: null,
  controllerSilent: false,
}
