import { KafkaError } from '../../shared/kafka-codes'
import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../topology/columns'
import type { BrokerAddress } from '../topology/columns'
import type { WritableReading } from '../topology/reading'

/** What of a Metadata answer tells who lacks a listener, in the index spaces of columns.ts. */
interface Told {
  readonly brokers: readonly BrokerAddress[]
  /** P. */
  readonly errors: ArrayLike<number>
  /** P. */
  readonly leader: ArrayLike<number>
  /** P+1. */
  readonly replicaStart: ArrayLike<number>
  /** R. */
  readonly replicaBroker: ArrayLike<number>
  /** R. */
  readonly replicaFlags: ArrayLike<number>
}

/**
 * Which brokers have no listener of the name by which we came in. They are live and go on leading, but Metadata lists only who has that listener, tells
 * LISTENER_NOT_FOUND and no leader for what they lead, and calls every replica on them offline (KRaftMetadataCache.getPartitionMetadata, isReplicaOffline;
 * ZkMetadataCache the same). The leader of such a partition is one of its ISR, so whoever of it is not listed lacks the listener: fencing takes a broker out of
 * every ISR with the same record batch.
 */
export function withoutListener(told: Told): Set<number> {
  const { errors, leader, replicaStart, replicaBroker, replicaFlags } = told
  const listed = new Set(told.brokers.map(({ id }) => id))
  const lacking = new Set<number>()
  for (let row = 0; row < errors.length; row++) {
    if (errors[row] !== KafkaError.LISTENER_NOT_FOUND) continue
    if (leader[row]! >= 0 && !listed.has(leader[row]!)) lacking.add(leader[row]!)
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const inSync = (replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
      if (inSync && !listed.has(replicaBroker[replica]!)) lacking.add(replicaBroker[replica]!)
    }
  }
  return lacking
}

/** Notes them after an answer was taken over. Where they are in the ISR their replicas are no more called offline here. */
export function noteListeners(reading: WritableReading): void {
  const { brokers, topology, metadataError: errors, replicaFlags, leader } = reading
  const { replicaStart, replicaBroker } = topology
  const lacking = withoutListener({ brokers, errors, leader, replicaStart, replicaBroker, replicaFlags })
  reading.withoutListener = lacking
  if (lacking.size === 0) return
  for (let replica = 0; replica < replicaFlags.length; replica++) {
    const flags = replicaFlags[replica]!
    if (flags === (REPLICA_IN_SYNC | REPLICA_OFFLINE) && lacking.has(replicaBroker[replica]!))
      replicaFlags[replica] = REPLICA_IN_SYNC
  }
}
