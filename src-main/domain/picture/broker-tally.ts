import { HEALTHY, OFFLINE, STATE_NAMES, UNKNOWN } from '../../shared/states'
import { BrokerIndex } from '../topology/broker-index'
import type { JudgedColumns } from './partition-columns'
import { behindRecords } from '../lag/ahead'
import { caughtUpBy } from '../lag/catch-up'
import { REPLICA_IN_SYNC } from '../topology/columns'
import { exitOf } from '../forecast/exit'
import { isInSync, isLate, lateMs } from '../lag/lateness'
import { awaitedBroker } from '../forecast/election'
import type { Nearest } from '../forecast/nearest'
import type { ClusterSettings, Reading } from '../topology/reading'
import { isOnFailedLogDir } from '../blame/log-dirs'
import { isLeaving } from '../answers/shutdowns'
import { countMissing, isMissing } from '../answers/reassignments'
import { listingOf } from '../state/presence'
import type { Listing } from '../state/presence'
import type { Presences } from '../state/presences'
import { OneBroker, StopTally, countInSync, effectiveMinOf, stopOfRow } from '../forecast/stop-effects'

/** What is summed per broker slot; the meaning of each is in BrokerTrouble, BrokerSummary and SilentBroker. */
class BrokerSums {
  readonly replicas: Float64Array
  readonly inSync: Float64Array
  readonly adding: Float64Array
  readonly leaders: Float64Array
  readonly troubled: Float64Array
  readonly behind: Float64Array
  readonly lagRecords: Float64Array
  readonly lateMs: Float64Array
  readonly recovering: Float64Array
  readonly rated: Float64Array
  readonly leadsTroubled: Float64Array
  readonly followersTroubled: Float64Array
  readonly mayLead: Float64Array
  readonly awaited: Float64Array
  readonly thenRefuses: Float64Array
  readonly thenOffline: Float64Array
  readonly thenLoses: Float64Array
  /** Replicas without which its lags are not known. */
  readonly unread: Float64Array
  /** Replicas of partitions of which nothing can be said, or with a broker in their ISR that is not heard yet. */
  readonly unjudged: Float64Array
  readonly onFailedLogDir: Float64Array

  constructor(slots: number) {
    const zeros = (): Float64Array => new Float64Array(slots)
    this.replicas = zeros()
    this.inSync = zeros()
    this.adding = zeros()
    this.leaders = zeros()
    this.troubled = zeros()
    this.behind = zeros()
    this.lagRecords = zeros()
    this.lateMs = zeros()
    this.recovering = zeros()
    this.rated = zeros()
    this.leadsTroubled = zeros()
    this.followersTroubled = zeros()
    this.mayLead = zeros()
    this.awaited = zeros()
    this.thenRefuses = zeros()
    this.thenOffline = zeros()
    this.thenLoses = zeros()
    this.unread = zeros()
    this.unjudged = zeros()
    this.onFailedLogDir = zeros()
  }
}

export interface TallyInput {
  readonly reading: Reading
  /** As `assess` left them, P rows. */
  readonly columns: JudgedColumns
  /** Of the moment `now`. */
  readonly presences: Presences
  readonly settings: ClusterSettings
  readonly now: number
  readonly lateAfterMs: number
  readonly catchUpRate?: (replica: number) => number
}

/**
 * All that the summary needs from the partitions, in one pass that can be cut: `add` rows in any pieces, each once,
 * then read the fields.
 */
export class BrokerTally {
  readonly brokers: BrokerIndex
  /** By slot. */
  readonly listings: readonly Listing[]
  readonly sums: BrokerSums
  readonly stops: StopTally
  /** Partitions by state code. */
  readonly counts: number[] = STATE_NAMES.map(() => 0)
  underReplicated = 0
  disputed = 0
  leaving = 0
  leavingBy = NaN
  /** A follower that is behind was late already when it was first read. */
  lateAtFirst = false
  /** Partitions with a leader whose min ISR is not known. */
  minIsrUnknown = 0
  /** Partitions that are judged though a broker in their ISR is not heard yet: whether they take writes is not known, nor what the stop of another one costs. */
  unheard = 0
  nearest: Nearest | null = null
  readonly #input: TallyInput
  readonly #one = new OneBroker()
  readonly #isSilent: Uint8Array
  readonly #isUnseen: Uint8Array
  readonly #isGone: Uint8Array
  readonly #isUnheard: Uint8Array
  /** Gone, silent, not seen from here, or on its way in or out: its replicas say nothing about their leaders. */
  readonly #isAway: Uint8Array
  #caughtUpBy = NaN
  /** Some follower that is behind is not known to catch up, or waits for a broker. */
  #staysBehind = false
  /** Per leader slot the slots of its followers in trouble, on brokers that are listed and answer. */
  readonly #followers = new Map<number, Set<number>>()

  constructor(input: TallyInput) {
    const { reading, presences } = input
    this.#input = input
    this.brokers = new BrokerIndex(reading, presences.facts)
    this.sums = new BrokerSums(this.brokers.length)
    this.stops = new StopTally(reading, presences, this.brokers, input.settings.version)
    const listed = new Set(reading.brokers.map((broker) => broker.id))
    this.listings = Array.from(this.brokers.ids, (id) => listingOf(listed.has(id), reading.withoutListener.has(id)))
    const where = (is: (id: number, slot: number) => boolean): Uint8Array =>
      Uint8Array.from(this.brokers.ids, (id, slot) => (is(id, slot) ? 1 : 0))
    this.#isSilent = where((id) => presences.isSilent(id))
    this.#isUnseen = where((id) => presences.isUnseen(id))
    this.#isGone = where((_, slot) => this.listings[slot] === 'gone')
    this.#isUnheard = where((id) => presences.isUnheard(id))
    this.#isAway = where((id, slot) => {
      const onTheWay = presences.isReturning(id) || isLeaving(reading, presences.factOf(id))
      return onTheWay || this.isSilent(slot) || this.isGone(slot) || this.#isUnseen[slot] === 1
    })
  }

  /** When every follower seen behind has caught up; NaN = that is not known of all of them. */
  get healedAt(): number {
    return this.#staysBehind ? NaN : this.#caughtUpBy
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

  /** Rows [from, to). A healthy row that can spare any one replica is most of a cluster, and is only counted. */
  add(from: number, to: number): void {
    const { columns, reading } = this.#input
    const { state, tolerance } = columns
    const { disputed } = reading
    for (let row = from; row < to; row++) {
      this.counts[state[row]!]!++
      if (disputed[row] !== 0) this.disputed++
      const plain = state[row] === HEALTHY && tolerance[row]! > 0
      if (!plain || !this.#addPlain(row)) this.#addRow(row)
    }
  }

  /** False, and nothing counted, when the row has to be looked at after all. */
  #addPlain(row: number): boolean {
    const { reading } = this.#input
    const { replicaStart, replicaBroker } = reading.topology
    const { replicaFlags } = reading
    const { ofReplica } = this.brokers
    const { replicas, inSync, leaders } = this.sums
    const start = replicaStart[row]!
    const end = replicaStart[row + 1]!
    const leader = reading.leader[row]!
    let lead = -1
    for (let replica = start; replica < end; replica++) {
      const slot = ofReplica[replica]!
      if (replicaFlags[replica] !== REPLICA_IN_SYNC || this.#isSilent[slot] === 1 || this.#isGone[slot] === 1)
        return false
      if (replicaBroker[replica] === leader) lead = slot
    }
    if (lead < 0 || end - start < 2) return false
    for (let replica = start; replica < end; replica++) {
      const slot = ofReplica[replica]!
      replicas[slot]!++
      inSync[slot]!++
    }
    leaders[lead]!++
    return true
  }

  #addRow(row: number): void {
    const { reading, columns, settings } = this.#input
    const state = columns.state[row]!
    const effectiveMin = effectiveMinOf(reading, settings, row)
    const inSync = countInSync(reading, row)
    if (state !== UNKNOWN) {
      if (countMissing(reading, row) > 0) this.underReplicated++
      if (state !== OFFLINE && effectiveMin < 0) this.minIsrUnknown++
      this.stops.add(row, inSync, effectiveMin)
    }
    if (state === OFFLINE) this.#staysBehind = true
    const unheard = state !== UNKNOWN && this.#anyUnheard(row)
    if (unheard) this.unheard++
    const leaderSlot = this.brokers.slot(reading.leader[row]!)
    const troubled = this.#addReplicas(row, state, effectiveMin, leaderSlot, unheard)
    if (leaderSlot < 0) return
    this.sums.leaders[leaderSlot]!++
    if (troubled > 0) this.sums.leadsTroubled[leaderSlot]!++
  }

  /** A member of the ISR is on a broker that is not heard yet. */
  #anyUnheard(row: number): boolean {
    const { reading } = this.#input
    const { replicaStart } = reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
      if (this.#isUnheard[this.brokers.ofReplica[replica]!] === 1 && isInSync(reading, replica)) return true
    return false
  }

  #addReplicas(row: number, state: number, effectiveMin: number, leaderSlot: number, unheard: boolean): number {
    const { reading, presences, lateAfterMs, settings } = this.#input
    const { replicaStart, replicaBroker } = reading.topology
    const leader = reading.leader[row]!
    const end = replicaStart[row + 1]!
    const blameGone = state === OFFLINE && this.#anyGone(row)
    let troubled = 0
    for (let replica = replicaStart[row]!; replica < end; replica++) {
      const broker = replicaBroker[replica]!
      const slot = this.brokers.ofReplica[replica]!
      const member = isInSync(reading, replica)
      const missing = !member && isMissing(reading, replica)
      this.sums.replicas[slot]!++
      if (member) this.sums.inSync[slot]!++
      else if (!missing) this.sums.adding[slot]!++
      const silent = this.#isSilent[slot] === 1
      const unseen = this.#isUnseen[slot] === 1
      const gone = this.#isGone[slot] === 1
      const counts = member || missing
      const away = this.#isAway[slot] === 1
      if (away) this.#addAway(row, replica, slot, state)
      const heard = this.#isUnheard[slot] === 0
      if (silent || unseen || (counts && (away || !heard))) this.#staysBehind = true
      if (state === UNKNOWN || unheard) this.sums.unjudged[slot]!++
      if (counts && (unseen || Number.isNaN(reading.logEndOffset[replica]!))) this.sums.unread[slot]!++
      if (silent && member && !gone && !settings.controllerSilent && presences.leaves(broker)) {
        this.#one.broker = broker
        const then = stopOfRow(reading, row, this.#one, effectiveMin, presences, settings.version)
        if (then === 'offline') this.sums.thenOffline[slot]!++
        if (then === 'loses') this.sums.thenLoses[slot]!++
        if (then === 'refuses') this.sums.thenRefuses[slot]!++
      }
      if (isOnFailedLogDir(reading, replica, !gone && !silent)) {
        // Explained: it says nothing of its broker's process or network, nor of its leader.
        this.sums.onFailedLogDir[slot]!++
        this.#staysBehind = true
        if (counts && broker !== leader) this.#addBehind(row, replica, slot, silent)
        continue
      }
      const late = broker !== leader && heard && !unseen && isLate(reading, replica, lateAfterMs)
      if (state === UNKNOWN || (member && !late && !silent)) continue
      if (!counts) continue
      if (blameGone && !silent && !gone) continue
      this.sums.troubled[slot]!++
      if (broker === leader) continue
      if (!away) {
        troubled++
        this.#blameLeader(leaderSlot, slot)
      }
      if (late || !member) this.#addBehind(row, replica, slot, silent || unseen)
    }
    return troubled
  }

  /** An offline partition has an empty ISR: only the copies on brokers that are gone explain it, when there are any. */
  #anyGone(row: number): boolean {
    const { replicaStart } = this.#input.reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const slot = this.brokers.ofReplica[replica]!
      if (this.#isSilent[slot] === 1 || this.#isGone[slot] === 1) return true
    }
    return false
  }

  /** What its return would bring. */
  #addAway(row: number, replica: number, slot: number, state: number): void {
    const { reading } = this.#input
    const broker = reading.topology.replicaBroker[replica]!
    const lastLed = reading.lastKnownLeader[row] === broker
    if (lastLed || isInSync(reading, replica) || reading.replicaElr[replica] === 1) this.sums.mayLead[slot]!++
    if (state === OFFLINE && awaitedBroker(reading, row) === broker) this.sums.awaited[slot]!++
  }

  #blameLeader(leaderSlot: number, followerSlot: number): void {
    if (leaderSlot < 0) return
    this.sums.followersTroubled[leaderSlot]!++
    const followers = this.#followers.get(leaderSlot)
    if (followers === undefined) this.#followers.set(leaderSlot, new Set([followerSlot]))
    else followers.add(followerSlot)
  }

  /** `silent`: nothing tells how far it is by now. */
  #addBehind(row: number, replica: number, slot: number, silent: boolean): void {
    const { reading, now, catchUpRate } = this.#input
    this.sums.behind[slot]!++
    if (reading.lateAtLeast[replica] === 1) this.lateAtFirst = true
    // Without a leader there is nothing to be behind of, who has more than the leader is not behind by any count, and of one that is asked anew the lag is not of now.
    const isOpen = reading.leader[row] === -1 || this.#isUnheard[slot] === 1
    const lag = isOpen ? NaN : behindRecords(reading, replica)
    if (Number.isNaN(lag)) this.sums.unread[slot]!++
    else this.sums.lagRecords[slot]! += lag
    const ms = lateMs(reading, replica, now, silent)
    if (ms > this.sums.lateMs[slot]!) this.sums.lateMs[slot] = ms
    if (silent) return
    const rate = isOpen ? NaN : (catchUpRate?.(replica) ?? NaN)
    const by = caughtUpBy(lag, rate, now)
    if (!Number.isNaN(lag)) this.sums.rated[slot]!++
    if (rate > 0 || lag === 0) this.sums.recovering[slot]!++
    if (Number.isNaN(by)) this.#staysBehind = true
    else if (!(by <= this.#caughtUpBy)) this.#caughtUpBy = by
    if (isInSync(reading, replica)) this.#addLeaving(row, replica, by, ms)
  }

  #addLeaving(row: number, replica: number, by: number, ms: number): void {
    const { reading, settings, presences, now } = this.#input
    const { topology } = reading
    if (ms > (this.nearest?.lateMs ?? 0)) {
      const topic = topology.topicNames[topology.topicIndex[row]!]!
      this.nearest = {
        topic,
        partition: topology.partition[row]!,
        broker: topology.replicaBroker[replica]!,
        lateMs: ms,
      }
    }
    const range = exitOf(reading, presences, settings, replica, now)
    if (by < range.from || Number.isNaN(range.to)) return
    this.leaving++
    if (!(range.to <= this.leavingBy)) this.leavingBy = range.to
  }
}
