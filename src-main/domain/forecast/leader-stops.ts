import type { LeaderStops } from '../../contract/live'
import { SilentBrokers } from '../state/silent-brokers'
import type { BrokerFacts, ClusterSettings, Reading } from '../topology/reading'
import { electsUncleanly, isElectable, nextLeader } from './election'
import { fencingOfRow } from './stop-effects'

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
  facts: ReadonlyMap<number, BrokerFacts>,
  row: number,
): { readonly taken: Loser; readonly fewest: Loser } {
  const { replicaStart, replicaBroker } = reading.topology
  let taken: Loser = null
  let fewest: Loser = null
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker === reading.leader[row] || !isElectable(reading, facts, replica)) continue
    const one = { broker, lostRecords: reading.lagRecords[replica]! }
    taken ??= one
    if (fewest === null || one.lostRecords < fewest.lostRecords) fewest = one
  }
  // Against an unknown loss nothing is known to be less.
  return taken === null || Number.isNaN(taken.lostRecords) ? { taken, fewest: taken } : { taken, fewest }
}

/**
 * What follows if the leader of a row stopped now; null = it has none. `effectiveMin` -1 = unknown.
 *
 * The controller elects from the ISR, then from the ELR (`nextLeader`). If neither has anybody, the partition is offline, or, where the topic allows
 * an unclean election, led by the first live replica in assignment order, not by the longest log (PartitionChangeBuilder.electAnyLeader; seen on
 * 4.4.0), in the moment the leader is fenced. A loss is counted against the newest reading of the leader: a lower bound. Whom an unclean election
 * takes is alone in the ISR. `now` left out: nobody who is silent is known to be heard by the controllers.
 */
export function leaderStops(
  reading: Reading,
  facts: ReadonlyMap<number, BrokerFacts>,
  row: number,
  effectiveMin: number,
  { version, controllerSilent }: Pick<ClusterSettings, 'version' | 'controllerSilent'>,
  now = NaN,
): LeaderStops | null {
  const leader = reading.leader[row]!
  if (leader === -1) return null
  if (controllerSilent) return NOBODY_ELECTS
  const silent = new SilentBrokers(facts, now)
  const next = nextLeader(reading, row, silent)
  const then = fencingOfRow(reading, row, leader, effectiveMin, silent, version)
  const { taken, fewest } = uncleanly(reading, facts, row)
  const uncleanElection = electsUncleanly(reading, row, version)
  const loses = next.from === 'none' && uncleanElection === true && taken !== null
  const alone = effectiveMin < 0 ? 'unknown' : effectiveMin <= 1 ? 'yes' : 'no'
  return {
    nextLeader: loses ? taken.broker : next.broker,
    from: loses ? 'unclean' : next.from,
    acceptsAcksAll: loses ? alone : then !== 'none' ? 'no' : effectiveMin < 0 ? 'unknown' : 'yes',
    uncleanElection,
    unclean: taken,
    fewestLost: fewest,
  }
}
