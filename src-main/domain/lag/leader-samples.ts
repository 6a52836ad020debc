import { copyRuns } from '../topology/row-runs'
import type { RowRun } from '../topology/row-runs'

/** Time constant of the produce rate's exponential mean: it weighs about the last 10 s. */
const RATE_WINDOW_MS = 5000

export const NO_LEADER_READ = -2

const unknown = (rows: number): Float64Array => new Float64Array(rows).fill(NaN)

/**
 * The last two readings of every partition's leader and how fast it takes records in. P entries each; NaN = never read.
 */
export class LeaderSamples {
  /** Which leader the readings are of. */
  readonly leader: Int32Array
  /** The reading before the last, and the last. `sentAt` and `readAt` enclose the moment it is true for. */
  readonly beforeOffset: Float64Array
  readonly beforeSentAt: Float64Array
  readonly beforeReadAt: Float64Array
  readonly lastOffset: Float64Array
  readonly lastSentAt: Float64Array
  readonly lastReadAt: Float64Array
  /** Records per second. */
  readonly rate: Float64Array

  constructor(rows: number) {
    this.leader = new Int32Array(rows).fill(NO_LEADER_READ)
    this.beforeOffset = unknown(rows)
    this.beforeSentAt = unknown(rows)
    this.beforeReadAt = unknown(rows)
    this.lastOffset = unknown(rows)
    this.lastSentAt = unknown(rows)
    this.lastReadAt = unknown(rows)
    this.rate = unknown(rows)
  }

  add(row: number, logEndOffset: number, sentAt: number, readAt: number): void {
    const spanMs = (sentAt + readAt - this.lastSentAt[row]! - this.lastReadAt[row]!) / 2
    if (spanMs > 0) {
      const current = ((logEndOffset - this.lastOffset[row]!) / spanMs) * 1000
      const known = this.rate[row]!
      this.rate[row] = Number.isNaN(known)
        ? current
        : known + (current - known) * (1 - Math.exp(-spanMs / RATE_WINDOW_MS))
    }
    this.beforeOffset[row] = this.lastOffset[row]!
    this.beforeSentAt[row] = this.lastSentAt[row]!
    this.beforeReadAt[row] = this.lastReadAt[row]!
    this.lastOffset[row] = logEndOffset
    this.lastSentAt[row] = sentAt
    this.lastReadAt[row] = readAt
  }

  /** Another leader, or its log was cut: what was read before says nothing about it. */
  restart(row: number, leader: number): void {
    this.leader[row] = leader
    this.lastOffset[row] = this.lastSentAt[row] = this.lastReadAt[row] = NaN
    this.beforeOffset[row] = this.beforeSentAt[row] = this.beforeReadAt[row] = NaN
    this.rate[row] = NaN
  }

  copyTo(next: LeaderSamples, runs: readonly RowRun[]): void {
    copyRuns(this.leader, next.leader, runs)
    const floats = [
      'beforeOffset',
      'beforeSentAt',
      'beforeReadAt',
      'lastOffset',
      'lastSentAt',
      'lastReadAt',
      'rate',
    ] as const
    for (const name of floats) copyRuns(this[name], next[name], runs)
  }
}
