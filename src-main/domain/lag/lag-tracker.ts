import { LagSlope } from './catch-up'
import { fetchKey } from './fetchers'
import { LeaderHistory } from './leader-history'
import { LeaderSamples } from './leader-samples'
import type { WritableReading } from '../topology/reading'
import { sameReplicas } from '../topology/row-runs'
import type { RowMap } from '../topology/row-runs'
import { findReplica } from '../topology/topic-index'

/** No answer comes this late; one that seems to was read after the clock had been set back. */
const CLOCK_SET_BACK_MS = 60_000
/** A fetch waits up to this long at the leader (replica.fetch.wait.max.ms), and its time is that of its arrival. */
const FETCH_WAIT_MS = 500
const HISTORY_LIMIT = 256
const LEAST_HISTORY_LIMIT = 16
/** Over all histories together: 12 MB, so that a whole broker's worth of late replicas cannot eat the memory. */
const HISTORY_ENTRIES_IN_ALL = 500_000

/**
 * What is kept of a partition only while a follower is behind its leader's reading before last; slopes by place in the
 * replica list.
 */
interface LateRow {
  readonly history: LeaderHistory
  readonly slopes: (LagSlope | undefined)[]
}

/** What the tracker knows, for whoever only asks. */
export type LagView = Pick<LagTracker, 'catchUpRate' | 'produceRate' | 'lagErrorRecords' | 'standsStill'>

/**
 * Turns readings of LEOs into lag and time lag, in the reading's own columns. What it states, while no log is
 * truncated:
 * - `lagRecords`: leader LEO - follower LEO, only from a leader reading sent at or after the follower's answer came.
 *   The leader's LEO never shrinks, so this is at least the lag at the moment the follower was read, and at most
 *   `lagErrorRecords` too high. Negative: the follower had more than its leader, so their logs came apart.
 * - `caughtUpAt`: the true last moment the leader's LEO was at or below the follower's is not earlier; with
 *   `lateAtLeast` = 1 it is not later.
 * - `behindSince`: the leader was past the follower's newest LEO at this moment, so while the follower's newest reading
 *   is later than it, the follower is behind for certain for that long.
 * A leader change or a leader LEO that goes back starts the leader's history anew; a follower LEO that goes back
 * forgets that follower's times.
 *
 * Healthy partitions cost the last two leader readings; a history exists only where a follower is behind the reading
 * before last. Call `settle` after the readings of a tick; answers may come late and in any order, older ones than
 * known are dropped.
 */
export class LagTracker {
  readonly #reading: WritableReading
  readonly #samples: LeaderSamples
  readonly #late: (LateRow | undefined)[]
  #lateRows = 0

  constructor(reading: WritableReading) {
    const partitions = reading.topology.partition.length
    this.#reading = reading
    this.#samples = new LeaderSamples(partitions)
    this.#late = new Array<LateRow | undefined>(partitions).fill(undefined)
  }

  /** Partitions whose leader history is kept. */
  get histories(): number {
    return this.#lateRows
  }

  /** Entries of all histories, 24 bytes each. */
  get historyEntries(): number {
    let entries = 0
    for (const late of this.#late) if (late !== undefined) entries += late.history.length
    return entries
  }

  /**
   * The leader answered. `broker` is who was asked: when it is not the leader any more, its answer counts as a
   * follower's. Writes the leader's replica row, and the lag of every follower that was read before.
   */
  leaderRead(
    row: number,
    logEndOffset: number,
    sentAt: number,
    readAt: number,
    broker = this.#reading.leader[row]!,
  ): void {
    const reading = this.#reading
    const replica = findReplica(reading.topology, row, broker)
    if (broker !== reading.leader[row]) {
      if (replica >= 0) this.followerRead(replica, logEndOffset, sentAt, readAt)
      return
    }
    const samples = this.#samples
    const olderMs = samples.lastSentAt[row]! - sentAt
    const setBack = olderMs > CLOCK_SET_BACK_MS
    if (Number.isNaN(logEndOffset) || (olderMs > 0 && !setBack)) return
    if (setBack || samples.leader[row] !== broker || logEndOffset < samples.lastOffset[row]!) this.#restart(row, broker)
    samples.add(row, logEndOffset, sentAt, readAt)
    this.#late[row]?.history.add(logEndOffset, sentAt, readAt, this.#limit())
    if (replica >= 0) {
      this.#store(replica, logEndOffset, sentAt, readAt)
      reading.lagRecords[replica] = 0
      reading.caughtUpAt[replica] = sentAt
      reading.behindSince[replica] = NaN
      reading.lateAtLeast[replica] = 0
    }
    const end = reading.topology.replicaStart[row + 1]!
    for (let other = reading.topology.replicaStart[row]!; other < end; other++)
      if (other !== replica) this.#pair(row, other)
  }

  /** A follower answered. Call `settle` for its partition afterwards. */
  followerRead(replica: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const reading = this.#reading
    const olderMs = reading.sentAt[replica]! - sentAt
    const setBack = olderMs > CLOCK_SET_BACK_MS
    if (Number.isNaN(logEndOffset) || (olderMs > 0 && !setBack)) return
    if (setBack || logEndOffset < reading.logEndOffset[replica]!) {
      reading.caughtUpAt[replica] = NaN
      reading.lagRecords[replica] = NaN
      reading.lateAtLeast[replica] = 0
      this.#dropSlope(reading.topology.replicaPartition[replica]!, replica)
    }
    if (logEndOffset > reading.logEndOffset[replica]!) this.#noteStep(replica, logEndOffset)
    this.#store(replica, logEndOffset, sentAt, readAt)
  }

  /**
   * Brings `lagRecords`, `caughtUpAt`, `behindSince` and `lateAtLeast` of the partition's followers up to what has been
   * read.
   */
  settle(row: number): void {
    const reading = this.#reading
    const leader = reading.leader[row]!
    if (Number.isNaN(this.#samples.lastOffset[row]!) || this.#samples.leader[row] !== leader) return
    const { replicaStart, replicaBroker } = reading.topology
    let lowest = Infinity
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const own = reading.logEndOffset[replica]!
      if (replicaBroker[replica] === leader || Number.isNaN(own)) continue
      this.#pair(row, replica)
      this.#place(row, replica, own)
      if (own < lowest) lowest = own
    }
    const late = this.#late[row]
    if (late === undefined) return
    if (lowest < this.#samples.beforeOffset[row]!) late.history.forgetBelow(lowest)
    else this.#dropLate(row)
  }

  /**
   * Nothing was seen for a while (the machine slept): what was read before says nothing about since when anybody is behind, so times, histories and rates
   * begin anew, as at first sight. LEOs and lags stay until they are read again.
   */
  forgetTimes(): void {
    const { topology, fetchedAt, steppedAt, caughtUpAt, behindSince, lateAtLeast } = this.#reading
    for (let row = 0; row < topology.partition.length; row++) this.#restart(row, this.#samples.leader[row]!)
    for (const times of [caughtUpAt, behindSince]) times.fill(NaN)
    lateAtLeast.fill(0)
    fetchedAt.clear()
    steppedAt.fill(NaN)
  }

  /**
   * A follower that answers was, when read last, below a leader's reading from before it was asked: it stood still or
   * hardly moved while the leader went on. A healthy one gets there between two readings, however busy the partition is.
   */
  standsStill(row: number): boolean {
    if (this.#late[row] === undefined) return false
    const { logEndOffset, sentAt, topology } = this.#reading
    const { beforeOffset, beforeReadAt } = this.#samples
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica++)
      if (logEndOffset[replica]! < beforeOffset[row]! && sentAt[replica]! >= beforeReadAt[row]!) return true
    return false
  }

  /** Records per second by which the follower's lag shrinks (negative: grows), NaN unknown or not behind. */
  catchUpRate(replica: number): number {
    const { replicaPartition, replicaStart } = this.#reading.topology
    const row = replicaPartition[replica]!
    return this.#late[row]?.slopes[replica - replicaStart[row]!]?.rate() ?? NaN
  }

  /** Records per second the leader takes in, over about the last 10 s; NaN until it has been read twice. */
  produceRate(row: number): number {
    return this.#samples.rate[row]!
  }

  /**
   * How far a follower's `lagRecords` may be too high: not more than the leader took in between the reading before the
   * follower's and the one after it, nor than the lag itself. (Produce rate times spread would be less, but a batch may
   * land within the spread.) Whoever is ahead does not count, nor does who is silent: its lag is as old as its reading, which is
   * told beside it. NaN while no lag of another one is known.
   */
  lagErrorRecords(row: number, isSilent: (broker: number) => boolean = () => false): number {
    const { topology, lagRecords, sentAt } = this.#reading
    const { leader, lastOffset, beforeOffset, beforeReadAt } = this.#samples
    const growth = lastOffset[row]! - beforeOffset[row]!
    let error = NaN
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica++) {
      const lag = lagRecords[replica]!
      const broker = topology.replicaBroker[replica]!
      if (!(lag >= 0) || broker === leader[row] || isSilent(broker)) continue
      const own = beforeReadAt[row]! <= sentAt[replica]! ? Math.min(lag, growth) : lag
      if (!(own <= error)) error = own
    }
    return error
  }

  /**
   * A tracker for the reading that followed, keeping what it knew of the rows that stayed. This one must not be used
   * any more.
   */
  carryTo(reading: WritableReading, map: RowMap): LagTracker {
    const next = new LagTracker(reading)
    this.#samples.copyTo(next.#samples, map.partition)
    for (const { from, to, length } of map.partition) {
      for (let k = 0; k < length; k++) {
        const late = this.#late[from + k]
        if (late === undefined) continue
        next.#late[to + k] = late
        next.#lateRows++
        // Slopes go by place in the replica list.
        if (!sameReplicas(this.#reading.topology, from + k, reading.topology, to + k)) late.slopes.length = 0
      }
    }
    return next
  }

  #store(replica: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const reading = this.#reading
    reading.logEndOffset[replica] = logEndOffset
    reading.logEndOffsetError[replica] = 0
    reading.sentAt[replica] = sentAt
    reading.readAt[replica] = readAt
  }

  /**
   * The follower's LEO grew since its reading before, so it fetched after that; and where it has what the leader had at one of its last two readings,
   * that fetch was at the end (Replica.updateFetchStateOrThrow counts the fetch before it then). One that is several whole fetches behind all the
   * time never is at the end for Kafka, and does not get there.
   */
  #noteStep(replica: number, logEndOffset: number): void {
    const { topology, leader, sentAt, fetchedAt, steppedAt } = this.#reading
    const row = topology.replicaPartition[replica]!
    const samples = this.#samples
    if (samples.leader[row] !== leader[row]) return
    const reached =
      logEndOffset >= samples.lastOffset[row]!
        ? samples.lastSentAt[row]!
        : logEndOffset >= samples.beforeOffset[row]!
          ? samples.beforeSentAt[row]!
          : NaN
    const at = Math.min(sentAt[replica]!, reached) - FETCH_WAIT_MS
    if (!Number.isNaN(at) && !(steppedAt[replica]! >= at)) steppedAt[replica] = at
    const key = fetchKey(this.#reading, row, topology.replicaBroker[replica]!)
    if (!Number.isNaN(at + key) && !(fetchedAt.get(key)! >= at)) fetchedAt.set(key, at)
  }

  #restart(row: number, leader: number): void {
    this.#samples.restart(row, leader)
    this.#dropLate(row)
    const { topology, behindSince, steppedAt } = this.#reading
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica++)
      behindSince[replica] = steppedAt[replica] = NaN
  }

  #pair(row: number, replica: number): void {
    const reading = this.#reading
    const { lastSentAt, lastReadAt, lastOffset } = this.#samples
    if (!(lastSentAt[row]! >= reading.readAt[replica]!)) return
    const lag = lastOffset[row]! - reading.logEndOffset[replica]!
    reading.lagRecords[replica] = lag
    const late = this.#late[row]
    if (late !== undefined) late.slopes[replica - reading.topology.replicaStart[row]!]?.add(lastReadAt[row]!, lag)
  }

  #place(row: number, replica: number, own: number): void {
    const { behindSince, lagRecords, topology } = this.#reading
    const { beforeOffset, beforeSentAt, lastOffset, lastSentAt, lastReadAt } = this.#samples
    if (own >= lastOffset[row]!) {
      this.#reached(replica, lastSentAt[row]!)
      behindSince[replica] = NaN
      this.#dropSlope(row, replica)
    } else if (own >= beforeOffset[row]!) {
      this.#reached(replica, beforeSentAt[row]!)
      behindSince[replica] = lastReadAt[row]!
      this.#dropSlope(row, replica)
    } else if (Number.isNaN(beforeOffset[row]!)) {
      this.#firstSight(replica, lastReadAt[row]!)
      behindSince[replica] = lastReadAt[row]!
    } else {
      const { history, slopes } = this.#lateRow(row)
      const above = history.firstAbove(own)
      behindSince[replica] = history.firstReadAt(above)
      if (above > 0) this.#reached(replica, history.lastSentAt(above - 1))
      else this.#firstSight(replica, history.firstReadAt(0))
      slopes[replica - topology.replicaStart[row]!] ??= new LagSlope(lastReadAt[row]!, lagRecords[replica]!)
    }
  }

  /**
   * At `at` the leader was at or below what the follower now has. A follower's LEO only grows, so an earlier finding
   * stays true.
   */
  #reached(replica: number, at: number): void {
    const { caughtUpAt, lateAtLeast } = this.#reading
    if (lateAtLeast[replica] === 1 || !(at <= caughtUpAt[replica]!)) caughtUpAt[replica] = at
    lateAtLeast[replica] = 0
  }

  /** Behind in every reading of the leader there is: only that it is late is known, not since when. */
  #firstSight(replica: number, at: number): void {
    const { caughtUpAt, lateAtLeast } = this.#reading
    if (!Number.isNaN(caughtUpAt[replica]!)) return
    caughtUpAt[replica] = at
    lateAtLeast[replica] = 1
  }

  #lateRow(row: number): LateRow {
    let late = this.#late[row]
    if (late === undefined) {
      const { beforeOffset, beforeSentAt, beforeReadAt, lastOffset, lastSentAt, lastReadAt } = this.#samples
      late = { history: new LeaderHistory(), slopes: [] }
      late.history.add(beforeOffset[row]!, beforeSentAt[row]!, beforeReadAt[row]!, HISTORY_LIMIT)
      late.history.add(lastOffset[row]!, lastSentAt[row]!, lastReadAt[row]!, HISTORY_LIMIT)
      this.#late[row] = late
      this.#lateRows++
    }
    return late
  }

  #dropLate(row: number): void {
    if (this.#late[row] === undefined) return
    this.#late[row] = undefined
    this.#lateRows--
  }

  #dropSlope(row: number, replica: number): void {
    const late = this.#late[row]
    if (late !== undefined) late.slopes[replica - this.#reading.topology.replicaStart[row]!] = undefined
  }

  #limit(): number {
    return Math.max(LEAST_HISTORY_LIMIT, Math.min(HISTORY_LIMIT, Math.floor(HISTORY_ENTRIES_IN_ALL / this.#lateRows)))
  }
}

export const createLagTracker = (reading: WritableReading): LagTracker => new LagTracker(reading)
