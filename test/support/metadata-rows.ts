import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../../src-main/domain/topology/columns'
import type { MetadataColumns } from '../../src-main/domain/topology/columns'
import type { MadeCluster, MadePartition } from './metadata-bytes'

/**
 * Columns back as objects. In-sync and offline replicas come in the order of the replicas: columns keep sets, not
 * orders.
 */
export function toRows(columns: MetadataColumns): MadeCluster {
  const { clusterId, controllerId, brokers } = columns
  const topics = columns.topicNames.map((name, topic) => {
    const partitions: MadePartition[] = []
    for (let row = columns.topicStart[topic]!; row < columns.topicStart[topic + 1]!; row++)
      partitions.push(partitionAt(columns, row))
    return {
      error: columns.topicErrors[topic]!,
      name,
      internal: columns.topicInternal[topic] === 1,
      partitions,
      operations: columns.topicOperations[topic]!,
    }
  })
  return { brokers, clusterId, controllerId, topics }
}

function partitionAt(columns: MetadataColumns, row: number): MadePartition {
  const from = columns.replicaStart[row]!
  const replicas = [...columns.replicaBroker.subarray(from, columns.replicaStart[row + 1])]
  const having = (flag: number): number[] => replicas.filter((_, i) => (columns.replicaFlags[from + i]! & flag) !== 0)
  return {
    error: columns.partitionErrors[row]!,
    index: columns.partition[row]!,
    leader: columns.leader[row]!,
    epoch: columns.leaderEpoch[row]!,
    replicas,
    isr: having(REPLICA_IN_SYNC),
    offline: having(REPLICA_OFFLINE),
  }
}
