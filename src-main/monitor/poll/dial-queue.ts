import type { Cancel, Clock } from '../../ports/clock'

/** Name look-up, TLS and a login cost this process, and the other side, most of all. */
export const DIALS_AT_ONCE = 8
/** Who has not answered for this long costs nothing any more but a socket: the next one need not wait for it. */
export const PLACE_MS = 1_000

/**
 * How many brokers are dialled at the same time, however many a Metadata answer names; the others wait, first come first served. A place is given
 * back when the connection is made or has failed, or after a second of silence, so that brokers behind a firewall do not keep the others out.
 */
export class DialQueue {
  private taken = 0
  private readonly waiting = new Set<(leave: () => void) => void>()

  constructor(private readonly clock: Clock) {}

  /** Runs `dial` when there is a place, at once if it can be; it is to call `leave` when it is through. Cancelled, it leaves the queue; a dial that has begun goes on. */
  enter(dial: (leave: () => void) => void): Cancel {
    if (this.taken < DIALS_AT_ONCE) {
      this.begin(dial)
      return () => undefined
    }
    // Of its own, so that the same function may wait twice.
    const entry = (leave: () => void): void => dial(leave)
    this.waiting.add(entry)
    return () => this.waiting.delete(entry)
  }

  private begin(dial: (leave: () => void) => void): void {
    this.taken += 1
    let left = false
    const leave = (): void => {
      if (left) return
      left = true
      cancel()
      this.taken -= 1
      const [next] = this.waiting
      if (next === undefined) return
      this.waiting.delete(next)
      this.begin(next)
    }
    const cancel = this.clock.after(PLACE_MS, leave)
    dial(leave)
  }
}
