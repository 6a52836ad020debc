import type { PartitionColumns } from '../../contract/frame'
import {
  MARK_LEADER_SILENT,
  NEXT_CATCHES_UP,
  NEXT_FALLS_BEHIND,
  NEXT_FENCED,
  NEXT_LEADER_MOVES,
  NEXT_LEAVES_ISR,
  NEXT_LOSES_RECORDS,
  NEXT_NONE,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  NEXT_WAITS_FOR_BROKER,
  NEXT_WAITS_FOR_LOG_DIR,
  OFFLINE,
  UNKNOWN,
} from '../../shared/states'
import type { TimeRange } from '../../shared/eviction'
import type { AssessOptions, RowLook } from '../state/row-look'
import { isLeaving } from '../answers/shutdowns'
import { caughtUpRange } from '../lag/catch-up'
import { awaitedBroker, bringsBack, electsUncleanly, isThere, nextLeader, uncleanLeader } from './election'
import { isOnFailedLogDir } from '../blame/log-dirs'
import { exitOf, isCutOff } from './exit'
import { fencingOfLeaving } from './fencing'
import { isInSync } from '../lag/lateness'
import type { ClusterSettings, Reading } from '../topology/reading'
import { findReplica } from '../topology/topology'
import type { Presences } from '../state/presences'

/** An ETA is an estimate: whole seconds keep rows from changing with every reading. */
const wholeSecond = (at: number): number => Math.round(at / 1000) * 1000

/** -1 = no broker, NaN = no time. */
export function writeNext(
  out: PartitionColumns,
  row: number,
  next: number,
  broker: number,
  from = NaN,
  to = NaN,
): void {
  out.next[row] = next
  out.nextBroker[row] = broker
  out.nextFrom[row] = from
  out.nextTo[row] = to
}

const writeCatchesUp = (out: PartitionColumns, row: number, broker: number, { from, to }: TimeRange): void =>
  writeNext(out, row, NEXT_CATCHES_UP, broker, wholeSecond(from), Math.ceil(to / 1000) * 1000)

/** The earlier of two ways out of the ISR; one whose time is not known does not count. */
function earlier(a: TimeRange, b: TimeRange): TimeRange {
  if (Number.isNaN(a.to) || Number.isNaN(b.to)) return Number.isNaN(a.to) ? b : a
  return { from: Math.min(a.from, b.from), to: Math.min(a.to, b.to) }
}

/** Of one that leaves. */
function fencedAt(presences: Presences, broker: number, settings: ClusterSettings, { now }: AssessOptions): TimeRange {
  const fact = presences.factOf(broker)
  return fact === undefined ? { from: NaN, to: NaN } : fencingOfLeaving(fact, settings.sessionTimeoutMs, now)
}

/** The first follower in the ISR that is silent and will be fenced; -1 = there is none. */
function firstToBeFenced(reading: Reading, presences: Presences, row: number): number {
  const { replicaStart, replicaBroker } = reading.topology
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    const broker = replicaBroker[replica]!
    if (broker !== reading.leader[row] && presences.leaves(broker) && isInSync(reading, replica)) return replica
  }
  return -1
}

/** Leaving the ISR named by what it costs the partition. */
function afterLeaving(inSync: number, effectiveMin: number): number {
  if (effectiveMin < 0 || inSync < effectiveMin) return NEXT_LEAVES_ISR
  if (inSync - 1 < effectiveMin) return NEXT_REFUSES_WRITES
  return inSync - 1 === effectiveMin ? NEXT_ONE_LOSS_AWAY : NEXT_LEAVES_ISR
}

/** Writes what happens to the row if nobody does anything: the gravest first. */
export function decideNext(
  reading: Reading,
  presences: Presences,
  settings: ClusterSettings,
  options: AssessOptions,
  out: PartitionColumns,
  row: number,
  look: RowLook,
  effectiveMin: number,
): void {
  const { replicaBroker } = reading.topology
  const state = out.state[row]!
  // Whoever would lead, be fenced or leave an ISR needs a controller for it.
  if (state === UNKNOWN || settings.controllerSilent) {
    writeNext(out, row, NEXT_NONE, -1)
    return
  }
  if (state === OFFLINE) {
    const awaited = awaitedBroker(reading, row)
    const replica = findReplica(reading.topology, row, awaited)
    if (replica >= 0 && isOnFailedLogDir(reading, replica, runs(reading, presences, awaited)))
      writeNext(out, row, NEXT_WAITS_FOR_LOG_DIR, awaited)
    else writeNext(out, row, NEXT_WAITS_FOR_BROKER, bringsBack(reading, row, awaited) ? awaited : -1)
    return
  }
  if ((out.marks[row]! & MARK_LEADER_SILENT) !== 0) {
    if (!presences.leaves(reading.leader[row]!)) {
      writeNext(out, row, NEXT_NONE, -1)
      return
    }
    const { from, to } = fencedAt(presences, reading.leader[row]!, settings, options)
    const next = nextLeader(reading, row, presences).broker
    if (presences.isUnheard(next)) {
      writeNext(out, row, NEXT_NONE, -1)
      return
    }
    const taken = next < 0 ? uncleanLeader(reading, row, presences) : -1
    const open = taken >= 0 && presences.isUnheard(replicaBroker[taken]!)
    const elects = electsUncleanly(reading, row, settings.version)
    const loses = taken < 0 ? false : open && elects === true ? null : elects
    if (loses === false) writeNext(out, row, NEXT_LEADER_MOVES, next, from, to)
    else writeNext(out, row, NEXT_LOSES_RECORDS, loses === null ? -1 : replicaBroker[taken]!, from, to)
    return
  }
  const fencedNext = look.silent < 0 ? -1 : firstToBeFenced(reading, presences, row)
  if (fencedNext >= 0) {
    const broker = replicaBroker[fencedNext]!
    const fenced = fencedAt(presences, broker, settings, options)
    const { from, to } = earlier(fenced, exitOf(reading, presences, settings, fencedNext, options.now))
    writeNext(out, row, NEXT_FENCED, broker, from, to)
    return
  }
  if (look.late >= 0) {
    // It evicts nobody, and what its successor does begins anew.
    if (isCutOff(presences, reading.leader[row]!)) {
      writeNext(out, row, NEXT_NONE, -1)
      return
    }
    const { from, to } = exitOf(reading, presences, settings, look.late, options.now)
    const back = caughtUpRange(reading.lagRecords[look.late]!, options.catchUpRate?.(look.late) ?? NaN, options.now)
    if (back.to < from) {
      writeCatchesUp(out, row, replicaBroker[look.late]!, back)
      return
    }
    writeNext(out, row, afterLeaving(look.inSync, effectiveMin), replicaBroker[look.late]!, from, to)
    return
  }
  if (look.worst < 0 || isInSync(reading, look.worst)) {
    writeNext(out, row, NEXT_NONE, -1)
    return
  }
  decideForOneOut(reading, presences, options, out, row, look.worst)
}

const runs = (reading: Reading, presences: Presences, broker: number): boolean =>
  !presences.leaves(broker) && isThere(reading, broker)

/** Out of the ISR: away with its broker or its log directory, coming back, standing still, or not known. */
function decideForOneOut(
  reading: Reading,
  presences: Presences,
  options: AssessOptions,
  out: PartitionColumns,
  row: number,
  replica: number,
): void {
  const broker = reading.topology.replicaBroker[replica]!
  const there = runs(reading, presences, broker) && !isLeaving(reading, presences.factOf(broker))
  const rate = options.catchUpRate?.(replica) ?? NaN
  const lag = reading.lagRecords[replica]!
  if (presences.isUnheard(broker) || presences.isReturning(broker)) writeNext(out, row, NEXT_NONE, broker)
  else if (!there) writeNext(out, row, NEXT_WAITS_FOR_BROKER, broker)
  else if (isOnFailedLogDir(reading, replica, there)) writeNext(out, row, NEXT_WAITS_FOR_LOG_DIR, broker)
  else if (rate <= 0) writeNext(out, row, NEXT_FALLS_BEHIND, broker)
  else if (lag === 0) writeNext(out, row, NEXT_CATCHES_UP, broker, wholeSecond(options.now))
  else if (rate > 0) writeCatchesUp(out, row, broker, caughtUpRange(lag, rate, options.now))
  else writeNext(out, row, NEXT_NONE, broker)
}
