import { LagSlope } from './catch-up'
import { LeaderHistory } from './leader-history'
import { copyRows } from './new-reading'
import type { RowMap } from './new-reading'
import type { Reading } from './reading'
import { findReplica } from './topology'

const HISTORY_LIMIT = 256
const LEAST_HISTORY_LIMIT = 16
/** Over all histories together: 12 MB, so that a whole broker's worth of late replicas cannot eat the memory. */
const HISTORY_ENTRIES_IN_ALL = 500_000
/** Time constant of the produce rate's exponential mean: it weighs about the last 10 s. */
const RATE_WINDOW_MS = 5000

const NO_LEADER_TRACKED = -2
const unknown = (length: number): Float64Array => new Float64Array(length).fill(NaN)

/**
 * Turns readings of LEOs into lag and time lag, in the reading's own columns. What it states, while no log is truncated:
 * - `lagRecords`: leader LEO - follower LEO, only from a leader reading sent at or after the follower's answer came. The leader's LEO never shrinks,
 *   so this is at least the lag at the moment the follower was read, and at most `lagErrorRecords` too high.
 * - `caughtUpAt`: the true last moment the leader's LEO was at or below the follower's is not earlier; with `lateAtLeast` = 1 it is not later.
 * - `behindSince`: the leader was past the follower's newest LEO at this moment, so while the follower's newest reading is later than it,
 *   the follower is behind for certain for that long.
 * A leader change or a leader LEO that goes back starts the leader's history anew; a follower LEO that goes back forgets that follower's times.
 *
 * Healthy partitions cost the last two leader readings; a history exists only where a follower is behind the reading before last.
 * Call `settle` after the readings of a tick; answers may come late and in any order, older ones than known are dropped.
 */
export class LagTracker {
  readonly #reading: Reading
  readonly #leader: Int32Array
  readonly #beforeOffset: Float64Array
  readonly #beforeSentAt: Float64Array
  readonly #beforeReadAt: Float64Array
  readonly #lastOffset: Float64Array
  readonly #lastSentAt: Float64Array
  readonly #lastReadAt: Float64Array
  readonly #rate: Float64Array
  readonly #histories = new Map<number, LeaderHistory>()
  readonly #slopes = new Map<number, LagSlope>()

  constructor(reading: Reading) {
    const partitions = reading.topology.partition.length
    this.#reading = reading
    this.#leader = new Int32Array(partitions).fill(NO_LEADER_TRACKED)
    this.#beforeOffset = unknown(partitions)
    this.#beforeSentAt = unknown(partitions)
    this.#beforeReadAt = unknown(partitions)
    this.#lastOffset = unknown(partitions)
    this.#lastSentAt = unknown(partitions)
    this.#lastReadAt = unknown(partitions)
    this.#rate = unknown(partitions)
  }

  /** Partitions whose leader history is kept. */
  get histories(): number {
    return this.#histories.size
  }

  /** Entries of all histories, 24 bytes each. */
  get historyEntries(): number {
    let entries = 0
    for (const history of this.#histories.values()) entries += history.length
    return entries
  }

  /**
   * The leader answered. `broker` is who was asked: when it is not the leader any more, its answer counts as a follower's. Writes the leader's
   * replica row, and the lag of every follower that was read before.
   */
  leaderRead(row: number, logEndOffset: number, sentAt: number, readAt: number, broker = this.#reading.leader[row]!): void {
    const reading = this.#reading
    const replica = findReplica(reading.topology, row, broker)
    if (broker !== reading.leader[row]) {
      if (replica >= 0) this.followerRead(replica, logEndOffset, sentAt, readAt)
      return
    }
    if (Number.isNaN(logEndOffset) || sentAt < this.#lastSentAt[row]!) return
    if (this.#leader[row] !== broker || logEndOffset < this.#lastOffset[row]!) this.#restart(row, broker)
    this.#sample(row, logEndOffset, sentAt, readAt)
    if (replica >= 0) {
      this.#store(replica, logEndOffset, sentAt, readAt)
      reading.lagRecords[replica] = 0
      reading.caughtUpAt[replica] = readAt
      reading.behindSince[replica] = NaN
      reading.lateAtLeast[replica] = 0
      this.#slopes.delete(replica)
    }
    const end = reading.topology.replicaStart[row + 1]!
    for (let other = reading.topology.replicaStart[row]!; other < end; other++) if (other !== replica) this.#pair(row, other)
  }

  /** A follower answered. Call `settle` for its partition afterwards. */
  followerRead(replica: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const reading = this.#reading
    if (Number.isNaN(logEndOffset) || sentAt < reading.sentAt[replica]!) return
    if (logEndOffset < reading.logEndOffset[replica]!) {
      reading.caughtUpAt[replica] = NaN
      reading.lagRecords[replica] = NaN
      reading.lateAtLeast[replica] = 0
      this.#slopes.delete(replica)
    }
    this.#store(replica, logEndOffset, sentAt, readAt)
  }

  /** Brings `lagRecords`, `caughtUpAt`, `behindSince` and `lateAtLeast` of the partition's followers up to what has been read. */
  settle(row: number): void {
    const reading = this.#reading
    const leader = reading.leader[row]!
    if (Number.isNaN(this.#lastOffset[row]!) || this.#leader[row] !== leader) return
    const { replicaStart, replicaBroker } = reading.topology
    let lowest = Infinity
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      const own = reading.logEndOffset[replica]!
      if (replicaBroker[replica] === leader || Number.isNaN(own)) continue
      this.#pair(row, replica)
      this.#place(row, replica, own)
      if (own < lowest) lowest = own
    }
    if (this.#histories.size === 0) return
    if (lowest < this.#beforeOffset[row]!) this.#histories.get(row)?.forgetBelow(lowest)
    else this.#histories.delete(row)
  }

  /** Records per second by which the follower's lag shrinks (negative: grows), NaN unknown or not behind. */
  catchUpRate(replica: number): number {
    return this.#slopes.get(replica)?.rate() ?? NaN
  }

  /** Records per second the leader takes in, over about the last 10 s; NaN until it has been read twice. */
  produceRate(row: number): number {
    return this.#rate[row]!
  }

  /**
   * How far a follower's `lagRecords` may be too high: not more than the leader took in between the reading before the follower's and the one
   * after it, nor than the lag itself. (Produce rate times spread would be less, but a batch may land within the spread.) NaN while no lag is known.
   */
  lagErrorRecords(row: number): number {
    const { topology, lagRecords, sentAt } = this.#reading
    const growth = this.#lastOffset[row]! - this.#beforeOffset[row]!
    let error = NaN
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica++) {
      const lag = lagRecords[replica]!
      if (Number.isNaN(lag) || topology.replicaBroker[replica] === this.#leader[row]) continue
      const own = this.#beforeReadAt[row]! <= sentAt[replica]! ? Math.min(lag, growth) : lag
      if (!(own <= error)) error = own
    }
    return error
  }

  /** A tracker for the reading that followed, keeping what it knew of the rows that stayed. */
  carryTo(reading: Reading, map: RowMap): LagTracker {
    const next = new LagTracker(reading)
    copyRows(this.#leader, next.#leader, map.partition)
    copyRows(this.#beforeOffset, next.#beforeOffset, map.partition)
    copyRows(this.#beforeSentAt, next.#beforeSentAt, map.partition)
    copyRows(this.#beforeReadAt, next.#beforeReadAt, map.partition)
    copyRows(this.#lastOffset, next.#lastOffset, map.partition)
    copyRows(this.#lastSentAt, next.#lastSentAt, map.partition)
    copyRows(this.#lastReadAt, next.#lastReadAt, map.partition)
    copyRows(this.#rate, next.#rate, map.partition)
    const follow = <T>(from: Map<number, T>, to: Map<number, T>, rows: Int32Array): void => {
      if (from.size === 0) return
      rows.forEach((old, row) => {
        const value = from.get(old)
        if (value !== undefined) to.set(row, value)
      })
    }
    follow(this.#histories, next.#histories, map.partition)
    follow(this.#slopes, next.#slopes, map.replica)
    return next
  }

  #store(replica: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const reading = this.#reading
    reading.logEndOffset[replica] = logEndOffset
    reading.logEndOffsetError[replica] = 0
    reading.sentAt[replica] = sentAt
    reading.readAt[replica] = readAt
  }

  #restart(row: number, leader: number): void {
    this.#leader[row] = leader
    this.#lastOffset[row] = this.#lastSentAt[row] = this.#lastReadAt[row] = NaN
    this.#rate[row] = NaN
    this.#histories.delete(row)
    const { replicaStart } = this.#reading.topology
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
      this.#reading.behindSince[replica] = NaN
      this.#slopes.delete(replica)
    }
  }

  #sample(row: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const spanMs = (sentAt + readAt - this.#lastSentAt[row]! - this.#lastReadAt[row]!) / 2
    if (spanMs > 0) {
      const current = ((logEndOffset - this.#lastOffset[row]!) / spanMs) * 1000
      const known = this.#rate[row]!
      this.#rate[row] = Number.isNaN(known) ? current : known + (current - known) * (1 - Math.exp(-spanMs / RATE_WINDOW_MS))
    }
    this.#beforeOffset[row] = this.#lastOffset[row]!
    this.#beforeSentAt[row] = this.#lastSentAt[row]!
    this.#beforeReadAt[row] = this.#lastReadAt[row]!
    this.#lastOffset[row] = logEndOffset
    this.#lastSentAt[row] = sentAt
    this.#lastReadAt[row] = readAt
    if (this.#histories.size > 0) this.#histories.get(row)?.add(logEndOffset, sentAt, readAt, this.#limit())
  }

  #pair(row: number, replica: number): void {
    const reading = this.#reading
    if (!(this.#lastSentAt[row]! >= reading.readAt[replica]!)) return
    const lag = Math.max(0, this.#lastOffset[row]! - reading.logEndOffset[replica]!)
    reading.lagRecords[replica] = lag
    this.#slopes.get(replica)?.add(this.#lastReadAt[row]!, lag)
  }

  #place(row: number, replica: number, own: number): void {
    const reading = this.#reading
    if (own >= this.#lastOffset[row]!) {
      this.#reached(replica, this.#lastSentAt[row]!)
      reading.behindSince[replica] = NaN
      this.#slopes.delete(replica)
    } else if (own >= this.#beforeOffset[row]!) {
      this.#reached(replica, this.#beforeSentAt[row]!)
      reading.behindSince[replica] = this.#lastReadAt[row]!
      this.#slopes.delete(replica)
    } else if (Number.isNaN(this.#beforeOffset[row]!)) {
      this.#firstSight(replica, this.#lastReadAt[row]!)
      reading.behindSince[replica] = this.#lastReadAt[row]!
    } else {
      const history = this.#history(row)
      const above = history.firstAbove(own)
      reading.behindSince[replica] = history.firstReadAt(above)
      if (above > 0) this.#reached(replica, history.lastSentAt(above - 1))
      else this.#firstSight(replica, history.firstReadAt(0))
      if (!this.#slopes.has(replica)) this.#slopes.set(replica, new LagSlope(this.#lastReadAt[row]!, reading.lagRecords[replica]!))
    }
  }

  /** At `at` the leader was at or below what the follower now has. A follower's LEO only grows, so an earlier finding stays true. */
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

  #history(row: number): LeaderHistory {
    let history = this.#histories.get(row)
    if (history === undefined) {
      history = new LeaderHistory()
      this.#histories.set(row, history)
      history.add(this.#beforeOffset[row]!, this.#beforeSentAt[row]!, this.#beforeReadAt[row]!, HISTORY_LIMIT)
      history.add(this.#lastOffset[row]!, this.#lastSentAt[row]!, this.#lastReadAt[row]!, HISTORY_LIMIT)
    }
    return history
  }

  #limit(): number {
    return Math.max(LEAST_HISTORY_LIMIT, Math.min(HISTORY_LIMIT, Math.floor(HISTORY_ENTRIES_IN_ALL / this.#histories.size)))
  }
}

export const createLagTracker = (reading: Reading): LagTracker => new LagTracker(reading)
