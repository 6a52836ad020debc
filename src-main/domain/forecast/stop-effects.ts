import type { BrokerIndex } from '../topology/broker-index'
import type { Coordinated } from '../../contract/summary'
import { COORDINATED, coordinatorTopics } from './coordination'
import { electsUncleanly, nextLeader, uncleanLeader } from './election'
import type { Gone } from './election'
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

/**
 * What the stop of some brokers at once does to one partition. none: they are not in its ISR, or it can spare them. one-loss-away: it can spare them, and nobody more. refuses: it takes
 * acks=all now and would refuse it. refuses-still: it refuses already. offline: it would have no leader. loses: an unclean election would give it another one. unknown: its min
 * ISR is not.
 */
export type RowStop = 'none' | 'one-loss-away' | 'refuses' | 'refuses-still' | 'offline' | 'loses' | 'unknown'

/**
 * The one rule of stops: of one broker or of several together, in order or by accident, of one that answers or of one that is about to be fenced. `effectiveMin` -1 = unknown.
 *
 * A leader that stops is followed by `nextLeader`; if nobody may lead, by an unclean election in the moment of the fencing, or by nobody. A leader from the ELR is alone in its ISR. Who is silent
 * to the controllers too leaves the ISR anyhow: where it is among those that stop, its stop is just that; else it is gone already. Brokers that are killed together are
 * fenced one after the other, which ends the same: an ISR never shrinks to nobody, and who leads in between stops too (PartitionChangeBuilder).
 */
export function stopOfRow(
  reading: Reading,
  row: number,
  stopped: Gone,
  effectiveMin: number,
  presences: Presences,
  version: ClusterSettings['version'],
): RowStop {
  const next = stopped.has(reading.leader[row]!) ? nextLeader(reading, row, presences, stopped).from : 'isr'
  if (next === 'none')
    return electsUncleanly(reading, row, version) === true && uncleanLeader(reading, row, presences, stopped) >= 0
      ? 'loses'
      : 'offline'
  const { replicaStart, replicaBroker } = reading.topology
  let members = 0
  let live = 0
  let left = 0
  let stops = false
  let isFenced = false
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    if (!isInSync(reading, replica)) continue
    const broker = replicaBroker[replica]!
    const leaves = presences.leaves(broker)
    members++
    if (!leaves) live++
    if (!stopped.has(broker)) {
      if (!leaves) left++
      continue
    }
    stops = true
    if (leaves) isFenced = true
  }
  if (!stops) return 'none'
  if (effectiveMin < 0) return 'unknown'
  const after = next === 'elr' ? 1 : left
  if (after >= effectiveMin) return after === effectiveMin ? 'one-loss-away' : 'none'
  return (isFenced ? members : live) < effectiveMin ? 'refuses-still' : 'refuses'
}

/** A single broker for a loop over brokers. */
export class OneBroker implements Gone {
  broker = -1

  has(broker: number): boolean {
    return broker === this.broker
  }
}

/** Counts stop effects row by row, so that a long pass can be cut. Slots as in the broker index. */
export class StopTally {
  readonly #refuses: Uint32Array
  readonly #offline: Uint32Array
  readonly #loses: Uint32Array
  readonly #unknown: Uint32Array
  /** Bit n = the n-th of COORDINATED. */
  readonly #halts: Uint8Array
  readonly #coordinators: readonly number[]
  readonly #one = new OneBroker()

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
    this.#stop(row, leader, effectiveMin)
    // With more than it needs a row can spare any one of its followers.
    const live = presences.noneSilent ? inSync : countLive(reading, row, presences)
    if (effectiveMin >= 0 && live > effectiveMin) return
    const { replicaStart, replicaBroker } = reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const broker = replicaBroker[replica]!
      if (broker !== leader && isInSync(reading, replica)) this.#stop(row, broker, effectiveMin)
    }
  }

  #stop(row: number, broker: number, effectiveMin: number): void {
    this.#one.broker = broker
    const counts = this.#countsOf(stopOfRow(this.reading, row, this.#one, effectiveMin, this.presences, this.version))
    if (counts === null) return
    const slot = this.brokers.slot(broker)
    counts[slot]!++
    if (counts !== this.#unknown) this.#halts[slot]! |= this.#haltsOf(row)
  }

  #countsOf(stop: RowStop): Uint32Array | null {
    switch (stop) {
      case 'refuses':
        return this.#refuses
      case 'offline':
        return this.#offline
      case 'loses':
        return this.#loses
      case 'unknown':
        return this.#unknown
      case 'none':
      case 'one-loss-away':
      case 'refuses-still':
        return null
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

/** ISR members whose brokers are not known to be about to leave, silent to the controllers too. */
function countLive(reading: Reading, row: number, presences: Presences): number {
  const { replicaStart, replicaBroker } = reading.topology
  let count = 0
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (isInSync(reading, replica) && !presences.leaves(replicaBroker[replica]!)) count++
  return count
}

/** Effective min ISR of a partition row, -1 unknown. */
export function effectiveMinOf(reading: Reading, settings: ClusterSettings, row: number): number {
  const { topicIndex, replicaStart } = reading.topology
  const setting = reading.minInSyncReplicas[topicIndex[row]!]!
  return effectiveMinInSyncReplicas(setting, replicaStart[row + 1]! - replicaStart[row]!, settings.version)
}
