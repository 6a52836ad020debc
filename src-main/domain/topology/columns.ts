/**
 * What brokers answered, as columns. A cluster of 200,000 partitions is normal at the top end and objects do not carry it,
 * so decoders write straight into typed arrays. Index spaces:
 * - topic row: 0 … T-1
 * - partition row: 0 … P-1, contiguous per topic (`topicStart`)
 * - replica row: 0 … R-1, contiguous per partition (`replicaStart`), in assignment order (first = preferred leader)
 *
 * Unknown is -1 for integers and NaN for floats, never 0.
 */

/** A broker as Metadata lists it. Being listed does not mean that it answers: a dead one stays for up to 11 s (seen on 4.4.0). */
export interface BrokerAddress {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

/** Bits of `MetadataColumns.replicaFlags` and `ClusterFrame.replicaFlags`. */
export const REPLICA_IN_SYNC = 1
export const REPLICA_OFFLINE = 2

/** One Metadata answer (v7 … v13), in the order the broker sent it. `topicStart` has T+1 and `replicaStart` P+1 entries. */
export interface MetadataColumns {
  readonly clusterId: string | null
  /**
   * Up to where the answering broker had read the controllers' log at least (FinalizedFeaturesEpoch of ApiVersions, which is its metadata image's offset
   * since Kafka 3.3: KRaftMetadataCache.features); NaN = not asked, or not told (ZooKeeper, or before 3.3). The same log for all brokers, so a lower one is an older view.
   */
  readonly metadataOffset: number
  /** A random live broker on KRaft, the true controller only in ZooKeeper mode. Do not show it as the controller. */
  readonly controllerId: number
  readonly brokers: readonly BrokerAddress[]
  readonly topicNames: readonly string[]
  readonly topicErrors: Int16Array
  readonly topicInternal: Uint8Array
  /** Four words of each topic's id, 4T in all; zeros where the answer has none (v7). */
  readonly topicIds: Int32Array
  /** Bitmask per topic (bit n = operation n), -2147483648 where it was not asked for. */
  readonly topicOperations: Int32Array
  readonly topicStart: Uint32Array
  readonly partition: Int32Array
  readonly partitionErrors: Int16Array
  /** -1 = no leader. */
  readonly leader: Int32Array
  readonly leaderEpoch: Int32Array
  readonly replicaStart: Uint32Array
  readonly replicaBroker: Int32Array
  /** REPLICA_IN_SYNC | REPLICA_OFFLINE. */
  readonly replicaFlags: Uint8Array
  /** ISR members that are not in the replica list, as pairs [partition row, broker]; empty on a sane cluster (cruise-control #1905). */
  readonly strangeIsr: readonly (readonly [number, number])[]
}

/** Rows of an offsets question. Rows of one topic must be contiguous; `topicIndex` indexes `topicNames`. */
export interface OffsetRows {
  readonly topicNames: readonly string[]
  readonly topicIndex: Uint32Array
  readonly partition: Int32Array
}

/**
 * Our own error code of an offset beyond 2^53: a rounded offset would be a wrong one, so it is refused, and it costs its own row only.
 * Kafka's codes start at -1.
 */
export const OFFSET_TOO_LARGE = -2

/** Our own error code of a partition that Metadata has not told about yet. */
export const NEVER_TOLD = -1

/** Our own error code of a row that an answer left out. */
export const LEFT_OUT = -1

/** Answers aligned with the rows that were asked, whatever order the broker answered in. */
export interface OffsetColumns {
  /** NaN where unknown (error, or the broker left the row out). */
  readonly offset: Float64Array
  /** Kafka error code, 0 = fine, LEFT_OUT, OFFSET_TOO_LARGE. */
  readonly errors: Int16Array
  /** Leader epoch of the partition as the answering broker knows it, -1 unknown. */
  readonly leaderEpoch: Int32Array
}
