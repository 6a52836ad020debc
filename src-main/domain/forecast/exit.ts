import type { TimeRange } from '../../shared/eviction'
import { leavesIsr } from '../lag/lateness'
import type { Presences } from '../state/presences'
import type { ClusterSettings, Reading } from '../topology/reading'
import { fencingRange } from './fencing'
import { cutOffSince } from './hearing'

const NEVER: TimeRange = { from: NaN, to: NaN }

/** One of the two comes, and it is not certain which: as far apart as either has it. */
const either = (a: TimeRange, b: TimeRange): TimeRange =>
  Number.isNaN(a.to) || Number.isNaN(b.to) ? NEVER : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }

const cutOff = (presences: Presences, broker: number): number => {
  const fact = presences.factOf(broker)
  return fact === undefined ? Number.NaN : cutOffSince(fact)
}

/** It answers us, and the controllers do not hear it. */
export const isCutOff = (presences: Presences, broker: number): boolean => !Number.isNaN(cutOff(presences, broker))

/**
 * When a late member of the ISR leaves it; NaN = not known. A leader that is cut off from the controllers evicts nobody, and is about to be fenced itself. A follower that is cut off is fenced
 * a session after they heard it last, which may be before its eviction.
 */
export function exitOf(
  reading: Reading,
  presences: Presences,
  settings: ClusterSettings,
  replica: number,
  now: number,
): TimeRange {
  const { replicaPartition, replicaBroker } = reading.topology
  if (isCutOff(presences, reading.leader[replicaPartition[replica]!]!)) return NEVER
  const evicted = leavesIsr(reading, replica, settings)
  const since = cutOff(presences, replicaBroker[replica]!)
  return Number.isNaN(since) ? evicted : either(evicted, fencingRange(since, settings.sessionTimeoutMs, now))
}
