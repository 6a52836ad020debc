import type { SampleEvent } from '../ports/samples'

const FIRST_CAPACITY = 32
/** Samples come in order; one this much older than the newest means that the clock was set back. */
const CLOCK_SET_BACK_MS = 60_000

/** One line of a chart: a broker, or -1 for a sum. Positions are those of the ring it belongs to. */
interface Line {
  readonly id: number
  lagRecords: Float64Array
  lateMs: Float32Array
}

const grown = <A extends Float64Array | Float32Array>(from: A, into: A): A => {
  into.fill(NaN)
  into.set(from)
  return into
}

/** NaN (unknown) gives way to any number; the larger of two numbers stays, so that a peak inside a step is not lost. */
const peak = (a: number, b: number): number => (Number.isNaN(a) ? b : b > a ? b : a)

/**
 * Samples of one chart subject: one time per step, and per line lag in records and ms. A ring of at most `capacity`
 * steps that grows with use, so a subject seen for a minute costs a minute. Within a step the worst value counts, and
 * its time is that of the newest sample.
 */
export class SampleRing {
  #at = new Float64Array(FIRST_CAPACITY)
  #lines: Line[] = []
  #events: SampleEvent[] = []
  #length = 0
  #head = 0

  constructor(
    private readonly capacity: number,
    private readonly stepMs: number,
  ) {}

  /** For the bound over all rings. */
  get lines(): number {
    return this.#lines.length
  }

  get length(): number {
    return this.#length
  }

  /** Arrays of one length; lines not named get NaN at this time. Older samples than the newest are dropped. */
  add(at: number, lines: ArrayLike<number>, lagRecords: ArrayLike<number>, lateMs: ArrayLike<number>): void {
    let newest = this.#newest()
    if (at < newest - CLOCK_SET_BACK_MS) {
      this.#length = 0
      this.#events = []
      newest = -Infinity
    }
    if (at < newest) return
    const sameStep = Math.floor(at / this.stepMs) === Math.floor(newest / this.stepMs)
    const slot = sameStep ? this.#slot(this.#length - 1) : this.#open()
    this.#at[slot] = at
    for (let i = 0; i < lines.length; i++) {
      const line = this.#line(lines[i]!)
      line.lagRecords[slot] = peak(line.lagRecords[slot]!, lagRecords[i]!)
      line.lateMs[slot] = peak(line.lateMs[slot]!, lateMs[i]!)
    }
  }

  event(event: SampleEvent): void {
    this.#events.push(event)
    const oldest = event.at - this.capacity * this.stepMs
    while (this.#events.length > this.capacity || this.#events[0]!.at < oldest) this.#events.shift()
  }

  /** Oldest first, row by row, not older than `from`. */
  read(from: number): {
    at: Float64Array
    lines: Int32Array
    lagRecords: Float64Array
    lateMs: Float64Array
    events: SampleEvent[]
  } {
    let first = 0
    while (first < this.#length && this.#at[this.#slot(first)]! < from) first++
    const count = this.#length - first
    const width = this.#lines.length
    const at = new Float64Array(count)
    const lagRecords = new Float64Array(count * width)
    const lateMs = new Float64Array(count * width)
    for (let i = 0; i < count; i++) {
      const slot = this.#slot(first + i)
      at[i] = this.#at[slot]!
      this.#lines.forEach((line, column) => {
        lagRecords[i * width + column] = line.lagRecords[slot]!
        lateMs[i * width + column] = line.lateMs[slot]!
      })
    }
    const events = this.#events.filter((event) => event.at >= from)
    return { at, lines: Int32Array.from(this.#lines, (line) => line.id), lagRecords, lateMs, events }
  }

  #newest(): number {
    return this.#length === 0 ? -Infinity : this.#at[this.#slot(this.#length - 1)]!
  }

  #slot(index: number): number {
    return (this.#head + index) % this.#at.length
  }

  /** A slot for a new step: the next free one, or the oldest when the ring is full. */
  #open(): number {
    if (this.#length === this.#at.length && this.#length < this.capacity) this.#grow()
    if (this.#length === this.#at.length) this.#head = (this.#head + 1) % this.#at.length
    else this.#length++
    const slot = this.#slot(this.#length - 1)
    for (const line of this.#lines) line.lagRecords[slot] = line.lateMs[slot] = NaN
    return slot
  }

  /** Only while the ring has never wrapped, so the order in memory is the order in time. */
  #grow(): void {
    const size = Math.min(this.capacity, this.#at.length * 2)
    this.#at = grown(this.#at, new Float64Array(size))
    for (const line of this.#lines) {
      line.lagRecords = grown(line.lagRecords, new Float64Array(size))
      line.lateMs = grown(line.lateMs, new Float32Array(size))
    }
  }

  #line(id: number): Line {
    const known = this.#lines.find((line) => line.id === id)
    if (known !== undefined) return known
    const size = this.#at.length
    const line: Line = { id, lagRecords: new Float64Array(size).fill(NaN), lateMs: new Float32Array(size).fill(NaN) }
    this.#lines.push(line)
    return line
  }
}
