import type { PartitionColumns } from '../../src-main/contract/frame'
import { applyMetadata } from '../../src-main/domain/answers/apply-metadata'
import { assess, emptyColumns } from '../../src-main/domain/picture/assess'
import type { AssessOptions } from '../../src-main/domain/picture/assess'
import { Presences } from '../../src-main/domain/state/presences'
import { REPLICA_IN_SYNC, REPLICA_OFFLINE } from '../../src-main/domain/topology/columns'
import type { BrokerAddress, MetadataColumns } from '../../src-main/domain/topology/columns'
import { emptyReading } from '../../src-main/domain/topology/new-reading'
import { pairOf } from '../../src-main/domain/topology/reading'
import type { BrokerFacts, ClusterSettings, WritableReading } from '../../src-main/domain/topology/reading'
import { buildTopology, findPartition, findReplica } from '../../src-main/domain/topology/topology'

/** One partition as a table row: `isr` defaults to all replicas, `leader` to the first of them, `epoch` to 1. */
export interface PartitionRow {
  readonly number?: number
  readonly leader?: number
  readonly epoch?: number
  readonly replicas: readonly number[]
  readonly isr?: readonly number[]
  readonly offline?: readonly number[]
  readonly error?: number
}

export interface TopicRow {
  readonly name: string
  readonly error?: number
  readonly internal?: boolean
  /** Any number that is not 0; left out = the answer tells none. */
  readonly id?: number
  readonly partitions: readonly PartitionRow[]
}

export const broker = (id: number, rack: string | null = `rack-${id}`): BrokerAddress => ({
  id,
  host: `broker-${id}`,
  port: 9092,
  rack,
})

export const THREE_BROKERS = [broker(1), broker(2), broker(3)]

export function metadata(
  topics: readonly TopicRow[],
  brokers: readonly BrokerAddress[] = THREE_BROKERS,
): MetadataColumns {
  const rows = topics.flatMap((topic) => topic.partitions.map((row, place) => ({ number: place, ...row })))
  const starts = (lengths: readonly number[]): Uint32Array => {
    const result = [0]
    for (const length of lengths) result.push(result[result.length - 1]! + length)
    return Uint32Array.from(result)
  }
  const flags = (row: PartitionRow): number[] =>
    row.replicas.map(
      (id) =>
        ((row.isr ?? row.replicas).includes(id) ? REPLICA_IN_SYNC : 0) |
        (row.offline?.includes(id) === true ? REPLICA_OFFLINE : 0),
    )
  return {
    clusterId: 'a-cluster',
    metadataOffset: Number.NaN,
    controllerId: 1,
    brokers,
    topicNames: topics.map((topic) => topic.name),
    topicErrors: Int16Array.from(topics, (topic) => topic.error ?? 0),
    topicInternal: Uint8Array.from(topics, (topic) => (topic.internal === true ? 1 : 0)),
    topicIds: Int32Array.from(topics.flatMap((topic) => [0, 0, 0, topic.id ?? 0])),
    topicOperations: new Int32Array(topics.length).fill(-2147483648),
    topicStart: starts(topics.map((topic) => topic.partitions.length)),
    partition: Int32Array.from(rows, (row) => row.number),
    partitionErrors: Int16Array.from(rows, (row) => row.error ?? 0),
    leader: Int32Array.from(rows, (row) => row.leader ?? row.replicas[0] ?? -1),
    leaderEpoch: Int32Array.from(rows, (row) => row.epoch ?? 1),
    replicaStart: starts(rows.map((row) => row.replicas.length)),
    replicaBroker: Int32Array.from(rows.flatMap((row) => [...row.replicas])),
    replicaFlags: Uint8Array.from(rows.flatMap(flags)),
    strangeIsr: rows.flatMap((row, at) =>
      (row.isr ?? []).filter((id) => !row.replicas.includes(id)).map((id) => [at, id] as const),
    ),
  }
}

export const START = 1_000_000

/**
 * A reading that has seen one Metadata answer at `START` and every replica's LEO, which is 0; min ISR 2 from the cluster's default unless said
 * otherwise; one fetcher thread per broker.
 */
export function readingOf(
  topics: readonly TopicRow[],
  brokers: readonly BrokerAddress[] = THREE_BROKERS,
  minInSyncReplicas = 2,
): WritableReading {
  const meta = metadata(topics, brokers)
  const { topology, rowOf } = buildTopology(meta, null)
  const reading = emptyReading(topology)
  applyMetadata(reading, meta, rowOf, START, 1)
  reading.logEndOffset.fill(0)
  reading.minInSyncReplicas.fill(minInSyncReplicas)
  reading.minInSyncReplicasSource.fill(5)
  for (const { id } of brokers) reading.fetchers.set(id, 1)
  return reading
}

/** One topic `t` with these partitions. */
export const readingOfPartitions = (
  partitions: readonly PartitionRow[],
  minInSyncReplicas = 2,
  brokers = THREE_BROKERS,
): WritableReading => readingOf([{ name: 't', partitions }], brokers, minInSyncReplicas)

/** Applies another answer of the same topology. */
export function answer(
  reading: WritableReading,
  topics: readonly TopicRow[],
  now: number,
  brokers = THREE_BROKERS,
  source = 1,
): ReturnType<typeof applyMetadata> {
  const meta = metadata(topics, brokers)
  return applyMetadata(reading, meta, buildTopology(meta, reading.topology).rowOf, now, source)
}

export const rowIn = (reading: WritableReading, topic: string, partition: number): number =>
  findPartition(reading.topology, topic, partition)

/** Replica row of a broker in topic `t`. */
export const replicaIn = (reading: WritableReading, partition: number, id: number, topic = 't'): number =>
  findReplica(reading.topology, rowIn(reading, topic, partition), id)

/** Makes a follower late: last at its leader at `caughtUpAt`, where it was seen fetching, and behind for certain at its newest reading. */
export function makeLate(
  reading: WritableReading,
  replica: number,
  caughtUpAt: number,
  readAt: number,
  lagRecords = 100,
): void {
  reading.caughtUpAt[replica] = caughtUpAt
  reading.behindSince[replica] = caughtUpAt
  reading.sentAt[replica] = reading.readAt[replica] = readAt
  reading.logEndOffset[replica] = 0
  reading.lagRecords[replica] = lagRecords
  const { replicaPartition, replicaBroker } = reading.topology
  reading.fetchedAt.set(pairOf(reading.leader[replicaPartition[replica]!]!, replicaBroker[replica]!), caughtUpAt)
}

export const settings = (changes: Partial<ClusterSettings> = {}): ClusterSettings => ({
  evictionWindowMs: 30_000,
  evictionWindows: new Map(),
  sessionTimeoutMs: 9000,
  version: [4, 0],
  controllerSilent: false,
  ...changes,
})

/** Facts of brokers that all answer, but for the listed ones, silent since the given time. */
export function factsOf(
  ids: readonly number[],
  silentSince: Readonly<Record<number, number>> = {},
): Map<number, BrokerFacts> {
  const fact = (id: number): BrokerFacts => {
    const since = silentSince[id]
    if (since === undefined)
      return {
        id,
        answers: 'yes',
        answersSince: START,
        silence: '',
        answeredFrom: START,
        neverAnswered: false,
        heardAt: NaN,
        hearingAskedAt: NaN,
        returning: false,
        leadsTo: '',
        latencyMs: 2,
      }
    return {
      id,
      answers: 'no',
      answersSince: since,
      silence: 'timeout',
      answeredFrom: Number.NEGATIVE_INFINITY,
      neverAnswered: false,
      heardAt: NaN,
      // The controllers were asked since, and do not hear it either.
      hearingAskedAt: since + 2000,
      returning: false,
      leadsTo: '',
      latencyMs: NaN,
    }
  }
  return new Map(ids.map((id) => [id, fact(id)]))
}

/** Facts of brokers that all answer, but for those that are asked anew and were not heard yet. */
export function factsUnheard(ids: readonly number[], unheard: readonly number[]): Map<number, BrokerFacts> {
  const facts = factsOf(ids)
  for (const id of unheard)
    facts.set(id, { ...facts.get(id)!, answers: 'connecting', answeredFrom: NaN, neverAnswered: true, latencyMs: NaN })
  return facts
}

export interface Judgement {
  readonly facts?: ReadonlyMap<number, BrokerFacts>
  readonly settings?: ClusterSettings
  readonly options?: Partial<AssessOptions>
}

export function judge(reading: WritableReading, how: Judgement = {}): PartitionColumns {
  const out = emptyColumns(reading.leader.length)
  const options = { now: START, lateAfterMs: 1000, ...how.options }
  assess(
    reading,
    new Presences(how.facts ?? factsOf([1, 2, 3]), options.now, reading.withoutListener),
    how.settings ?? settings(),
    options,
    out,
  )
  return out
}
