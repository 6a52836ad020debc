import { REPLICA_IN_SYNC } from '../topology/columns'
import type { BrokerFacts, Reading } from '../topology/reading'
import { evictionRange } from '../../shared/eviction'
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

export function isSilent(facts: ReadonlyMap<number, BrokerFacts>, broker: number): boolean {
  return facts.get(broker)?.answers === 'no'
}

/**
 * Time lag in ms: 0 while the follower reaches the leader between two readings, else now - caughtUpAt (an upper bound;
 * with `lateAtLeast` a lower one). `silent` = its broker does not answer: then being past by the leader once counts, as
 * nothing says that it moves. NaN unknown.
 */
export function lateMs(reading: Reading, replica: number, now: number, silent: boolean): number {
  const lag = reading.lagRecords[replica]!
  if (Number.isNaN(lag)) return NaN
  if (lag === 0) return 0
  return silent || behindForMs(reading, replica) > 0 ? now - reading.caughtUpAt[replica]! : 0
}

/**
 * When a late member of the ISR leaves it. A new leader epoch gives every ISR member a fresh window
 * (Replica.resetReplicaState), so the later of both moments counts. Late since before we looked: it may leave at any
 * moment, so the range starts in the past.
 */
export function leavesIsr(reading: Reading, replica: number, windowMs: number): TimeRange {
  const since = reading.leaderSince[reading.topology.replicaPartition[replica]!]!
  const caughtUpAt = reading.caughtUpAt[replica]!
  if (reading.lateAtLeast[replica] === 1 && Number.isNaN(since))
    return { from: caughtUpAt, to: evictionRange(caughtUpAt, windowMs).to }
  return evictionRange(since > caughtUpAt ? since : caughtUpAt, windowMs)
}
