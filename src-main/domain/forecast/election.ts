import type { LeaderStops } from '../../contract/live'
import { REPLICA_OFFLINE } from '../topology/columns'
import { isInSync } from '../lag/lateness'
import type { BrokerFacts, Reading } from '../topology/reading'
import type { SilentBrokers } from '../state/silent-brokers'

/** Whether an unclean election may take this replica: its broker is listed as live and answers, its disk is not offline. */
export function isElectable(reading: Reading, facts: ReadonlyMap<number, BrokerFacts>, replica: number): boolean {
  const broker = reading.topology.replicaBroker[replica]!
  return (
    facts.get(broker)?.answers === 'yes' &&
    (reading.replicaFlags[replica]! & REPLICA_OFFLINE) === 0 &&
    reading.brokers.some((listed) => listed.id === broker)
  )
}

export interface NextLeader {
  /** -1 = nobody: the partition would be offline. */
  readonly broker: number
  readonly from: LeaderStops['from']
}

const NOBODY: NextLeader = { broker: -1, from: 'none' }

/**
 * Who the controller would choose if the leader were gone: the first live replica in assignment order that is in the
 * ISR, then (4.x) in the ELR (PartitionChangeBuilder.electLeader). Live: not marked offline, and not known to be
 * silent, as a dead broker stays in the ISR until it is fenced. `without` is a further broker assumed gone.
 */
export function nextLeader(reading: Reading, row: number, silent: SilentBrokers, without = -1): NextLeader {
  const { replicaStart, replicaBroker } = reading.topology
  const leader = reading.leader[row]!
  let elr = -1
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker === leader || broker === without || silent.has(broker)) continue
    if ((reading.replicaFlags[replica]! & REPLICA_OFFLINE) !== 0) continue
    if (isInSync(reading, replica)) return { broker, from: 'isr' }
    if (elr < 0 && reading.replicaElr[replica] === 1) elr = broker
  }
  return elr < 0 ? NOBODY : { broker: elr, from: 'elr' }
}

/**
 * Whose return brings an offline partition back: a member of the ISR or ELR, the only replica; -1 = not known (an empty
 * ISR without ELR: the last leader, whom Metadata does not name).
 */
export function awaitedBroker(reading: Reading, row: number): number {
  const { replicaStart, replicaBroker } = reading.topology
  const first = replicaStart[row]!
  const end = replicaStart[row + 1]!
  if (end - first === 1) return replicaBroker[first]!
  let elr = -1
  for (let replica = first; replica < end; replica++) {
    if (isInSync(reading, replica)) return replicaBroker[replica]!
    if (elr < 0 && reading.replicaElr[replica] === 1) elr = replicaBroker[replica]!
  }
  return elr
}
