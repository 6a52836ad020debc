import { REPLICA_IN_SYNC } from '../../../domain/topology/columns'
import type { Reading } from '../../../domain/topology/reading'
import { topicRows } from '../../../domain/topology/topology'
import type { PartitionFacts } from '../guards/guard'
import { isTold } from '../../../domain/topology/told'

const NONE: readonly number[] = []

/** A plan may have 200,000 of these: what is mostly the same (a whole ISR, no ELR) is one list and not two. */
function partitionFacts(reading: Reading, row: number): PartitionFacts {
  const { replicaStart, replicaBroker, partition } = reading.topology
  const replicas: number[] = []
  const isr: number[] = []
  let elr = NONE
  const logEndOffsets: number[] = []
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    replicas.push(broker)
    logEndOffsets.push(reading.logEndOffset[replica]!)
    if ((reading.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(broker)
    if (reading.replicaElr[replica] === 1) elr = [...elr, broker]
  }
  return {
    partition: partition[row]!,
    leader: reading.leader[row]!,
    leaderEpoch: reading.leaderEpoch[row]!,
    replicas,
    isr: isr.length === replicas.length ? replicas : isr,
    logEndOffsets,
    elr,
  }
}

/** Partitions of a topic as the reading has them now, in order of number; null = it is not in the reading. */
export function partitionsOf(
  reading: Reading,
  topic: string,
): { readonly internal: boolean; readonly partitions: PartitionFacts[] } | null {
  const { topology } = reading
  const at = topicRows(topology).get(topic)
  if (at === undefined) return null
  const partitions: PartitionFacts[] = []
  for (let row = topology.topicStart[at]!; row < topology.topicStart[at + 1]!; row++)
    partitions.push(partitionFacts(reading, row))
  return { internal: topology.topicInternal[at] === 1, partitions }
}

/** Partitions of the whole cluster that have no leader. One that Metadata has not told about is not among them. */
export function offlineOf(reading: Reading): { topic: string; partition: number }[] {
  const { topicNames, topicIndex, partition } = reading.topology
  const offline: { topic: string; partition: number }[] = []
  for (let row = reading.leader.indexOf(-1); row !== -1; row = reading.leader.indexOf(-1, row + 1)) {
    if (isTold(reading, row)) offline.push({ topic: topicNames[topicIndex[row]!]!, partition: partition[row]! })
  }
  return offline
}
