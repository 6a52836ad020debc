/** A span of time in which something will happen, ms since 1970; NaN = unknown. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/**
 * When a follower that stays late leaves the ISR. The leader looks every half window and removes who has not been at
 * its LEO for a whole one (ReplicaManager: isr-expiration every replica.lag.time.max.ms / 2), so between 1.0 and 1.5
 * windows. Seen on 4.4.0: 11.2 to 14.9 s of 10 s.
 */
export function evictionRange(caughtUpAt: number, windowMs: number): TimeRange {
  return { from: caughtUpAt + windowMs, to: caughtUpAt + 1.5 * windowMs }
}
