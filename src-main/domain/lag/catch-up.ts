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

/**
 * About when a lag that shrinks by `rate` records per second is gone; `now` when there is none, NaN when it does not
 * shrink or is unknown.
 */
export function caughtUpBy(lagRecords: number, rate: number, now: number): number {
  if (lagRecords === 0) return now
  return rate > 0 && lagRecords > 0 ? now + (lagRecords / rate) * 1000 : NaN
}
