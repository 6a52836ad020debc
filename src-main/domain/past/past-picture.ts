import type { ClusterEvent } from '../../contract/history'
import {
  PAST_ROWS,
  PAST_TOPICS,
  type PastBoard,
  type PastBroker,
  type PastChange,
  type PastRow,
  type PastStanding,
  type PastTopic,
  type PastTopicLine,
} from '../../contract/past'
import type { BrokerSummary, ClusterSummary, Culprit } from '../../contract/summary'
import { STATE_NAMES, UNKNOWN } from '../../shared/states'
import { inSyncOf } from '../events/told-rows'
import type { Sliced } from '../slices'
import { REPLICA_IN_SYNC } from '../topology/columns'
import { UNCLEAN_OFF, UNCLEAN_ON } from '../topology/reading'
import { findPartition, topicIdOf, topicRows } from '../topology/topic-index'
import type { BrokersMoment } from './moment'
import { ROW_MOVING, ROW_TOLD, type TopicMoment } from './moment'
import { pastReading, type PastReading } from './past-reading'
import { PastTopics, placeOf } from './past-topics'

const ROWS_PER_PIECE = 512
/** More partitions than a cluster has. */
const PLACES = 2 ** 31

/** How the cluster stood up to a moment, and what was found of it only by the next look. */
export interface PastKnown {
  readonly at: number
  readonly topics: ReadonlyMap<string, TopicMoment>
  readonly brokers: BrokersMoment
  /** Seen after the moment, and perhaps so already. */
  readonly pending: readonly ClusterEvent[]
  readonly pendingTopics: ReadonlySet<string>
  readonly pendingBrokers: BrokersMoment | null
}

/** The cluster at one moment of the past. Nothing of it changes any more. */
export class PastPicture {
  private constructor(
    private readonly known: PastKnown,
    private readonly past: PastReading,
    private readonly summary: ClusterSummary,
    private readonly changes: ReadonlyMap<number, PastChange>,
    private readonly lines: readonly PastTopicLine[],
  ) {}

  static *of(known: PastKnown): Sliced<PastPicture> {
    const past = yield* pastReading(known.topics, known.brokers, known.at)
    const changes = changesOf(known, past)
    // One that was going from a state to another is in neither of them for certain.
    for (const [row, { before, after }] of changes) if (before.state !== after.state) past.columns.state[row] = UNKNOWN
    const summary = yield* past.summary()
    const lines = yield* linesOf(known, past)
    return new PastPicture(known, past, summary, changes, lines)
  }

  get board(): PastBoard {
    const { known, summary, changes, lines } = this
    const { headline } = summary
    return {
      at: known.at,
      headline: {
        offline: headline.offline,
        writesRefused: headline.writesRefused,
        oneLossAway: headline.oneLossAway,
        underReplicated: headline.underReplicated,
        halted: headline.halted,
        noListener: headline.noListener,
        culprit: headline.culprit === null ? null : withoutLag(headline.culprit),
        silent: headline.silent.map((one) => ({ ...one, fencedFrom: Number.NaN, fencedTo: Number.NaN })),
      },
      reach: summary.reach,
      topics: summary.topics,
      partitions: summary.partitions,
      replicas: summary.replicas,
      counts: summary.counts,
      minIsrUnknown: summary.minIsrUnknown,
      brokers: summary.brokers.map((one) => brokerOf(one, known)),
      controller: known.brokers.controller,
      voters: known.brokers.voters,
      quorum: known.brokers.quorum,
      kafkaVersion: known.brokers.kafkaVersion,
      changing: changes.size,
      lines: lines.slice(0, PAST_TOPICS),
    }
  }

  /** `partition` -1: all of them. */
  topic(topic: string, partition: number): PastTopic {
    const { known, past } = this
    const { topology } = past.reading
    const place = topicRows(topology).get(topic)
    const common = {
      at: known.at,
      topic,
      changing: known.pendingTopics.has(topic),
      lagRecords: Number.NaN,
    }
    if (place === undefined)
      return { ...common, is: 'absent', id: '', minIsr: -1, unclean: 'unknown', rows: [], partitions: 0 }
    const { minIsr, unclean } = known.topics.get(topic)!
    const first = topology.topicStart[place]!
    const end = topology.topicStart[place + 1]!
    const rows = partition < 0 ? this.worst(first, end) : [findPartition(topology, topic, partition)]
    return {
      ...common,
      is: 'there',
      id: topicIdOf(topology, topic),
      minIsr,
      unclean: unclean === UNCLEAN_ON ? 'on' : unclean === UNCLEAN_OFF ? 'off' : 'unknown',
      rows: rows.filter((row) => row >= 0).map((row) => this.row(row, minIsr)),
      partitions: end - first,
    }
  }

  private worst(from: number, end: number): number[] {
    const rows = Array.from({ length: end - from }, (_, at) => from + at)
    if (rows.length <= PAST_ROWS) return rows
    const { state } = this.past.columns
    return rows.sort((a, b) => state[b]! - state[a]! || a - b).slice(0, PAST_ROWS)
  }

  private row(row: number, minIsr: number): PastRow {
    const { reading, columns } = this.past
    const { topology } = reading
    return {
      ...standingOf(this.past, row),
      partition: topology.partition[row]!,
      marks: columns.marks[row]!,
      replicas: [...topology.replicaBroker.slice(topology.replicaStart[row], topology.replicaStart[row + 1])],
      minIsr,
      changing: this.changes.get(row) ?? null,
    }
  }
}

const standingOf = ({ reading, columns }: PastReading, row: number): PastStanding => ({
  state: columns.state[row]!,
  leader: reading.leader[row]!,
  epoch: reading.leaderEpoch[row]!,
  inSync: inSyncOf({ topology: reading.topology, replicaFlags: reading.replicaFlags }, row),
})

/** How slow it was is lag, and not kept. */
const withoutLag = (culprit: Culprit): Culprit =>
  culprit.cause === 'slow' || culprit.cause === 'recovering' ? { ...culprit, cause: 'unknown' } : culprit

function brokerOf(one: BrokerSummary, { brokers, pendingBrokers }: PastKnown): PastBroker {
  const then = brokers.brokers.find(({ id }) => id === one.id)
  const next = pendingBrokers?.brokers.find(({ id }) => id === one.id)
  return {
    id: one.id,
    host: one.host,
    port: one.port,
    rack: one.rack,
    listed: one.listed,
    noListener: one.noListener,
    answers: one.answers,
    answersSince: one.answersSince,
    course: then?.course ?? '',
    silence: one.silence,
    replicas: one.replicas,
    inSync: one.inSync,
    leaders: one.leaders,
    throttled: then?.throttled ?? false,
    changing: pendingBrokers !== null && JSON.stringify(then) !== JSON.stringify(next),
  }
}

/** Rows of which the next look found something else: as they stood before, and as they stood then. */
function changesOf(known: PastKnown, past: PastReading): Map<number, PastChange> {
  const { reading } = past
  const { topology } = reading
  const spans = new Map<number, { from: number; to: number }>()
  const after = new PastTopics()
  for (const event of known.pending) {
    const row = event.partition < 0 ? -1 : findPartition(topology, event.topic, event.partition)
    const topic = known.topics.get(event.topic)
    if (row < 0 || topic === undefined || (topic.flags[placeOf(topic, event.partition)]! & ROW_TOLD) === 0) continue
    if (!after.topics.has(event.topic)) after.take([structured(topic)])
    after.apply(event)
    const { from, to } = spans.get(row) ?? event
    spans.set(row, { from: Math.min(from, event.from), to: Math.max(to, event.to) })
  }
  const changes = new Map<number, PastChange>()
  for (const [row, span] of spans) {
    const before = standingOf(past, row)
    const topic = after.topics.get(topology.topicNames[topology.topicIndex[row]!]!)!
    write(past, row, topic)
    const then = standingOf(past, row)
    write(past, row, known.topics.get(topic.name)!)
    changes.set(row, { ...span, before, after: then })
  }
  return changes
}

const structured = (topic: TopicMoment): TopicMoment => ({
  ...topic,
  flags: [...topic.flags],
  leader: [...topic.leader],
  epoch: [...topic.epoch],
  inSync: [...topic.inSync],
})

function write({ reading, assess }: PastReading, row: number, topic: TopicMoment): void {
  const at = placeOf(topic, reading.topology.partition[row]!)
  const first = reading.topology.replicaStart[row]!
  reading.leader[row] = topic.leader[at]!
  reading.leaderEpoch[row] = topic.epoch[at]!
  reading.reassigning[row] = (topic.flags[at]! & ROW_MOVING) === 0 ? 0 : 1
  for (let replica = topic.start[at]!; replica < topic.start[at + 1]!; replica += 1)
    reading.replicaFlags[first + replica - topic.start[at]!] = topic.inSync[replica] ? REPLICA_IN_SYNC : 0
  assess(row, row + 1)
}

function* linesOf({ pendingTopics }: PastKnown, { reading, columns }: PastReading): Sliced<PastTopicLine[]> {
  const { topicNames, topicStart } = reading.topology
  // Few topics are equally bad at many sizes: put by their place at once, 10,000 of them are not sorted in one go.
  const lines = new Map<number, PastTopicLine[]>()
  for (const [place, topic] of topicNames.entries()) {
    const counts = STATE_NAMES.map(() => 0)
    for (let row = topicStart[place]!; row < topicStart[place + 1]!; row += 1) {
      counts[columns.state[row]!]! += 1
      if (row % ROWS_PER_PIECE === 0) yield
    }
    const worst = counts.findLastIndex((count) => count > 0)
    const rank = worst * PLACES + (counts[worst] ?? 0)
    const equals = lines.get(rank) ?? []
    lines.set(rank, equals)
    equals.push({
      topic,
      worst,
      partitions: topicStart[place + 1]! - topicStart[place]!,
      counts,
      changing: pendingTopics.has(topic),
    })
    if (place % ROWS_PER_PIECE === 0) yield
  }
  return [...lines].sort(([a], [b]) => b - a).flatMap(([, equals]) => equals)
}
