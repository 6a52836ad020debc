import type { ReplicaEventKind } from '../../contract/live'
import { REPLICA_IN_SYNC } from '../topology/columns'
import type { Topology } from '../topology/reading'
import { preferredLeader } from '../../shared/preferred-leader'
import type { ReadOnlyCells } from '../../shared/read-only'

/** What is compared: of two pictures of one topology. */
export interface Compared {
  readonly topology: Topology
  readonly columns: { readonly leader: ReadOnlyCells<Int32Array> }
  readonly replicaFlags: ReadOnlyCells<Uint8Array>
}

/** A replica that joined or left the ISR, or leads now. */
export interface ReplicaEvent {
  /** Partition row. */
  readonly row: number
  readonly broker: number
  readonly kind: ReplicaEventKind
}

/**
 * A preferred election is the only one that takes the lead from a member that stays in the ISR, and gives it to the first replica. Kafka holds them by itself about
 * every five minutes (ReplicationControlManager.maybeBalancePartitionLeaders); one that somebody asked for looks the same.
 */
function isBack(before: Compared, after: Compared, row: number): boolean {
  const { replicaStart, replicaBroker } = after.topology
  if (after.columns.leader[row] !== preferredLeader(after.topology, row)) return false
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (replicaBroker[replica] === before.columns.leader[row])
      return (after.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
  return false
}

/** What happened to these partition rows between two pictures of the same topology; several changes between them show as the last one. */
export function* replicaEvents(
  before: Compared,
  after: Compared,
  rows: Iterable<number>,
): Generator<ReplicaEvent, void, undefined> {
  const { replicaStart, replicaBroker } = after.topology
  for (const row of rows) {
    const leader = after.columns.leader[row]!
    if (leader !== before.columns.leader[row] && leader >= 0)
      yield { row, broker: leader, kind: isBack(before, after, row) ? 'leader-back' : 'leader' }
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const is = after.replicaFlags[replica]! & REPLICA_IN_SYNC
      if (is === (before.replicaFlags[replica]! & REPLICA_IN_SYNC)) continue
      yield { row, broker: replicaBroker[replica]!, kind: is === 0 ? 'left-isr' : 'joined-isr' }
    }
  }
}
