import type { PartitionColumns } from '../contract/frame'
import {
  AT_MIN_ISR, HEALTHY, LAGGING, MARK_AT_MIN_BY_DESIGN, MARK_ELR, MARK_HW_UNKNOWN, MARK_LEADER_DISPUTED, MARK_LEADER_SILENT,
  MARK_NOT_PREFERRED, MARK_REASSIGNING, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED, UNKNOWN,
} from '../contract/states'
import { decideNext } from './assess-next'
import { isInSync, isLate, isSilent } from './lateness'
import { effectiveMinInSyncReplicas, toleranceOf } from './min-isr'
import type { BrokerFacts, ClusterSettings, Reading } from './reading'

export { emptyColumns } from './partition-columns'

export interface AssessOptions {
  readonly now: number
  /** A follower behind for certain for longer than this is late. */
  readonly lateAfterMs: number
  /** Records per second by which a replica's lag shrinks (LagTracker.catchUpRate); without it nobody is known to catch up. */
  readonly catchUpRate?: (replica: number) => number
}

/** Metadata errors that say nothing against the row: none, no leader (leader is -1 then), a replica not available (a plain fact of old versions). */
const isReadable = (error: number): boolean => error === 0 || error === 5 || error === 9

const OFFSET_NOT_AVAILABLE = 78

/** What the followers of one row look like; one object is reused for all rows. */
export interface Followers {
  replicas: number
  inSync: number
  elr: boolean
  /** Replica row of the ISR member whose broker does not answer, of the late ISR member that leaves first, and of the worst in trouble; -1 = none. */
  silent: number
  late: number
  worst: number
}

/** The worse of two replicas in trouble: who was at the leader's LEO longest ago, never seen there being worst; then who misses more records. */
function isWorse(reading: Reading, a: number, b: number): boolean {
  const atA = reading.caughtUpAt[a]!
  const atB = reading.caughtUpAt[b]!
  if (Number.isNaN(atA) !== Number.isNaN(atB)) return Number.isNaN(atA)
  if (atA !== atB && !Number.isNaN(atA)) return atA < atB
  return reading.lagRecords[a]! > reading.lagRecords[b]!
}

function lookAt(reading: Reading, facts: ReadonlyMap<number, BrokerFacts>, row: number, lateAfterMs: number, f: Followers): void {
  const { replicaStart, replicaBroker } = reading.topology
  const end = replicaStart[row + 1]!
  const leader = reading.leader[row]!
  f.replicas = end - replicaStart[row]!
  f.inSync = 0
  f.elr = false
  f.silent = f.late = f.worst = -1
  for (let replica = replicaStart[row]!; replica < end; replica++) {
    const inSync = isInSync(reading, replica)
    if (inSync) f.inSync++
    if (reading.replicaElr[replica] === 1) f.elr = true
    const broker = replicaBroker[replica]!
    if (broker === leader) continue
    const late = isLate(reading, replica, lateAfterMs)
    const silent = isSilent(facts, broker)
    if (inSync && silent && f.silent < 0) f.silent = replica
    if (inSync && late && !silent && (f.late < 0 || reading.caughtUpAt[replica]! < reading.caughtUpAt[f.late]!)) f.late = replica
    if ((!inSync || late || silent) && (f.worst < 0 || isWorse(reading, replica, f.worst))) f.worst = replica
  }
}

function stateOf(reading: Reading, row: number, f: Followers, effectiveMin: number): number {
  if (!isReadable(reading.metadataError[row]!)) return UNKNOWN
  if (reading.leader[row] === -1) return OFFLINE
  const missing = f.inSync < f.replicas
  if (effectiveMin >= 0 && f.inSync < effectiveMin) return UNDER_MIN_ISR
  if (missing) return f.inSync === effectiveMin ? AT_MIN_ISR : UNDER_REPLICATED
  return f.silent >= 0 || f.late >= 0 ? LAGGING : HEALTHY
}

function marksOf(reading: Reading, facts: ReadonlyMap<number, BrokerFacts>, row: number, f: Followers, effectiveMin: number): number {
  const leader = reading.leader[row]!
  const preferred = reading.topology.replicaBroker[reading.topology.replicaStart[row]!]
  let marks = 0
  if (reading.reassigning[row] === 1) marks |= MARK_REASSIGNING
  if (leader >= 0 && f.replicas > 0 && leader !== preferred) marks |= MARK_NOT_PREFERRED
  if (f.elr) marks |= MARK_ELR
  if (leader >= 0 && f.inSync === f.replicas && f.inSync === effectiveMin) marks |= MARK_AT_MIN_BY_DESIGN
  if (reading.highWatermarkError[row] === OFFSET_NOT_AVAILABLE) marks |= MARK_HW_UNKNOWN
  if (reading.disputed[row] === 1) marks |= MARK_LEADER_DISPUTED
  if (leader >= 0 && isSilent(facts, leader)) marks |= MARK_LEADER_SILENT
  return marks
}

/**
 * Judges the rows [from, to) and writes them into `out` (P rows; emptyColumns). ISR and replica list are compared by membership; ISR members that
 * are no replicas do not count. `lagRecords` is 0 while nobody is late, so that the jitter of healthy rows makes no delta; exact
 * numbers come live. A min ISR that could not be read leaves `tolerance` unknown and the two min-ISR states out; the rest is still decided.
 */
export function assess(
  reading: Reading,
  facts: ReadonlyMap<number, BrokerFacts>,
  settings: ClusterSettings,
  options: AssessOptions,
  out: PartitionColumns,
  from = 0,
  to = reading.topology.partition.length,
): void {
  const { topicIndex, replicaBroker } = reading.topology
  const f: Followers = { replicas: 0, inSync: 0, elr: false, silent: -1, late: -1, worst: -1 }
  const anySilent = new Map([...facts].filter(([, fact]) => fact.answers === 'no'))
  for (let row = from; row < to; row++) {
    lookAt(reading, anySilent, row, options.lateAfterMs, f)
    const effectiveMin = effectiveMinInSyncReplicas(reading.minInSyncReplicas[topicIndex[row]!]!, f.replicas, settings.version)
    const state = stateOf(reading, row, f, effectiveMin)
    out.leader[row] = reading.leader[row]!
    out.leaderEpoch[row] = reading.leaderEpoch[row]!
    out.state[row] = state
    out.marks[row] = marksOf(reading, anySilent, row, f, effectiveMin)
    out.tolerance[row] = state === UNKNOWN ? toleranceOf(0, -1) : toleranceOf(f.inSync, effectiveMin)
    const worst = state === UNKNOWN || state === OFFLINE ? -1 : f.worst
    out.worstBroker[row] = worst < 0 ? -1 : replicaBroker[worst]!
    out.lagRecords[row] = worst >= 0 ? reading.lagRecords[worst]! : state === UNKNOWN || state === OFFLINE ? NaN : 0
    out.caughtUpAt[row] = worst < 0 ? NaN : reading.caughtUpAt[worst]!
    decideNext(reading, anySilent, settings, options, out, row, f, effectiveMin)
  }
}
