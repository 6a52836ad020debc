import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../topology/columns'
import type { MetadataColumns } from '../topology/columns'
import type { BrokerFacts, Reading, WritableReading } from '../topology/reading'

/**
 * A broker that asks to shut down is taken out of every ISR with another member, and others are elected for what it leads, in one batch, while it stays listed
 * and serves (ReplicationControlManager.handleBrokerInControlledShutdown; ControlledShutdownPartitionLeaderElectionStrategy in ZooKeeper mode). Only one thing more takes a live leader
 * out of its own partition's ISR, a log directory of it that fails, and its replica is offline then (handleDirectoriesOffline); fencing takes it off the list with the same
 * batch, a preferred election leaves it in the ISR.
 *
 * Called with row `at` of an answer before it is written to `row` of the reading.
 */
export function noteHandOver(reading: WritableReading, row: number, meta: MetadataColumns, at: number): void {
  const leader = reading.leader[row]!
  if (leader < 0 || meta.leader[at]! < 0 || meta.leader[at] === leader) return
  const base = reading.topology.replicaStart[row]!
  const from = meta.replicaStart[at]!
  for (let k = 0; k < meta.replicaStart[at + 1]! - from; k++) {
    if (meta.replicaBroker[from + k] !== leader) continue
    const was = (reading.replicaFlags[base + k]! & REPLICA_IN_SYNC) !== 0
    const stays = (meta.replicaFlags[from + k]! & (REPLICA_IN_SYNC | REPLICA_OFFLINE)) !== 0
    if (was && !stays && meta.brokers.some(({ id }) => id === leader))
      reading.handedOver.set(leader, reading.metadataBeforeAt)
  }
}

/**
 * Whether it is known to be shutting down. It must have answered since before it handed over: one that ended, or was fenced, and came back between two readings has handed over too, and its next
 * silence is no shutdown either.
 */
export function isLeaving(reading: Reading, fact: BrokerFacts | undefined): boolean {
  const before = reading.handedOver.get(fact?.id ?? -1)
  if (fact === undefined || before === undefined) return false
  if (fact.answers === 'connecting') return false
  return fact.answeredFrom <= before && (fact.answers === 'yes' || fact.answersSince >= before)
}

/** With the brokers of a new answer: whoever is not listed any more has gone. */
export function forgetGone(reading: WritableReading): void {
  for (const broker of reading.handedOver.keys())
    if (!reading.brokers.some(({ id }) => id === broker)) reading.handedOver.delete(broker)
}
