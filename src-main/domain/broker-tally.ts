import { AT_MIN_ISR, LAGGING, OFFLINE, STATE_NAMES, UNDER_MIN_ISR, UNKNOWN } from '../contract/states'
import type { PartitionColumns } from '../contract/frame'
import { indexBrokers } from './broker-index'
import type { BrokerIndex } from './broker-index'
import { caughtUpBy } from './catch-up'
import { isInSync, isLate, lateMs, leavesIsr } from './lateness'
import type { Nearest } from './nearest'
import type { BrokerFacts, ClusterSettings, Reading } from './reading'
import { StopTally, countInSync, effectiveMinOf, fencingOfRow } from './stop-effects'

export interface TallyInput {
  readonly reading: Reading
  /** As `assess` left them, P rows. */
  readonly columns: PartitionColumns
  readonly facts: ReadonlyMap<number, BrokerFacts>
  readonly settings: ClusterSettings
  readonly now: number
  readonly lateAfterMs: number
  readonly catchUpRate?: (replica: number) => number
}

/** Sums per broker slot. */
const SUMS = [
  'replicas', 'inSync', 'leaders', 'troubled', 'behind', 'lagRecords', 'lateMs', 'recovering', 'rated',
  'leadsTroubled', 'followersTroubled', 'thenRefuses', 'thenOffline',
] as const
export type BrokerSums = Readonly<Record<(typeof SUMS)[number], Float64Array>>

/** All that the summary needs from the partitions, in one pass that can be cut: `add` rows in any pieces, each once, then read the fields. */
export class BrokerTally {
  readonly brokers: BrokerIndex
  readonly sums: BrokerSums
  readonly stops: StopTally
  /** By state code. */
  readonly counts: number[] = STATE_NAMES.map(() => 0)
  underReplicated = 0
  disputed = 0
  leaving = 0
  leavingBy = NaN
  healedAt = NaN
  nearest: Nearest | null = null
  readonly #input: TallyInput
  readonly #silent: Map<number, BrokerFacts>
  readonly #isSilent: Uint8Array
  readonly #isGone: Uint8Array
  /** Per leader slot the slots of its followers in trouble. */
  readonly #followers = new Map<number, Set<number>>()

  constructor(input: TallyInput) {
    const { reading, facts, settings } = input
    this.#input = input
    this.brokers = indexBrokers(reading, facts)
    const slots = this.brokers.length
    this.sums = Object.fromEntries(SUMS.map((name) => [name, new Float64Array(slots)])) as unknown as BrokerSums
    this.#silent = new Map([...facts].filter(([, fact]) => fact.answers === 'no'))
    this.stops = new StopTally(reading, settings, this.#silent, this.brokers)
    const listed = new Set(reading.brokers.map((broker) => broker.id))
    this.#isSilent = Uint8Array.from(this.brokers.ids, (id) => (this.#silent.has(id) ? 1 : 0))
    this.#isGone = Uint8Array.from(this.brokers.ids, (id) => (listed.has(id) ? 0 : 1))
  }

  followerBrokers(leaderSlot: number): number {
    return this.#followers.get(leaderSlot)?.size ?? 0
  }

  isSilent(slot: number): boolean {
    return this.#isSilent[slot] === 1
  }

  isGone(slot: number): boolean {
    return this.#isGone[slot] === 1
  }

  add(from: number, to: number): void {
    const { reading, columns, settings } = this.#input
    const { replicaStart } = reading.topology
    for (let row = from; row < to; row++) {
      const state = columns.state[row]!
      this.counts[state]!++
      if (reading.disputed[row] === 1) this.disputed++
      const effectiveMin = effectiveMinOf(reading, settings, row)
      const inSync = countInSync(reading, row)
      if (state !== UNKNOWN && inSync < replicaStart[row + 1]! - replicaStart[row]!) this.underReplicated++
      if (state !== UNKNOWN) this.stops.add(row, inSync, effectiveMin)
      const troubled = this.#addReplicas(row, state, inSync, effectiveMin)
      const leaderSlot = this.brokers.slot(reading.leader[row]!)
      if (leaderSlot < 0) continue
      this.sums.leaders[leaderSlot]!++
      if (troubled > 0) this.sums.leadsTroubled[leaderSlot]!++
    }
  }

  #addReplicas(row: number, state: number, inSync: number, effectiveMin: number): number {
    const { reading, lateAfterMs } = this.#input
    const { replicaStart, replicaBroker } = reading.topology
    const leader = reading.leader[row]!
    const end = replicaStart[row + 1]!
    const blameGone = state === OFFLINE && this.#anyGone(row)
    let troubled = 0
    for (let replica = replicaStart[row]!; replica < end; replica++) {
      const broker = replicaBroker[replica]!
      const slot = this.brokers.slot(broker)
      const member = isInSync(reading, replica)
      this.sums.replicas[slot]!++
      if (member) this.sums.inSync[slot]!++
      const silent = this.#isSilent[slot] === 1
      if (silent && member && this.#isGone[slot] === 0) {
        const then = fencingOfRow(reading, row, broker, inSync, effectiveMin, this.#silent)
        if (then === 'offline') this.sums.thenOffline[slot]!++
        if (then === 'refuses') this.sums.thenRefuses[slot]!++
      }
      const late = broker !== leader && isLate(reading, replica, lateAfterMs)
      if (state === UNKNOWN || (member && !late && !silent)) continue
      if (blameGone && !silent && this.#isGone[slot] === 0) continue
      this.sums.troubled[slot]!++
      if (broker === leader) continue
      troubled++
      this.#addTroubled(row, replica, slot, late, silent)
    }
    return troubled
  }

  /** An offline partition has an empty ISR: only the copies on brokers that are gone explain it, when there are any. */
  #anyGone(row: number): boolean {
    const { replicaStart, replicaBroker } = this.#input.reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const slot = this.brokers.slot(replicaBroker[replica]!)
      if (this.#isSilent[slot] === 1 || this.#isGone[slot] === 1) return true
    }
    return false
  }

  #addTroubled(row: number, replica: number, slot: number, late: boolean, silent: boolean): void {
    const { reading, now, settings, catchUpRate } = this.#input
    const member = isInSync(reading, replica)
    const leaderSlot = this.brokers.slot(reading.leader[row]!)
    if (leaderSlot >= 0) {
      this.sums.followersTroubled[leaderSlot]!++
      const followers = this.#followers.get(leaderSlot)
      if (followers === undefined) this.#followers.set(leaderSlot, new Set([slot]))
      else followers.add(slot)
    }
    if (!late && member) return
    this.sums.behind[slot]!++
    const lag = reading.lagRecords[replica]!
    if (!Number.isNaN(lag)) this.sums.lagRecords[slot]! += lag
    const ms = lateMs(reading, replica, now, silent)
    if (ms > this.sums.lateMs[slot]!) this.sums.lateMs[slot] = ms
    if (silent) return
    const rate = catchUpRate?.(replica) ?? NaN
    const by = caughtUpBy(lag, rate, now)
    if (!Number.isNaN(lag)) this.sums.rated[slot]!++
    if (rate > 0 || lag === 0) this.sums.recovering[slot]!++
    if (!(by <= this.healedAt) && !Number.isNaN(by)) this.healedAt = by
    if (member) this.#addLeaving(row, replica, by, ms, settings.evictionWindowMs)
  }

  #addLeaving(row: number, replica: number, by: number, ms: number, windowMs: number): void {
    const { reading } = this.#input
    const { topology } = reading
    if (!(ms <= (this.nearest?.lateMs ?? 0))) {
      const topic = topology.topicNames[topology.topicIndex[row]!]!
      this.nearest = { topic, partition: topology.partition[row]!, broker: topology.replicaBroker[replica]!, lateMs: ms }
    }
    const range = leavesIsr(reading, replica, windowMs)
    if (by < range.from || Number.isNaN(range.to)) return
    this.leaving++
    if (!(range.to <= this.leavingBy)) this.leavingBy = range.to
  }

  /** Partitions by what the headline calls them. */
  get offline(): number { return this.counts[OFFLINE]! }
  get writesRefused(): number { return this.counts[UNDER_MIN_ISR]! }
  get oneLossAway(): number { return this.counts[AT_MIN_ISR]! }
  get lagging(): number { return this.counts[LAGGING]! }
}
