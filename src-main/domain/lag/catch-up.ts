import type { TimeRange } from '../../shared/eviction'

const WINDOW_MS = 10_000
const LEAST_SPAN_MS = 1000

/**
 * Lag of one follower at two earlier moments, enough for a slope over the last 10 to 20 s: catching up comes in steps
 * of whole fetches.
 */
export class LagSlope {
  #olderAt: number
  #olderLag: number
  #newerAt: number
  #newerLag: number
  #lastAt: number
  #lastLag: number

  constructor(at: number, lagRecords: number) {
    this.#olderAt = this.#newerAt = this.#lastAt = at
    this.#olderLag = this.#newerLag = this.#lastLag = lagRecords
  }

  add(at: number, lagRecords: number): void {
    if (at <= this.#lastAt) return
    this.#lastAt = at
    this.#lastLag = lagRecords
    if (at - this.#newerAt < WINDOW_MS) return
    this.#olderAt = this.#newerAt
    this.#olderLag = this.#newerLag
    this.#newerAt = at
    this.#newerLag = lagRecords
  }

  /** Records per second by which the lag shrinks, negative when it grows; NaN until it has been seen for a second. */
  rate(): number {
    const spanMs = this.#lastAt - this.#olderAt
    return spanMs < LEAST_SPAN_MS ? NaN : ((this.#olderLag - this.#lastLag) / spanMs) * 1000
  }
}

/** How far an estimate was off on real brokers: 3.8 times too long for what is nearly there, half of it too short for what has long to go. */
const SOONEST = 0.25
const LATEST = 2

/** When a lag that shrinks is gone, as a range that held for what was measured; NaN as for `caughtUpBy`. */
export function caughtUpRange(lagRecords: number, rate: number, now: number): TimeRange {
  const left = caughtUpBy(lagRecords, rate, now) - now
  return { from: now + SOONEST * left, to: now + LATEST * left }
}

/**
 * About when a lag that shrinks by `rate` records per second is gone; `now` when there is none, NaN when it does not
 * shrink or is unknown.
 */
export function caughtUpBy(lagRecords: number, rate: number, now: number): number {
  if (lagRecords === 0) return now
  return rate > 0 && lagRecords > 0 ? now + (lagRecords / rate) * 1000 : NaN
}
