/**
 * Arming: nothing is sent to a read-only cluster until a person has armed it, for ARM_MS. State per cluster: until when, and the very opening
 * it was armed in, so that closing disarms whatever is told to whom. Expiry is told by `onArmed`.
 */
import { ARM_MS } from '../contract/change'
import type { ArmState } from '../contract/change'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { Cancel, Clock } from '../ports/clock'
import type { FindCluster, LiveCluster } from '../ports/live-cluster'

export interface Arming {
  readonly arm: (cluster: string, armed: boolean) => Result<ArmState>
  readonly state: (cluster: string) => ArmState
  readonly isArmed: (cluster: string) => boolean
  /** The cluster was closed: the next opening begins disarmed. */
  readonly closed: (cluster: string) => void
  readonly close: () => void
}

/** A clock that is put right by a few seconds disarms nothing. */
const CLOCK_SLACK_MS = 60_000

interface Armed {
  readonly opening: LiveCluster
  readonly until: number
  readonly stop: Cancel
}

export function createArming(options: {
  readonly clock: Clock
  readonly find: FindCluster
  readonly onArmed: (state: ArmState) => void
}): Arming {
  const { clock, find, onArmed } = options
  const armed = new Map<string, Armed>()

  const state = (cluster: string): ArmState => {
    const opening = find(cluster)
    if (opening === null) return { cluster, armedUntil: Number.NaN }
    if (!opening.readOnly) return { cluster, armedUntil: Number.POSITIVE_INFINITY }
    const entry = armed.get(cluster)
    const left = entry === undefined || entry.opening !== opening ? 0 : entry.until - clock.now()
    // More than there ever was: the clock was set back, and how much of it is over nobody can tell.
    const holds = left > 0 && left <= ARM_MS + CLOCK_SLACK_MS
    return { cluster, armedUntil: holds ? entry!.until : Number.NaN }
  }

  const drop = (cluster: string): boolean => {
    armed.get(cluster)?.stop()
    return armed.delete(cluster)
  }

  const expire = (cluster: string): void => {
    if (drop(cluster)) onArmed(state(cluster))
  }

  return {
    state,
    isArmed: (cluster) => state(cluster).armedUntil > clock.now(),
    arm(cluster, on) {
      const opening = find(cluster)
      if (opening === null) return fail('not-found', 'This cluster is not open', { cluster })
      drop(cluster)
      if (on && opening.readOnly) {
        armed.set(cluster, { opening, until: clock.now() + ARM_MS, stop: clock.after(ARM_MS, () => expire(cluster)) })
      }
      const now = state(cluster)
      onArmed(now)
      return ok(now)
    },
    closed: expire,
    close() {
      for (const cluster of [...armed.keys()]) drop(cluster)
    },
  }
}
