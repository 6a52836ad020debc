import type { PartitionColumns } from '../../contract/frame'
import { preferredLeader } from '../../shared/preferred-leader'
import {
  AT_MIN_ISR,
  HEALTHY,
  LAGGING,
  MARK_AT_MIN_BY_DESIGN,
  MARK_ELR,
  MARK_HW_UNKNOWN,
  MARK_DISPUTED,
  MARK_LEADER_SILENT,
  MARK_NOT_PREFERRED,
  MARK_REASSIGNING,
  MARK_THROTTLED,
  NEXT_NONE,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
  UNKNOWN,
  UNKNOWN_TOLERANCE,
} from '../../shared/states'
import { decideNext, writeNext } from '../forecast/next'
import { aheadRecords, behindRecords } from '../lag/ahead'
import type { AssessOptions, RowLook } from '../state/row-look'
import { REPLICA_IN_SYNC } from '../topology/columns'
import { effectiveMinInSyncReplicas, toleranceOf } from '../state/min-isr'
import type { ClusterSettings, Reading } from '../topology/reading'
import { IdSet } from '../state/id-set'
import type { Presences } from '../state/presences'
import { movesInFull } from '../answers/reassignments'
import { KafkaError } from '../../shared/kafka-codes'
import { isTold } from '../topology/told'

export type { AssessOptions } from '../state/row-look'
export { emptyColumns } from './partition-columns'

/**
 * The worse of two replicas in trouble: who was at the leader's LEO longest ago, never seen there being worst; then who
 * misses more records.
 */
function isWorse(reading: Reading, a: number, b: number): boolean {
  const atA = reading.caughtUpAt[a]!
  const atB = reading.caughtUpAt[b]!
  if (Number.isNaN(atA) !== Number.isNaN(atB)) return Number.isNaN(atA)
  if (atA !== atB && !Number.isNaN(atA)) return atA < atB
  return reading.lagRecords[a]! > reading.lagRecords[b]!
}

/** One follower in trouble. */
function noteTrouble(reading: Reading, replica: number, inSync: boolean, silent: boolean, look: RowLook): void {
  if (inSync && silent) {
    if (look.silent < 0) look.silent = replica
  } else if (inSync && (look.late < 0 || reading.caughtUpAt[replica]! < reading.caughtUpAt[look.late]!)) {
    look.late = replica
  }
  if (look.worst < 0 || isWorse(reading, replica, look.worst)) look.worst = replica
  const ahead = aheadRecords(reading, replica)
  if (ahead > look.ahead) look.ahead = ahead
}

/** Whether the leader can be one: a broker that is listed and holds a replica of the row. */
function isLed(reading: Reading, listed: IdSet, row: number): boolean {
  const { replicaStart, replicaBroker } = reading.topology
  const leader = reading.leader[row]!
  if (!listed.has(leader)) return false
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++)
    if (replicaBroker[replica] === leader) return true
  return false
}

/** Trouble that is seen counts whatever else is not; healthy takes a leader that can be one and replicas that were all read. */
function stateOf(reading: Reading, listed: IdSet, row: number, look: RowLook, effectiveMin: number): number {
  if (!isTold(reading, row)) return UNKNOWN
  if (reading.leader[row] === -1) return OFFLINE
  if (look.replicas === 0) return UNKNOWN
  const missing = look.inSync < look.replicas
  if (effectiveMin >= 0 && look.inSync < effectiveMin) return UNDER_MIN_ISR
  if (missing) return look.inSync === effectiveMin ? AT_MIN_ISR : UNDER_REPLICATED
  if (look.silent >= 0 || look.late >= 0) return LAGGING
  return look.unread || !isLed(reading, listed, row) ? UNKNOWN : HEALTHY
}

function marksOf(reading: Reading, presences: Presences, row: number, look: RowLook, effectiveMin: number): number {
  const leader = reading.leader[row]!
  let marks = 0
  if (reading.reassigning[row] === 1) marks |= MARK_REASSIGNING
  if (reading.throttled[row] === 1) marks |= MARK_THROTTLED
  if (look.elr) marks |= MARK_ELR
  if (reading.highWatermarkError[row] === KafkaError.OFFSET_NOT_AVAILABLE) marks |= MARK_HW_UNKNOWN
  if (reading.disputed[row] !== 0) marks |= MARK_DISPUTED
  if (leader < 0) return marks
  if (look.replicas > 0 && leader !== preferredLeader(reading.topology, row)) marks |= MARK_NOT_PREFERRED
  if (look.inSync === look.replicas && look.inSync === effectiveMin) marks |= MARK_AT_MIN_BY_DESIGN
  if (presences.isSilent(leader)) marks |= MARK_LEADER_SILENT
  return marks
}

/**
 * Judges the rows [from, to) and writes them into `out` (P rows; emptyColumns). ISR and replica list are compared by
 * membership; ISR members that are no replicas do not count, and while replicas move Kafka's own count stands (answers/reassignments.ts). `lagRecords` is 0 while nobody is late, so that the jitter
 * of healthy rows makes no delta, and negative where a replica in trouble has more than its leader; exact numbers come live. Both lags are NaN as soon as a replica that counts was not read, as it may be the
 * worst, or its broker is not heard yet; what was read of a broker that is not seen from here any more counts as not read. A min ISR that could not be read leaves `tolerance` unknown and the two min-ISR states out; the rest is still decided.
 */
export function assess(
  reading: Reading,
  presences: Presences,
  settings: ClusterSettings,
  options: AssessOptions,
  out: PartitionColumns,
  from = 0,
  to = reading.topology.partition.length,
): void {
  const { topicIndex, replicaStart, replicaBroker } = reading.topology
  const { replicaFlags, replicaElr, replicaAdding, reassigning } = reading
  const { logEndOffset, sentAt, behindSince, minInSyncReplicas } = reading
  const { lateAfterMs } = options
  const { version } = settings
  const { noneSilent: quiet, allSeen, allHeard } = presences
  const listed = new IdSet(reading.brokers.map(({ id }) => id))
  const look: RowLook = { replicas: 0, inSync: 0, unread: false, elr: false, silent: -1, late: -1, worst: -1, ahead: 0 }
  for (let row = from; row < to; row++) {
    const leader = reading.leader[row]!
    const start = replicaStart[row]!
    const end = replicaStart[row + 1]!
    // Whoever is out of the ISR is then not missing: on its way in, or made up for.
    const inFull = reassigning[row] === 1 && movesInFull(reading, row)
    let members = 0
    let adding = 0
    let elr = false
    let unread = false
    look.silent = look.late = look.worst = -1
    look.ahead = 0
    for (let replica = start; replica < end; replica++) {
      const inSync = (replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
      if (inSync) members++
      if (replicaElr[replica] === 1) elr = true
      // As `isLate` says it; this loop runs once per replica of the cluster.
      const heard = allHeard || !presences.isUnheard(replicaBroker[replica]!)
      const late = heard && sentAt[replica]! - behindSince[replica]! > lateAfterMs
      if (replicaAdding[replica] === 1) adding++
      if (!inSync && (inFull || replicaAdding[replica] === 1)) continue
      if (!heard || Number.isNaN(logEndOffset[replica]!)) unread = true
      if (!allSeen && presences.isUnseen(replicaBroker[replica]!)) {
        // That it was late once is not known any more either.
        unread = true
        if (inSync) continue
      }
      if (inSync && !late && quiet) continue
      const broker = replicaBroker[replica]!
      const mute = !quiet && presences.isSilent(broker)
      if (broker !== leader && (!inSync || late || mute)) noteTrouble(reading, replica, inSync, mute, look)
    }
    look.replicas = end - start - adding
    look.inSync = members
    look.unread = unread
    look.elr = elr
    const effectiveMin = effectiveMinInSyncReplicas(minInSyncReplicas[topicIndex[row]!]!, end - start, version)
    const state = stateOf(reading, listed, row, look, effectiveMin)
    const judged = state !== UNKNOWN && state !== OFFLINE
    const worst = judged ? look.worst : -1
    out.leader[row] = leader
    out.leaderEpoch[row] = reading.leaderEpoch[row]!
    out.state[row] = state
    out.marks[row] = marksOf(reading, presences, row, look, effectiveMin)
    out.tolerance[row] = state === UNKNOWN ? UNKNOWN_TOLERANCE : toleranceOf(look.inSync, effectiveMin)
    out.worstBroker[row] = worst < 0 ? -1 : replicaBroker[worst]!
    const ahead = judged && look.ahead > 0
    out.lagRecords[row] = ahead
      ? -look.ahead
      : unread
        ? NaN
        : worst >= 0
          ? behindRecords(reading, worst)
          : judged
            ? 0
            : NaN
    out.caughtUpAt[row] = worst < 0 || unread || ahead ? NaN : reading.caughtUpAt[worst]!
    if (quiet && state === HEALTHY) writeNext(out, row, NEXT_NONE, -1)
    else decideNext(reading, presences, settings, options, out, row, look, effectiveMin)
  }
}
