/** A jump of the wall clock larger than this is one: sleep of the machine, a clock that was set. */
const JUMP_MS = 500

/** A time that never goes back. */
export interface SteadyClock {
  /** ms since 1970, with fractions. */
  now(): number
  /** Somebody else's steady clock is at least here. */
  follow(at: number): void
}

/**
 * One order for everything that is compared: time goes on as the `steady` clock counts it, and follows the `wall` clock forward (a machine that slept), never
 * back. A wall clock that was set back an hour would make every later answer older than what is known for that hour, countdowns longer, and ages negative.
 * After it was set back, times shown are ahead of it until the next start.
 */
export function createSteadyClock(wall: () => number, steady: () => number): SteadyClock {
  let origin = wall() - steady()
  return {
    now() {
      const counted = origin + steady()
      const shown = wall()
      if (shown - counted <= JUMP_MS) return counted
      origin += shown - counted
      return shown
    },
    follow(at) {
      const counted = origin + steady()
      if (at > counted) origin += at - counted
    },
  }
}
