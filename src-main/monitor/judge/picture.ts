import type { ClusterSummary } from '../../contract/summary'
import type { KnownQuorum } from '../../domain/forecast/majority'
import type { JudgedColumns } from '../../domain/picture/partition-columns'
import type { BrokerFacts, ClusterSettings, Topology } from '../../domain/topology/reading'
import type { ReadOnlyCells } from '../../shared/read-only'

/**
 * The cluster as it was judged at one moment: whole, and never written again. Whoever keeps one may look at it for as long as it likes, and two
 * of the same `topology` can be compared row by row. Columns that did not change are the very arrays of the picture before.
 */
export interface Picture {
  /** +1 per picture. */
  readonly seq: number
  readonly judgedAt: number
  /** When the Metadata question was sent that this is from. */
  readonly metadataSentAt: number
  /** Kafka's id of the cluster, null = it tells none. */
  readonly clusterId: string | null
  /** Another object after a change of topics, partitions or replica lists: rows mean something else then. */
  readonly topology: Topology
  /** P rows. */
  readonly columns: JudgedColumns
  /** R rows. */
  readonly replicaFlags: ReadOnlyCells<Uint8Array>
  /** Rows (ascending) in which columns or flags differ from the picture before; all rows where the topology is another one. */
  readonly changed: ReadOnlyCells<Uint32Array>
  /** T. Effective min ISR by the replication factor of the first partition, -1 unknown. */
  readonly minInSyncReplicas: ReadOnlyCells<Int32Array>
  readonly minInSyncReplicasSource: ReadOnlyCells<Uint8Array>
  readonly settings: ClusterSettings
  /** Kafka release by broker, as far as it can be told. */
  readonly versions: ReadonlyMap<number, readonly [number, number] | null>
  /** Whether eligible leader replicas are on (finalized feature); null = not known. */
  readonly eligibleLeaders: boolean | null
  /** In ZooKeeper mode the broker that takes elections; -1 on KRaft: any. */
  readonly controller: number
  readonly facts: ReadonlyMap<number, BrokerFacts>
  /** The controllers as the summary was judged by them. */
  readonly controllers: KnownQuorum
  /** Brokers whose own fetching a throttle limits. */
  readonly throttled: ReadonlySet<number>
  readonly summary: ClusterSummary
}

/** Who may lead a partition without loss is known in every case: the cluster has no ELRs, or tells them to this login. */
export const isElectableTold = ({ eligibleLeaders, summary }: Pick<Picture, 'eligibleLeaders' | 'summary'>): boolean =>
  eligibleLeaders === false || (eligibleLeaders === true && !summary.limits.some(({ what }) => what === 'elr'))

/** Freezes plain objects and arrays all the way down. Typed arrays cannot be frozen, maps and sets are not reached: their types are read-only. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
