import { blocks } from '../slices'
import type { Sliced } from '../slices'
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

const MOVES_PER_PIECE = 1024

/** Writes `reading.reassigning` and `reading.replicaAdding`: `moves` are all there are. */
export function* noteReassignments(reading: WritableReading, moves: readonly Move[]): Sliced<void> {
  const { reassigning, replicaAdding, topology } = reading
  reassigning.fill(0)
  replicaAdding.fill(0)
  yield* blocks(moves.length, MOVES_PER_PIECE, (from, to) => {
    for (let at = from; at < to; at++) {
      const { topic, partition, adding } = moves[at]!
      const row = findPartition(topology, topic, partition)
      if (row < 0) continue
      reassigning[row] = 1
      for (const broker of adding) {
        const replica = findReplica(topology, row, broker)
        if (replica >= 0) replicaAdding[replica] = 1
      }
    }
  })
}

/**
 * The replication factor of a row without what a reassignment adds, and its ISR. Kafka counts heads: a partition is under-replicated while
 * |ISR| < |replicas - adding| (Partition.isUnderReplicated, KAFKA-8834), whoever the members are. So a new copy that has joined makes up for an old one
 * that left.
 */
function heads(reading: Reading, row: number): { readonly wanted: number; readonly inSync: number } {
  const { replicaStart } = reading.topology
  let wanted = 0
  let inSync = 0
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    if (reading.replicaAdding[replica] === 0) wanted++
    if (isInSync(reading, replica)) inSync++
  }
  return { wanted, inSync }
}

/** In-sync replicas that a row lacks by Kafka's count. */
export function countMissing(reading: Reading, row: number): number {
  const { wanted, inSync } = heads(reading, row)
  return Math.max(0, wanted - inSync)
}

/** Whether a reassignment has brought the row as many in-sync replicas as it is to have: what is out of the ISR is then on its way in or out. */
export const movesInFull = (reading: Reading, row: number): boolean =>
  reading.reassigning[row] === 1 && countMissing(reading, row) === 0

/** A replica that ought to be in the ISR and is not: neither one that is being added, nor one that others make up for. */
export function isMissing(reading: Reading, replica: number): boolean {
  return (
    !isInSync(reading, replica) &&
    reading.replicaAdding[replica] === 0 &&
    !movesInFull(reading, reading.topology.replicaPartition[replica]!)
  )
}

/** A replica whose figures tell of its partition: in sync, or missing. */
export const counts = (reading: Reading, replica: number): boolean =>
  isInSync(reading, replica) || isMissing(reading, replica)
