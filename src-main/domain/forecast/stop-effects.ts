import type { BrokerIndex } from '../topology/broker-index'
import type { Coordinated } from '../../contract/summary'
import { COORDINATED, coordinatorTopics } from './coordination'
import { electsUncleanly, nextLeader, uncleanLeader } from './election'
import { isInSync } from '../lag/lateness'
import { effectiveMinInSyncReplicas } from '../state/min-isr'
import type { ClusterSettings, Reading } from '../topology/reading'
import type { Presences } from '../state/presences'

/**
 * What stopping one broker does, from the ISRs as they are. The counts do not overlap.
 *
 * A member of an ISR that is late counts as in sync, however long it has been late, as it does for Kafka. The controller elects by membership (PartitionChangeBuilder.isValidNewLeader), which
 * loses nothing that acks=all has acknowledged: that lies below the HW, which is never above the LEO of a member (Partition.maybeIncrementLeaderHW). And the leader refuses acks=all by the number
 * of members (Partition.appendRecordsToLeader); for the late one writes wait, whether or not somebody else stops. When it is evicted these figures change: that is foretold for itself
 * (`leavesIsr`) and not here, as it may as well catch up. Who answers neither us nor the controllers does not: it is about to be fenced, and counts as gone.
 */
export interface StopEffect {
  /** Partitions that take acks=all now, keep a leader, and would refuse it. */
  readonly refuses: number
  /** Partitions that would have no leader, or, where it is not known whether the topic allows it, lose records as those of `loses`. */
  readonly offline: number
  /** Partitions that an unclean election would give another leader: what only the old one has is lost. */
  readonly loses: number
  /** Partitions whose min ISR is not known, so whether they would refuse is not either. */
  readonly unknown: number
  /** Whose coordinators are on a partition of the first three. */
  readonly halts: readonly Coordinated[]
}

/** Of a row that nobody may lead without its leader: whether an unclean election takes somebody, so that it loses records and is not offline. */
const losesWithout = (
  reading: Reading,
  row: number,
  presences: Presences,
  version: ClusterSettings['version'],
): boolean => electsUncleanly(reading, row, version) === true && uncleanLeader(reading, row, presences) >= 0

/** Counts stop effects row by row, so that a long pass can be cut. Slots as in the broker index. */
export class StopTally {
  readonly #refuses: Uint32Array
  readonly #offline: Uint32Array
  readonly #loses: Uint32Array
  readonly #unknown: Uint32Array
  /** Bit n = the n-th of COORDINATED. */
  readonly #halts: Uint8Array
  readonly #coordinators: readonly number[]

  constructor(
    private readonly reading: Reading,
    private readonly presences: Presences,
    private readonly brokers: BrokerIndex,
    private readonly version: ClusterSettings['version'],
  ) {
    this.#refuses = new Uint32Array(brokers.length)
    this.#offline = new Uint32Array(brokers.length)
    this.#loses = new Uint32Array(brokers.length)
    this.#unknown = new Uint32Array(brokers.length)
    this.#halts = new Uint8Array(brokers.length)
    this.#coordinators = coordinatorTopics(reading.topology)
  }

  /** `inSync` = |ISR| of the row, `effectiveMin` -1 = unknown. */
  add(row: number, inSync: number, effectiveMin: number): void {
    const { reading, presences } = this
    const leader = reading.leader[row]!
    if (leader < 0 || presences.isSilent(leader)) return
    const halts = this.#haltsOf(row)
    const leaderSlot = this.brokers.slot(leader)
    const leaderlessWithout = nextLeader(reading, row, presences).broker < 0
    if (leaderlessWithout) {
      const loses = losesWithout(reading, row, presences, this.version)
      ;(loses ? this.#loses : this.#offline)[leaderSlot]!++
      this.#halts[leaderSlot]! |= halts
    }
    const live = presences.noneSilent ? inSync : countLive(reading, row, presences)
    if (effectiveMin >= 0 && live > effectiveMin) return
    const counts = effectiveMin < 0 ? this.#unknown : this.#refuses
    const { replicaStart, replicaBroker } = reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      if (!isInSync(reading, replica)) continue
      const broker = replicaBroker[replica]!
      // Who does not answer is about to leave the ISR anyhow: its own stop is that, and for any other one it is gone already.
      const [before, after] = presences.leaves(broker) ? [inSync, live] : [live, live - 1]
      if (effectiveMin >= 0 && (before < effectiveMin || after >= effectiveMin)) continue
      const slot = this.brokers.slot(broker)
      if (slot === leaderSlot && leaderlessWithout) continue
      counts[slot]!++
      if (effectiveMin >= 0) this.#halts[slot]! |= halts
    }
  }

  #haltsOf(row: number): number {
    const at = this.#coordinators.indexOf(this.reading.topology.topicIndex[row]!)
    return at < 0 ? 0 : 1 << at
  }

  effect(broker: number): StopEffect {
    const slot = this.brokers.slot(broker)
    if (slot < 0) return { refuses: 0, offline: 0, loses: 0, unknown: 0, halts: [] }
    return {
      refuses: this.#refuses[slot]!,
      offline: this.#offline[slot]!,
      loses: this.#loses[slot]!,
      unknown: this.#unknown[slot]!,
      halts: COORDINATED.filter((_, at) => (this.#halts[slot]! & (1 << at)) !== 0),
    }
  }
}

export function countInSync(reading: Reading, row: number): number {
  const { replicaStart } = reading.topology
  let count = 0
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (isInSync(reading, replica)) count++
  return count
}

/** ISR members whose brokers are not known to be about to leave, silent to the controllers too, and that are not `without`. */
function countLive(reading: Reading, row: number, presences: Presences, without = -1): number {
  const { replicaStart, replicaBroker } = reading.topology
  let count = 0
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (isInSync(reading, replica) && broker !== without && !presences.leaves(broker)) count++
  }
  return count
}

/** Effective min ISR of a partition row, -1 unknown. */
export function effectiveMinOf(reading: Reading, settings: ClusterSettings, row: number): number {
  const { topicIndex, replicaStart } = reading.topology
  const setting = reading.minInSyncReplicas[topicIndex[row]!]!
  return effectiveMinInSyncReplicas(setting, replicaStart[row + 1]! - replicaStart[row]!, settings.version)
}

/**
 * What fencing `broker`, a member of the row's ISR, does to it, together with whoever else is silent. A leader from the ELR is alone in its ISR.
 * 'refuses-still': as it does now. 'loses': the first live replica leads by unclean election, in the moment of the fencing.
 */
export function fencingOfRow(
  reading: Reading,
  row: number,
  broker: number,
  effectiveMin: number,
  presences: Presences,
  version: ClusterSettings['version'],
): 'offline' | 'loses' | 'refuses' | 'refuses-still' | 'none' {
  const next = reading.leader[row] === broker ? nextLeader(reading, row, presences, broker).from : 'isr'
  if (next === 'none') return losesWithout(reading, row, presences, version) ? 'loses' : 'offline'
  const left = next === 'elr' ? 1 : countLive(reading, row, presences, broker)
  if (effectiveMin < 0 || left >= effectiveMin) return 'none'
  return countInSync(reading, row) < effectiveMin ? 'refuses-still' : 'refuses'
}
