import type { Clock } from '../../src-main/ports/clock'

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Time that moves only when a test says so; timers run in order of their time, with every promise between them settled. */
export class FakeClock implements Clock {
  private timers: Timer[] = []
  private order = 0

  constructor(private time = 1_700_000_000_000) {}

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + Math.max(0, ms), order: this.order++, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  breathe(): Promise<void> {
    return Promise.resolve()
  }

  get pending(): number {
    return this.timers.length
  }

  /** Time passes without anything running: the machine slept, or the event loop stood still. */
  jump(ms: number): void {
    this.time += ms
  }

  async advance(ms: number): Promise<void> {
    const until = this.time + ms
    await this.settle()
    for (let next = this.due(until); next !== undefined; next = this.due(until)) {
      this.timers = this.timers.filter((timer) => timer !== next)
      this.time = Math.max(this.time, next.at)
      next.run()
      await this.settle()
    }
    this.time = until
  }

  /** Advances in small steps until the condition holds; throws when it does not within `limitMs` of fake time. */
  async until(what: string, condition: () => boolean, limitMs = 20_000): Promise<number> {
    const started = this.time
    while (!condition()) {
      if (this.time - started >= limitMs) throw new Error(`not within ${limitMs} ms: ${what}`)
      await this.advance(10)
    }
    return this.time - started
  }

  private due(until: number): Timer | undefined {
    const first = this.timers.reduce<Timer | undefined>((best, timer) => {
      if (best === undefined) return timer
      return timer.at < best.at || (timer.at === best.at && timer.order < best.order) ? timer : best
    }, undefined)
    return first !== undefined && first.at <= until ? first : undefined
  }

  /** setImmediate comes after every microtask that is due, however long the chain. */
  private settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }
}
