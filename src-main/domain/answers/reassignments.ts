import { isInSync } from '../lag/lateness'
import type { Reading, WritableReading } from '../topology/reading'
import { findPartition, findReplica } from '../topology/topic-index'

/** A partition whose replicas are being moved, as ListPartitionReassignments tells it. */
export interface Move {
  readonly topic: string
  readonly partition: number
  /** Brokers of its replica list that are new on it. */
  readonly adding: readonly number[]
}

/** Writes `reading.reassigning` and `reading.replicaAdding`: `moves` are all there are. */
export function noteReassignments(reading: WritableReading, moves: readonly Move[]): void {
  const { reassigning, replicaAdding, topology } = reading
  reassigning.fill(0)
  replicaAdding.fill(0)
  for (const { topic, partition, adding } of moves) {
    const row = findPartition(topology, topic, partition)
    if (row < 0) continue
    reassigning[row] = 1
    for (const broker of adding) {
      const replica = findReplica(topology, row, broker)
      if (replica >= 0) replicaAdding[replica] = 1
    }
  }
}

/**
 * A replica that ought to be in the ISR and is not. One that is being added is no loss: brokers and kafka-topics.sh leave it out of
 * "under-replicated" too (Partition.isUnderReplicated, TopicCommand.getReplicationFactor).
 */
export function isMissing(reading: Reading, replica: number): boolean {
  return !isInSync(reading, replica) && reading.replicaAdding[replica] === 0
}

export function countMissing(reading: Reading, row: number): number {
  const { replicaStart } = reading.topology
  let count = 0
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (isMissing(reading, replica)) count++
  return count
}
