import type { LeaderStops } from '../../contract/live'
import { behindRecords } from '../lag/ahead'
import { isInSync } from '../lag/lateness'
import type { Presences } from '../state/presences'
import type { ClusterSettings, Reading } from '../topology/reading'
import { electsUncleanly, isElectable, nextLeader } from './election'
import { stopOfRow } from './stop-effects'

type Loser = LeaderStops['unclean']

const NOBODY_ELECTS: LeaderStops = {
  nextLeader: -1,
  from: 'no-controller',
  acceptsAcksAll: 'no',
  uncleanElection: false,
  unclean: null,
  fewestLost: null,
}

/** Whom an unclean election would take, and who would lose fewest records if Kafka looked at that, which it does not. */
function uncleanly(
  reading: Reading,
  presences: Presences,
  row: number,
): { readonly taken: Loser; readonly fewest: Loser } {
  const { replicaStart, replicaBroker } = reading.topology
  let taken: Loser = null
  let fewest: Loser = null
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker === reading.leader[row] || !isElectable(reading, presences, replica)) continue
    const one = { broker, lostRecords: behindRecords(reading, replica) }
    taken ??= one
    if (fewest === null || one.lostRecords < fewest.lostRecords) fewest = one
  }
  // Against an unknown loss nothing is known to be less.
  return taken === null || Number.isNaN(taken.lostRecords) ? { taken, fewest: taken } : { taken, fewest }
}

/** Whether the next leader and all that would be in the ISR with it were heard, and have opened their port: an election goes by the controllers' word, a write needs the brokers themselves. */
function areHeard(reading: Reading, presences: Presences, row: number, next: number): boolean {
  const { replicaStart, replicaBroker } = reading.topology
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    const counts = broker === next || (broker !== reading.leader[row] && isInSync(reading, replica))
    if (counts && (presences.isUnheard(broker) || presences.isReturning(broker))) return false
  }
  return true
}

/**
 * What follows if the leader of a row stopped now; null = it has none. `effectiveMin` -1 = unknown.
 *
 * The controller elects from the ISR, then from the ELR (`nextLeader`). If neither has anybody, the partition is offline, or, where the topic allows
 * an unclean election, led by the first live replica in assignment order, not by the longest log (PartitionChangeBuilder.electAnyLeader; seen on
 * 4.4.0), in the moment the leader is fenced. A loss is counted against the newest reading of the leader: a lower bound. Whom an unclean election
 * takes is alone in the ISR.
 */
export function leaderStops(
  reading: Reading,
  presences: Presences,
  row: number,
  effectiveMin: number,
  { version, controllerSilent }: Pick<ClusterSettings, 'version' | 'controllerSilent'>,
): LeaderStops | null {
  const leader = reading.leader[row]!
  if (leader === -1) return null
  if (controllerSilent) return NOBODY_ELECTS
  const next = nextLeader(reading, row, presences)
  const then = stopOfRow(reading, row, new Set([leader]), effectiveMin, presences, version)
  const { taken, fewest } = uncleanly(reading, presences, row)
  // Whether one that is not heard yet may be taken shows with its first answer.
  const open = taken !== null && presences.isUnheard(taken.broker)
  const elects = electsUncleanly(reading, row, version)
  const uncleanElection = open && elects === true ? null : elects
  const loses = next.from === 'none' && uncleanElection === true && taken !== null
  const leads = loses ? taken.broker : next.broker
  const goesOn = then === 'none' || then === 'one-loss-away' || then === 'unknown'
  const refuses = loses ? effectiveMin > 1 : !goesOn
  const known = effectiveMin >= 0 && areHeard(reading, presences, row, leads)
  return {
    nextLeader: leads,
    from: loses ? 'unclean' : presences.isUnheard(leads) ? 'unheard' : next.from,
    acceptsAcksAll: refuses ? 'no' : known ? 'yes' : 'unknown',
    uncleanElection,
    unclean: taken,
    fewestLost: fewest,
  }
}
