const FIELDS = 3
const FIRST_CAPACITY = 16

/**
 * How a leader's LEO grew, kept only while one of its followers is behind. Entries are runs of equal LEO in rising
 * order: the LEO, when the run was first answered (`firstReadAt`) and when it was last asked for (`lastSentAt`).
 * Bounded: when full, every second entry of the older three quarters goes, the first stays. A dropped entry makes
 * answers coarser, never wrong: `firstReadAt` of the next one is later, `lastSentAt` of the one before is earlier.
 */
export class LeaderHistory {
  #data = new Float64Array(FIRST_CAPACITY * FIELDS)
  #length = 0

  get length(): number {
    return this.#length
  }

  logEndOffset(entry: number): number {
    return this.#data[entry * FIELDS]!
  }

  firstReadAt(entry: number): number {
    return this.#data[entry * FIELDS + 1]!
  }

  lastSentAt(entry: number): number {
    return this.#data[entry * FIELDS + 2]!
  }

  /** Adds a reading; LEOs must not go back (start a new history then). At most `limit` entries are kept. */
  add(logEndOffset: number, sentAt: number, readAt: number, limit: number): void {
    const last = this.#length - 1
    if (last >= 0 && this.logEndOffset(last) === logEndOffset) {
      this.#data[last * FIELDS + 2] = sentAt
      return
    }
    if (this.#length >= limit) this.#thin(limit)
    if (this.#length * FIELDS === this.#data.length) {
      const larger = new Float64Array(this.#data.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    const at = this.#length++ * FIELDS
    this.#data[at] = logEndOffset
    this.#data[at + 1] = readAt
    this.#data[at + 2] = sentAt
  }

  /** First entry above `logEndOffset`, `length` when none is. */
  firstAbove(logEndOffset: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.logEndOffset(middle) <= logEndOffset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Forgets what no follower at `logEndOffset` or beyond needs: everything before the last entry at or below it. */
  forgetBelow(logEndOffset: number): void {
    const first = this.firstAbove(logEndOffset) - 1
    if (first <= 0) return
    this.#data.copyWithin(0, first * FIELDS, this.#length * FIELDS)
    this.#length -= first
  }

  #thin(limit: number): void {
    while (this.#length >= limit) {
      const recent = this.#length - Math.floor(this.#length / 4)
      let out = 1
      for (let entry = 1; entry < this.#length; entry++) {
        if (entry < recent && entry % 2 === 1) continue
        for (let field = 0; field < FIELDS; field++)
          this.#data[out * FIELDS + field] = this.#data[entry * FIELDS + field]!
        out++
      }
      this.#length = out
    }
  }
}
