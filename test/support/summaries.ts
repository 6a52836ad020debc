/** Summaries, live partitions and lag series for tests and benches, each overridable field by field. */
import type { ClusterFrame } from '@contract/frame'
import type { OpenIncident } from '@contract/history'
import type { LagSeries, LeaderStops, LivePartition, LiveReplica } from '@contract/live'
import { LOSS_UNWATCHED } from '@contract/summary'
import type { BrokerSummary, ClusterSummary, Headline } from '@contract/summary'
import { tally } from '@shared/tally'
import type { Tally } from '@shared/tally'
import { AT_MIN_ISR, HEALTHY, LAGGING, OFFLINE, UNDER_MIN_ISR } from '@shared/states'

export const NOW = Date.UTC(2026, 10, 23, 3, 17, 1)
export const rackOf = (broker: number): string => `rack-${'abc'[(broker - 1) % 3]!}`

/** With plain numbers for what is known to be complete. */
export type Plain<T> = { readonly [K in keyof T]: T[K] extends Tally ? Tally | number : T[K] }
const seen = (value: Tally | number): Tally => (typeof value === 'number' ? tally(value) : value)

export function buildBroker(id: number, changes: Partial<Plain<BrokerSummary>> = {}): BrokerSummary {
  return {
    id,
    host: `b${id}`,
    port: 9092,
    rack: rackOf(id),
    listed: true,
    answers: 'yes',
    answersSince: NOW - 600_000,
    course: '',
    silence: '',
    leadsTo: '',
    latencyMs: 2,
    replicas: 240,
    inSync: 240,
    adding: 0,
    leaders: 80,
    lagRecords: 0,
    lateMs: 0,
    offlineReplicas: 0,
    failedFolders: [],
    noListener: false,
    stopHalts: [],
    stopQuorum: 'keeps',
    ...changes,
    behind: seen(changes.behind ?? 0),
    stopRefuses: seen(changes.stopRefuses ?? 0),
    stopOffline: seen(changes.stopOffline ?? 0),
    stopLoses: seen(changes.stopLoses ?? 0),
  }
}

export function buildHeadline(changes: Partial<Plain<Headline>> = {}): Headline {
  return {
    level: 'well',
    since: NOW - 36_180_000,
    began: 'seen',
    sinceAfter: NOW - 36_180_500,
    culprit: null,
    halted: [],
    noListener: null,
    leaving: null,
    silent: [],
    healedAt: Number.NaN,
    ...changes,
    offline: seen(changes.offline ?? 0),
    writesRefused: seen(changes.writesRefused ?? 0),
    oneLossAway: seen(changes.oneLossAway ?? 0),
    underReplicated: seen(changes.underReplicated ?? 0),
    lagging: seen(changes.lagging ?? 0),
  }
}

export function buildSummary(
  frame: Omit<ClusterFrame, 'summary'>,
  brokers: number,
  changes: Partial<ClusterSummary>,
): ClusterSummary {
  const counts = new Array<number>(7).fill(0)
  for (const state of frame.columns.state) counts[state]! += 1
  const behind = frame.partition.length - counts[HEALTHY]! - counts[LAGGING]!
  const headline = buildHeadline({
    level: behind > 0 ? 'trouble' : 'well',
    offline: counts[OFFLINE]!,
    writesRefused: counts[UNDER_MIN_ISR]!,
    oneLossAway: counts[AT_MIN_ISR]!,
    underReplicated: behind,
    lagging: counts[LAGGING]!,
  })
  return {
    takenAt: frame.takenAt,
    spreadMs: 6,
    topics: frame.topics.names.length,
    reach: 'unknown',
    loss: LOSS_UNWATCHED,
    incident: null,
    plans: [],
    partitions: frame.partition.length,
    replicas: frame.replicaBroker.length,
    counts,
    minIsrUnknown: 0,
    headline,
    brokers: Array.from({ length: brokers }, (_, index) => buildBroker(index + 1)),
    sourceBroker: 1,
    intervalMs: 250,
    cadence: 'automatic',
    load: { requestsPerSecond: 12, bytesPerSecond: 38_000, heldMs: 0 },
    evictionWindowMs: 30_000,
    kafkaVersion: '4.4',
    controller: 3,
    voters: { live: 3, total: 3 },
    quorum: 'leads',
    nearest: null,
    departures: [],
    limits: [],
    disputed: 0,
    ...changes,
  }
}

export function buildIncident(changes: Partial<OpenIncident> = {}): OpenIncident {
  return {
    id: 214,
    began: { from: NOW - 260_500, to: NOW - 260_000 },
    phases: [],
    phasesLeftOut: 0,
    brokers: [2],
    worst: AT_MIN_ISR,
    most: [],
    topics: [],
    topicCount: 0,
    left: 0,
    leftLate: 0,
    elections: 0,
    lostAtLeast: 0,
    unread: 0,
    reopened: 0,
    planned: null,
    ...changes,
  }
}

export function buildReplica(broker: number, changes: Partial<LiveReplica> = {}): LiveReplica {
  return {
    broker,
    rack: rackOf(broker),
    inSync: true,
    adding: false,
    offline: false,
    answers: true,
    logEndOffset: 1_230_882,
    reason: '',
    readAt: NOW,
    lagRecords: 0,
    aheadRecords: 0,
    lateMs: 0,
    lateAtLeast: false,
    leavesFrom: Number.NaN,
    leavesTo: Number.NaN,
    catchUpRate: Number.NaN,
    caughtUpFrom: Number.NaN,
    caughtUpTo: Number.NaN,
    outSince: Number.NaN,
    ...changes,
  }
}

/** Broker 2 takes over and writes go on. */
export const buildLeaderStops = (changes: Partial<LeaderStops> = {}): LeaderStops => ({
  nextLeader: 2,
  from: 'isr',
  acceptsAcksAll: 'yes',
  uncleanElection: null,
  unclean: { broker: 3, lostRecords: 0 },
  fewestLost: { broker: 3, lostRecords: 0 },
  ...changes,
})

export function buildLive(changes: Partial<LivePartition> = {}): LivePartition {
  return {
    topic: 'payments.ledger',
    partition: 3,
    takenAt: NOW,
    spreadMs: 6,
    leader: 1,
    leaderEpoch: 41,
    state: HEALTHY,
    marks: 0,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    effectiveMinInSyncReplicas: 2,
    minInSyncReplicasSource: 1,
    highWatermark: 1_230_882,
    highWatermarkReason: '',
    underMinStopsConsumers: true,
    logStartOffset: 0,
    produceRate: 400,
    lagErrorRecords: 3,
    acceptsAcksAll: 'yes',
    tolerance: 1,
    preferredLeader: 1,
    leaderStops: buildLeaderStops(),
    elr: [],
    disputes: [],
    evictionWindowMs: 30_000,
    replicas: [buildReplica(1), buildReplica(3), buildReplica(2)],
    survivors: null,
    next: 0,
    nextFrom: Number.NaN,
    nextTo: Number.NaN,
    nextBroker: -1,
    ...changes,
  }
}

/** `lag(line, index)` in records; late by 1 ms per record. */
export function buildSeries(
  lines: readonly number[],
  points: number,
  lag: (line: number, index: number) => number,
  stepMs = 2000,
): LagSeries {
  const values = Float64Array.from({ length: points * lines.length }, (_, at) =>
    lag(lines[at % lines.length]!, Math.floor(at / lines.length)),
  )
  return {
    subject: 'partition payments.ledger 3',
    at: Float64Array.from({ length: points }, (_, index) => NOW - (points - 1 - index) * stepMs),
    lines: Int32Array.from(lines),
    lagRecords: values,
    lateMs: values.slice(),
    evictionWindowMs: 30_000,
    events: [],
  }
}
