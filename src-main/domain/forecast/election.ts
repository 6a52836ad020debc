import { REPLICA_OFFLINE } from '../topology/columns'
import { isLeaving } from '../answers/shutdowns'
import { isInSync } from '../lag/lateness'
import { UNCLEAN_OFF, UNCLEAN_ON } from '../topology/reading'
import type { ClusterSettings, Reading } from '../topology/reading'
import { listingOf } from '../state/presence'
import type { Presences } from '../state/presences'

/** Whether the controllers count on a broker: Metadata lists it, or leaves it out only because it lacks the listener by which we came in. */
export const isThere = (reading: Reading, broker: number): boolean =>
  listingOf(
    reading.brokers.some((listed) => listed.id === broker),
    reading.withoutListener.has(broker),
  ) !== 'gone'

/**
 * Whether a broker may be elected as far as we hear of it: not where it does not answer, and not while it is shutting down, when it is still listed and answers
 * (ClusterControlManager.isActive).
 */
const mayLead = (reading: Reading, presences: Presences, broker: number): boolean =>
  !presences.leaves(broker) && (reading.handedOver.size === 0 || !isLeaving(reading, presences.factOf(broker)))

/**
 * Whether an unclean election may take this replica: the controllers count on its broker, its disk is not offline. Who was not heard yet may be taken as
 * well; who is known to be silent will be fenced.
 */
export function isElectable(reading: Reading, presences: Presences, replica: number): boolean {
  const broker = reading.topology.replicaBroker[replica]!
  return (
    mayLead(reading, presences, broker) &&
    (reading.replicaFlags[replica]! & REPLICA_OFFLINE) === 0 &&
    isThere(reading, broker)
  )
}

/** Whether an unclean election follows by itself where nobody else may lead; null = not known. */
export function electsUncleanly(reading: Reading, row: number, version: ClusterSettings['version']): boolean | null {
  const told = reading.uncleanElection[reading.topology.topicIndex[row]!]!
  if (told !== UNCLEAN_ON) return told === UNCLEAN_OFF ? false : null
  if (version === null) return null
  // Controllers of a KRaft cluster read it from 3.9 (ReplicationControlManager.uncleanLeaderElectionEnabledForTopic), those of ZooKeeper always.
  return version[0] > 3 || (version[0] === 3 && version[1] >= 9) ? true : null
}

/** Brokers assumed to be gone, however they are present now. */
export interface Gone {
  has(broker: number): boolean
}

const NONE_GONE: Gone = { has: () => false }

/**
 * Replica row of whom an unclean election would take if the leader, and `gone` with it, were gone: the first live one in assignment order, whatever its log holds
 * (PartitionChangeBuilder.electAnyLeader); -1 = nobody is there to take.
 */
export function uncleanLeader(reading: Reading, row: number, presences: Presences, gone: Gone = NONE_GONE): number {
  const { replicaStart, replicaBroker } = reading.topology
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker !== reading.leader[row] && !gone.has(broker) && isElectable(reading, presences, replica)) return replica
  }
  return -1
}

export interface NextLeader {
  /** -1 = nobody: the partition would be offline. */
  readonly broker: number
  readonly from: 'isr' | 'elr' | 'none'
}

const NOBODY: NextLeader = { broker: -1, from: 'none' }

/**
 * Who the controller would choose if the leader were gone: the first live replica in assignment order that is in the
 * ISR, then (4.x) in the ELR (PartitionChangeBuilder.electLeader). Live: not marked offline, and not known to be
 * silent, unless the controllers hear it, as a dead broker stays in the ISR until it is fenced. `gone`: further brokers assumed gone.
 */
export function nextLeader(reading: Reading, row: number, presences: Presences, gone: Gone = NONE_GONE): NextLeader {
  const { replicaStart, replicaBroker } = reading.topology
  const leader = reading.leader[row]!
  let elr = -1
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker === leader || gone.has(broker) || !mayLead(reading, presences, broker)) continue
    if ((reading.replicaFlags[replica]! & REPLICA_OFFLINE) !== 0) continue
    if (isInSync(reading, replica)) return { broker, from: 'isr' }
    if (elr < 0 && reading.replicaElr[replica] === 1) elr = broker
  }
  return elr < 0 ? NOBODY : { broker: elr, from: 'elr' }
}

const SURELY = 2

/**
 * How surely the return of one replica's broker, where no last known leader is told, gives an offline partition its leader back without loss: a member of the ISR, or the only replica,
 * before one of the ELR, which is taken off that list when it registers again after it was killed (ReplicationControlManager.handleBrokerShutdown); 0 = not known to.
 */
const returnRank = (isOnly: boolean, inSync: boolean, inElr: boolean): 0 | 1 | typeof SURELY =>
  isOnly || inSync ? SURELY : inElr ? 1 : 0

/**
 * Whom an offline partition needs first: the last known leader, who may lead again even after it was killed, as soon as the ELR is empty
 * (PartitionChangeBuilder.canElectLastKnownLeader), else the first of the highest `returnRank`; -1 = not known (an empty ISR, and nobody told of the others).
 */
export function awaitedBroker(reading: Reading, row: number): number {
  if (reading.lastKnownLeader[row]! >= 0) return reading.lastKnownLeader[row]!
  const { replicaStart, replicaBroker } = reading.topology
  const first = replicaStart[row]!
  const end = replicaStart[row + 1]!
  let awaited = -1
  let best = 0
  for (let replica = first; replica < end && best < SURELY; replica++) {
    const rank = returnRank(end - first === 1, isInSync(reading, replica), reading.replicaElr[replica] === 1)
    if (rank <= best) continue
    best = rank
    awaited = replicaBroker[replica]!
  }
  return awaited
}

/** A partition without a leader by brokers, in assignment order; `lastKnown` as `LastKnownElr` tells it, at most one. */
interface Leaderless {
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
  readonly elr: readonly number[]
  readonly lastKnown: readonly number[]
}

/** As `awaitedBroker`, everybody whose return may do it, the surest first; [] = not known. */
export function awaitedBrokers({ replicas, inSync, elr, lastKnown }: Leaderless): readonly number[] {
  if (lastKnown.length > 0) return lastKnown
  const rank = (broker: number): number =>
    returnRank(replicas.length === 1, inSync.includes(broker), elr.includes(broker))
  return replicas.filter((broker) => rank(broker) > 0).toSorted((a, b) => rank(b) - rank(a))
}

/**
 * Whether the return of `broker` alone gives an offline partition a leader again, however it ended. Not where the ELR has somebody else: one that was
 * killed is taken off that list when it registers, and while others are on it nobody but them may lead (PartitionChangeBuilder.isValidNewLeader,
 * canElectLastKnownLeader).
 */
export function bringsBack(reading: Reading, row: number, broker: number): boolean {
  const { replicaStart, replicaBroker } = reading.topology
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (reading.replicaElr[replica] === 1 && replicaBroker[replica] !== broker) return false
  return true
}
