import { REPLICA_IN_SYNC } from '../topology/columns'
import { fetchKey } from './fetchers'
import type { ClusterSettings, Reading } from '../topology/reading'
import type { TimeRange } from '../../shared/eviction'

/**
 * A healthy follower is behind by the records in flight; one that is behind for this long has stopped or slowed down.
 */
export const LATE_AFTER_MS = 1000

export function isInSync(reading: Reading, replica: number): boolean {
  return (reading.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
}

/**
 * How long the follower has been behind for certain at its newest reading, ms; 0 = not for certain. Sampling gaps
 * cannot make a healthy one late.
 */
export function behindForMs(reading: Reading, replica: number): number {
  const ms = reading.sentAt[replica]! - reading.behindSince[replica]!
  return ms > 0 ? ms : 0
}

/** Late: behind for certain for longer than `lateAfterMs`. Says nothing about a broker that does not answer. */
export function isLate(reading: Reading, replica: number, lateAfterMs: number): boolean {
  return reading.sentAt[replica]! - reading.behindSince[replica]! > lateAfterMs
}

/**
 * Time lag in ms: 0 while the follower reaches the leader between two readings or has more than it, else now - caughtUpAt (an upper bound;
 * with `lateAtLeast` a lower one). `silent` = its broker does not answer: then being past by the leader once counts, as
 * nothing says that it moves. NaN unknown.
 */
export function lateMs(reading: Reading, replica: number, now: number, silent: boolean): number {
  const lag = reading.lagRecords[replica]!
  if (Number.isNaN(lag)) return NaN
  if (lag <= 0) return 0
  return silent || behindForMs(reading, replica) > 0 ? now - reading.caughtUpAt[replica]! : 0
}

/** A leader epoch is seen with the Metadata after it: at most this much later than it began. */
const EPOCH_SEEN_MS = 2000

/** The leader's own replica.lag.time.max.ms (its ReplicaManager looks); of a leader that was not read, any value of the brokers that were. */
function windowsOf({ evictionWindows, evictionWindowMs }: ClusterSettings, leader: number): readonly [number, number] {
  const own = evictionWindows.get(leader) ?? NaN
  if (!Number.isNaN(own)) return [own, own]
  let least = evictionWindowMs
  for (const ms of evictionWindows.values()) if (ms < least) least = ms
  return [least, evictionWindowMs]
}

/** The moment from which Kafka counts a late follower: not before what is proven of its fetching, not after the leader had passed it. `from` NaN = nothing is proven. */
export function lastAtEnd(reading: Reading, replica: number): TimeRange {
  const { replicaPartition, replicaBroker } = reading.topology
  const row = replicaPartition[replica]!
  const since = reading.leaderSince[row]!
  const latest = since > reading.behindSince[replica]! ? since : reading.behindSince[replica]!
  const byThread = reading.fetchedAt.get(fetchKey(reading, row, replicaBroker[replica]!)) ?? NaN
  const fetched = reading.throttled[row] === 1 ? reading.steppedAt[replica]! : byThread
  const fresh = since - EPOCH_SEEN_MS
  return { from: Math.min(latest, fresh > fetched || Number.isNaN(fetched) ? fresh : fetched), to: latest }
}

/**
 * When a late member of the ISR leaves it. Kafka counts from its last fetch at the leader's end (Replica.lastCaughtUpTimeMs), and looks every half
 * window. That fetch was not after the leader had passed the follower (`behindSince`), but may have been long before it: a follower that stopped on
 * an idle partition is only found out by the next record. So the range ends 1.5 windows after the former, and begins one window after what is proven of
 * its fetching, `fetchedAt`; under a throttle its thread fetches others and leaves it out, so that only its own steps prove anything. Without a proof it may leave at any moment, and the range begins in the past. A new leader epoch gives every member a
 * fresh window (Replica.resetReplicaState), so it is such a proof. While no controller answers nobody leaves: a leader asks it first (AlterPartition).
 */
export function leavesIsr(reading: Reading, replica: number, settings: ClusterSettings): TimeRange {
  if (settings.controllerSilent) return { from: NaN, to: NaN }
  const leader = reading.leader[reading.topology.replicaPartition[replica]!]!
  const [least, most] = windowsOf(settings, leader)
  const { from: proven, to: latest } = lastAtEnd(reading, replica)
  const caughtUpAt = reading.caughtUpAt[replica]!
  const anyMoment = Number.isNaN(proven) && !Number.isNaN(least)
  return { from: anyMoment ? caughtUpAt : Math.max(caughtUpAt, proven + least), to: latest + 1.5 * most }
}
