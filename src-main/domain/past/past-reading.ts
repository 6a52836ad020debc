import { LOSS_UNWATCHED, type ClusterSummary } from '../../contract/summary'
import type { PartitionColumns } from '../../contract/frame'
import { AT_MIN_ISR, UNDER_REPLICATED, UNKNOWN } from '../../shared/states'
import { KafkaError } from '../../shared/kafka-codes'
import { LATE_AFTER_MS } from '../lag/lateness'
import { assess, emptyColumns } from '../picture/assess'
import { summaryPass } from '../picture/summary'
import { blocks, type Sliced } from '../slices'
import { Presences } from '../state/presences'
import { NEVER_TOLD, REPLICA_IN_SYNC } from '../topology/columns'
import { emptyReadingPass } from '../topology/new-reading'
import {
  UNREAD_SETTINGS,
  type BrokerFacts,
  type ClusterSettings,
  type Topology,
  type TopologyColumns,
  type WritableReading,
} from '../topology/reading'
import { sortNames } from '../topology/sort-names'
import { rememberTopicRows } from '../topology/topic-index'
import { ROW_MOVING, ROW_TOLD, type BrokersMoment, type TopicMoment } from './moment'

const ROWS_PER_PIECE = 512
const BLOCK = 1_024

/** A cluster as it was, in the columns that the rules of the present take. Of lag nothing is known: nobody is called late, and whoever shows a state says so. */
export interface PastReading {
  readonly reading: WritableReading
  readonly columns: PartitionColumns
  /** Judges rows anew after the reading was written. */
  readonly assess: (from: number, to: number) => void
  summary(): Sliced<ClusterSummary>
}

export function* pastReading(
  topics: ReadonlyMap<string, TopicMoment>,
  brokers: BrokersMoment,
  at: number,
): Sliced<PastReading> {
  const names = [...topics.keys()]
  const ordered = Array.from(yield* sortNames(names), (place) => topics.get(names[place]!)!)
  const topology = yield* layOutPast(ordered)
  const reading = yield* emptyReadingPass(topology)
  yield* fill(reading, ordered)
  reading.brokers = brokers.brokers
    .filter(({ listed }) => listed)
    .map(({ id, host, port, rack }) => ({ id, host, port, rack }))
  reading.withoutListener = new Set(brokers.brokers.filter(({ noListener }) => noListener).map(({ id }) => id))
  reading.metadataAt = at
  for (const { id, course, answersSince, answers } of brokers.brokers)
    if (course === 'leaving') reading.handedOver.set(id, answers === 'yes' ? at : answersSince)
  const facts = new Map(brokers.brokers.filter(({ noListener }) => !noListener).map((one) => [one.id, factOf(one)]))
  const presences = new Presences(facts, at, reading.withoutListener)
  const settings: ClusterSettings = {
    ...UNREAD_SETTINGS,
    version: brokers.version,
    controllerSilent: brokers.quorum === 'silent',
  }
  const columns = emptyColumns(topology.partition.length)
  const options = { now: at, lateAfterMs: LATE_AFTER_MS, catchUpRate: () => Number.NaN }
  const judge = (from: number, to: number): void => {
    assess(reading, presences, settings, options, columns, from, to)
    for (let row = from; row < to; row += 1) leaveOpen(reading, columns, row)
  }
  yield* blocks(topology.partition.length, BLOCK, judge)
  return {
    reading,
    columns,
    assess: judge,
    summary: () =>
      summaryPass({
        reading,
        columns,
        presences,
        settings,
        ...options,
        read: true,
        previous: null,
        seenAt: Number.NaN,
        gap: false,
        nearest: null,
        departures: null,
        addresses: new Map(brokers.brokers.map((one) => [one.id, one])),
        reach: brokers.reach,
        loss: LOSS_UNWATCHED,
        incident: null,
        plans: [],
        takenAt: at,
        spreadMs: Number.NaN,
        intervalMs: Number.NaN,
        cadence: 'automatic',
        load: { requestsPerSecond: Number.NaN, bytesPerSecond: Number.NaN, heldMs: Number.NaN },
        kafkaVersion: brokers.kafkaVersion,
        controller: brokers.controller,
        quorum: brokers.quorum,
        voters: null,
        limits: [],
        throttled: new Set(brokers.brokers.filter(({ throttled }) => throttled).map(({ id }) => id)),
      }),
  }
}

/** Which replicas a reassignment was adding is not kept, and so not whether one that was out of the ISR was missing. */
function leaveOpen(reading: WritableReading, columns: PartitionColumns, row: number): void {
  const state = columns.state[row]
  if (reading.reassigning[row] === 1 && (state === UNDER_REPLICATED || state === AT_MIN_ISR))
    columns.state[row] = UNKNOWN
}

const factOf = (one: BrokersMoment['brokers'][number]): BrokerFacts => ({
  id: one.id,
  answers: one.answers,
  answersSince: one.answersSince,
  silence: one.silence,
  // That it was leaving is kept by itself.
  answeredFrom: one.answersSince,
  neverAnswered: false,
  heardAt: Number.NaN,
  hearingAskedAt: Number.NaN,
  returning: one.course === 'returning',
  leadsTo: one.leadsTo,
  latencyMs: Number.NaN,
})

function* layOutPast(topics: readonly TopicMoment[]): Sliced<Topology> {
  yield
  const partitions = topics.reduce((sum, { partition }) => sum + partition.length, 0)
  const replicas = topics.reduce((sum, { broker }) => sum + broker.length, 0)
  const topology: TopologyColumns = {
    topicNames: topics.map(({ name }) => name),
    topicInternal: Uint8Array.from(topics, ({ internal }) => (internal ? 1 : 0)),
    topicIds: Int32Array.from(topics.flatMap(({ id }) => id)),
    topicStart: new Uint32Array(topics.length + 1),
    topicIndex: new Uint32Array(partitions),
    partition: new Int32Array(partitions),
    replicaStart: new Uint32Array(partitions + 1),
    replicaBroker: new Int32Array(replicas),
    replicaPartition: new Uint32Array(replicas),
  }
  yield
  let row = 0
  let replica = 0
  for (const [place, topic] of topics.entries()) {
    for (let at = 0; at < topic.partition.length; at += 1) {
      topology.topicIndex[row] = place
      topology.partition[row] = topic.partition[at]!
      for (let from = topic.start[at]!; from < topic.start[at + 1]!; from += 1) {
        topology.replicaBroker[replica] = topic.broker[from]!
        topology.replicaPartition[replica++] = row
      }
      topology.replicaStart[++row] = replica
      if (row % ROWS_PER_PIECE === 0) yield
    }
    topology.topicStart[place + 1] = row
  }
  yield
  rememberTopicRows(topology, new Map(topology.topicNames.map((name, place) => [name, place])))
  return topology
}

function* fill(reading: WritableReading, topics: readonly TopicMoment[]): Sliced<void> {
  // With their leaders as far as anybody knows: an end that is not read would make every partition unknown.
  reading.logEndOffset.fill(0)
  yield
  reading.lagRecords.fill(0)
  yield
  let row = 0
  for (const [place, topic] of topics.entries()) {
    reading.minInSyncReplicas[place] = topic.minIsr
    reading.uncleanElection[place] = topic.unclean
    for (let at = 0; at < topic.partition.length; at += 1) {
      const flags = topic.flags[at]!
      reading.metadataError[row] = (flags & ROW_TOLD) === 0 ? NEVER_TOLD : KafkaError.NONE
      reading.reassigning[row] = (flags & ROW_MOVING) === 0 ? 0 : 1
      reading.leader[row] = topic.leader[at]!
      reading.leaderEpoch[row] = topic.epoch[at]!
      for (let from = topic.start[at]!; from < topic.start[at + 1]!; from += 1)
        reading.replicaFlags[reading.topology.replicaStart[row]! + from - topic.start[at]!] = topic.inSync[from]
          ? REPLICA_IN_SYNC
          : 0
      row += 1
      if (row % ROWS_PER_PIECE === 0) yield
    }
  }
}
