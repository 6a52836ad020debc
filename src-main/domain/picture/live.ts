import type { LivePartition, LiveReplica, OffsetReason } from '../../contract/live'
import { preferredLeader } from '../../shared/preferred-leader'
import { MARK_LEADER_SILENT, OFFLINE, UNKNOWN, UNKNOWN_TOLERANCE } from '../../shared/states'
import { REPLICA_OFFLINE, OFFSET_TOO_LARGE } from '../topology/columns'
import { aheadRecords, behindRecords } from '../lag/ahead'
import { caughtUpRange } from '../lag/catch-up'
import { leaderStops } from '../forecast/leader-stops'
import type { LagView } from '../lag/lag-tracker'
import { exitOf } from '../forecast/exit'
import { LATE_AFTER_MS, isInSync, isLate, lateMs } from '../lag/lateness'
import { isTold } from '../topology/told'
import type { BrokerFacts, ClusterSettings, Reading } from '../topology/reading'
import { effectiveMinOf } from '../forecast/stop-effects'
import { underMinStopsConsumers } from '../state/min-isr'
import { Presences } from '../state/presences'
import type { JudgedColumns } from './partition-columns'
import { survivorsOf } from '../forecast/survivors'
import { KafkaError } from '../../shared/kafka-codes'

/** What only the monitor knows of the partition that is watched. */
export interface LiveExtra {
  readonly logStartOffset: number
  readonly disputes: LivePartition['disputes']
  /** As in AssessOptions. */
  readonly lateAfterMs?: number
}

const unreadReason = (error: number): OffsetReason => {
  if (error === 0) return 'not-read'
  if (error === KafkaError.TOPIC_AUTHORIZATION_FAILED) return 'not-authorized'
  if (error === OFFSET_TOO_LARGE) return 'too-large'
  return error === KafkaError.NOT_LEADER_OR_FOLLOWER || error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION
    ? 'not-a-replica'
    : `error-${error}`
}

function highWatermarkReason(
  reading: Reading,
  presences: Presences,
  row: number,
  marks: number,
): LivePartition['highWatermarkReason'] {
  if (!isTold(reading, row)) return 'not-read'
  if (reading.leader[row] === -1) return 'no-leader'
  if ((marks & MARK_LEADER_SILENT) !== 0 || presences.isUnseen(reading.leader[row]!)) return 'leader-silent'
  const error = reading.highWatermarkError[row]!
  if (error === KafkaError.OFFSET_NOT_AVAILABLE) return 'new-leader'
  if (error === KafkaError.TOPIC_AUTHORIZATION_FAILED) return 'not-authorized'
  return error === 0 && !Number.isNaN(reading.highWatermark[row]!) ? '' : 'not-read'
}

function liveReplica(
  reading: Reading,
  lags: LagView,
  presences: Presences,
  settings: ClusterSettings,
  row: number,
  replica: number,
  now: number,
  lateAfterMs: number,
): LiveReplica {
  const broker = reading.topology.replicaBroker[replica]!
  const leads = broker === reading.leader[row]
  const inSync = isInSync(reading, replica)
  const silent = presences.isUnanswered(broker)
  const ahead = aheadRecords(reading, replica)
  const away = presences.isUnseen(broker)
  const unseen = away || presences.isUnseen(reading.leader[row]!)
  const told = leads && !Number.isNaN(reading.logEndOffset[replica]!) ? 0 : behindRecords(reading, replica)
  const lagRecords = unseen ? NaN : told
  const late = !leads && !away && isLate(reading, replica, lateAfterMs)
  const leaves = inSync && late ? exitOf(reading, presences, settings, replica, now) : { from: NaN, to: NaN }
  const catchUpRate = leads ? NaN : lags.catchUpRate(replica)
  const logEndOffset = reading.logEndOffset[replica]!
  const back = late || !inSync ? caughtUpRange(lagRecords, catchUpRate, now) : { from: NaN, to: NaN }
  const ms = unseen ? NaN : leads ? 0 : lateMs(reading, replica, now, silent)
  return {
    broker,
    rack: reading.brokers.find((listed) => listed.id === broker)?.rack ?? null,
    inSync,
    adding: reading.replicaAdding[replica] === 1,
    offline: (reading.replicaFlags[replica]! & REPLICA_OFFLINE) !== 0,
    answers: presences.answers(broker),
    logEndOffset,
    reason: silent ? 'silent' : Number.isNaN(logEndOffset) ? unreadReason(reading.logEndOffsetError[replica]!) : '',
    readAt: reading.readAt[replica]!,
    lagRecords,
    aheadRecords: ahead,
    lateMs: ms,
    lateAtLeast: ms > 0 && reading.lateAtLeast[replica] === 1,
    leavesFrom: leaves.from,
    leavesTo: leaves.to,
    catchUpRate,
    caughtUpFrom: back.from,
    caughtUpTo: back.to,
    outSince: reading.outSince[replica]!,
  }
}

/**
 * Between the first request sent and the last answer got, over the replicas whose brokers answer. NaN = none was read.
 */
function spreadOf(reading: Reading, presences: Presences, row: number): number {
  const { replicaStart, replicaBroker } = reading.topology
  let first = NaN
  let last = NaN
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
    if (presences.isUnanswered(replicaBroker[replica]!) || Number.isNaN(reading.readAt[replica]!)) continue
    if (!(reading.sentAt[replica]! >= first)) first = reading.sentAt[replica]!
    if (!(reading.readAt[replica]! <= last)) last = reading.readAt[replica]!
  }
  return last - first
}

/** Whether acks=all writes are taken now: a leader that answers, and as many in-sync replicas as are asked for. */
function acceptsAcksAll(
  state: number,
  marks: number,
  tolerance: number,
  leaderAnswers: boolean,
): LivePartition['acceptsAcksAll'] {
  if (state === OFFLINE || (marks & MARK_LEADER_SILENT) !== 0) return 'no'
  if (state === UNKNOWN || tolerance === UNKNOWN_TOLERANCE) return 'unknown'
  if (tolerance < 0) return 'no'
  return leaderAnswers ? 'yes' : 'unknown'
}

/**
 * Everything about one partition as objects. A silent broker's replica keeps its last LEO (`readAt` tells its age,
 * `reason` is 'silent'); a silent leader's HW is unknown, as nobody else can tell it. How far one is that is not seen from here, or behind whom, is unknown.
 */
export function livePartition(
  reading: Reading,
  lags: LagView,
  facts: ReadonlyMap<number, BrokerFacts>,
  settings: ClusterSettings,
  columns: JudgedColumns,
  row: number,
  now: number,
  extra: LiveExtra,
): LivePartition {
  const { topology } = reading
  const presences = new Presences(facts, now)
  const topic = topology.topicIndex[row]!
  const from = topology.replicaStart[row]!
  const replicas = Array.from({ length: topology.replicaStart[row + 1]! - from }, (_, k) => from + k)
  const marks = columns.marks[row]!
  const reason = highWatermarkReason(reading, presences, row, marks)
  const effectiveMin = effectiveMinOf(reading, settings, row)
  const tolerance = columns.tolerance[row]!
  const lateAfterMs = extra.lateAfterMs ?? LATE_AFTER_MS
  return {
    topic: topology.topicNames[topic]!,
    partition: topology.partition[row]!,
    takenAt: now,
    spreadMs: spreadOf(reading, presences, row),
    leader: reading.leader[row]!,
    leaderEpoch: reading.leaderEpoch[row]!,
    state: columns.state[row]!,
    marks,
    replicationFactor: replicas.length,
    minInSyncReplicas: reading.minInSyncReplicas[topic]!,
    effectiveMinInSyncReplicas: effectiveMin,
    minInSyncReplicasSource: reading.minInSyncReplicasSource[topic]!,
    highWatermark: reason === '' ? reading.highWatermark[row]! : NaN,
    highWatermarkReason: reason,
    underMinStopsConsumers: underMinStopsConsumers(settings.version),
    logStartOffset: extra.logStartOffset,
    produceRate: reading.leader[row] === -1 ? NaN : lags.produceRate(row),
    lagErrorRecords: lags.lagErrorRecords(row, (broker) => presences.isUnanswered(broker)),
    acceptsAcksAll: acceptsAcksAll(columns.state[row]!, marks, tolerance, presences.answers(reading.leader[row]!)),
    tolerance: tolerance === UNKNOWN_TOLERANCE ? NaN : tolerance,
    preferredLeader: preferredLeader(topology, row),
    leaderStops: leaderStops(reading, presences, row, effectiveMin, settings),
    elr: replicas
      .filter((replica) => reading.replicaElr[replica] === 1)
      .map((replica) => topology.replicaBroker[replica]!),
    disputes: extra.disputes,
    evictionWindowMs: settings.evictionWindows.get(reading.leader[row]!) ?? settings.evictionWindowMs,
    replicas: replicas.map((replica) =>
      liveReplica(reading, lags, presences, settings, row, replica, now, lateAfterMs),
    ),
    survivors: columns.state[row] === OFFLINE ? survivorsOf(reading, presences, row) : null,
    next: columns.next[row]!,
    nextFrom: columns.nextFrom[row]!,
    nextTo: columns.nextTo[row]!,
    nextBroker: columns.nextBroker[row]!,
  }
}
