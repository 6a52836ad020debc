import { KafkaError } from '../../shared/kafka-codes'
import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../topology/columns'
import type { BrokerAddress } from '../topology/columns'
import type { WritableReading } from '../topology/reading'
import type { ReadOnlyCells } from '../../shared/read-only'

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
  readonly replicaFlags: ReadOnlyCells<Uint8Array>
}

/** In the ISR, and called offline. */
const UNSEEN = REPLICA_IN_SYNC | REPLICA_OFFLINE

/**
 * Which brokers have no listener of the name by which we came in. They are live and go on leading, but Metadata lists only who has that listener, tells
 * LISTENER_NOT_FOUND and no leader for what they lead, and calls every replica on them offline (KRaftMetadataCache.getPartitionMetadata, isReplicaOffline;
 * ZkMetadataCache the same). The leader of such a partition is one of its ISR, so whoever of it is not listed lacks the listener: fencing takes a broker out of
 * every ISR with the same record batch. On KRaft (`kraft`) so does, for the same reason, whoever is not listed and is in an ISR beside a leader that is; a ZooKeeper
 * controller may tell of brokers that are gone before it tells of their ISRs.
 */
export function withoutListener(told: Told, kraft: boolean): Set<number> {
  const { errors, leader, replicaStart, replicaBroker, replicaFlags } = told
  const listed = new Set(told.brokers.map(({ id }) => id))
  const lacking = new Set<number>()
  // Hardly ever: nobody wants to walk over all replicas of a large cluster for it.
  const anyUnseen = kraft && replicaFlags.indexOf(UNSEEN) >= 0
  for (let row = 0; row < errors.length; row++) {
    const led = leader[row]!
    const lacks = errors[row] === KafkaError.LISTENER_NOT_FOUND
    if (!lacks && !anyUnseen) continue
    if (lacks && led >= 0 && !listed.has(led)) lacking.add(led)
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const flags = replicaFlags[replica]!
      const broker = replicaBroker[replica]!
      if ((flags & REPLICA_IN_SYNC) === 0 || listed.has(broker)) continue
      if (lacks || (kraft && flags === UNSEEN && led !== broker && listed.has(led))) lacking.add(broker)
    }
  }
  return lacking
}

/** Notes them after an answer was taken over. Their replicas are no more called offline here. */
export function noteListeners(reading: WritableReading, kraft: boolean): void {
  const { brokers, topology, metadataError: errors, replicaFlags, leader } = reading
  const { replicaStart, replicaBroker } = topology
  const lacking = withoutListener({ brokers, errors, leader, replicaStart, replicaBroker, replicaFlags }, kraft)
  reading.withoutListener = lacking
  if (lacking.size === 0) return
  for (let replica = 0; replica < replicaFlags.length; replica++)
    if (lacking.has(replicaBroker[replica]!)) replicaFlags[replica] = replicaFlags[replica]! & ~REPLICA_OFFLINE
}
