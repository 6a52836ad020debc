/** From one bucket to the next, so that a percentile is told at most this much too high. */
const RATIO = 1.05
const BUCKETS = 2 + Math.ceil(Math.log(Number.MAX_SAFE_INTEGER) / Math.log(RATIO))
const PER_LOG = 1 / Math.log(RATIO)

/** Highest value and 95th percentile of many, without keeping or sorting them. */
export class Spread {
  private readonly counts = new Uint32Array(BUCKETS)
  private total = 0
  private highest = 0
  private isUnknown = false

  /** NaN: one is not known, and then nothing is. */
  add(value: number): void {
    if (Number.isNaN(value)) this.isUnknown = true
    this.total += 1
    if (value > this.highest) this.highest = value
    const bucket = value > 0 ? Math.min(BUCKETS - 1, 1 + Math.max(0, Math.floor(Math.log(value) * PER_LOG))) : 0
    this.counts[bucket] = this.counts[bucket]! + 1
  }

  get max(): number {
    return this.isUnknown ? Number.NaN : this.highest
  }

  get p95(): number {
    if (this.isUnknown) return Number.NaN
    let above = Math.floor(this.total * 0.05)
    if (this.highest === 0) return 0
    for (let bucket = BUCKETS - 1; bucket > 0; bucket -= 1) {
      above -= this.counts[bucket]!
      if (above < 0) return Math.min(this.highest, RATIO ** bucket)
    }
    return 0
  }

  clear(): void {
    if (this.highest > 0) this.counts.fill(0)
    else this.counts[0] = 0
    this.total = 0
    this.highest = 0
    this.isUnknown = false
  }
}
