import { KafkaError } from '../../shared/kafka-codes'
import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../topology/columns'
import type { WritableReading } from '../topology/reading'

/**
 * Notes which brokers have no listener of the name by which we came in, after an answer was taken over. They are live and go on leading, but Metadata lists
 * only who has that listener, tells LISTENER_NOT_FOUND and no leader for what they lead, and calls every replica on them offline (KRaftMetadataCache.getPartitionMetadata,
 * isReplicaOffline; ZkMetadataCache the same). The leader of such a partition is one of its ISR, so whoever of it is not listed lacks the listener: fencing
 * takes a broker out of every ISR with the same record batch. On KRaft (`kraft`) so does, for the same reason, whoever is not listed and is in an ISR beside a leader
 * that is; a ZooKeeper controller may tell of brokers that are gone before it tells of their ISRs. Their replicas are no more called offline here.
 */
export function noteListeners(reading: WritableReading, kraft: boolean): void {
  const { topology, metadataError, replicaFlags, leader } = reading
  const { replicaStart, replicaBroker, replicaPartition } = topology
  const listed = new Set(reading.brokers.map(({ id }) => id))
  const lacking = new Set<number>()
  for (let row = 0; row < metadataError.length; row++) {
    if (metadataError[row] !== KafkaError.LISTENER_NOT_FOUND) continue
    if (leader[row]! >= 0 && !listed.has(leader[row]!)) lacking.add(leader[row]!)
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const inSync = (replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
      if (inSync && !listed.has(replicaBroker[replica]!)) lacking.add(replicaBroker[replica]!)
    }
  }
  const unseen = REPLICA_IN_SYNC | REPLICA_OFFLINE
  for (let at = kraft ? replicaFlags.indexOf(unseen) : -1; at >= 0; at = replicaFlags.indexOf(unseen, at + 1)) {
    const broker = replicaBroker[at]!
    const led = leader[replicaPartition[at]!]!
    if (!listed.has(broker) && led !== broker && listed.has(led)) lacking.add(broker)
  }
  reading.withoutListener = lacking
  if (lacking.size === 0) return
  for (let replica = 0; replica < replicaFlags.length; replica++)
    if (lacking.has(replicaBroker[replica]!)) replicaFlags[replica] = replicaFlags[replica]! & ~REPLICA_OFFLINE
}
