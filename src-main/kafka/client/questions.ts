import type { OffsetColumns } from '../../domain/topology/columns'
import type {
  ConfigAnswer,
  EpochOf,
  OffsetsQuestion,
  PartitionProducers,
  QuorumAnswer,
  ReassignmentAnswer,
} from '../../ports/cluster-port'
import type { ApiVersionsResponse } from '../wire/api-versions'
import { RESOURCE_BROKER, RESOURCE_TOPIC } from '../wire/describe-configs'
import type { DescribeConfigsRequest, DescribeConfigsResponse } from '../wire/describe-configs'
import type { DescribeProducersRequest, DescribeProducersResponse } from '../wire/describe-producers'
import { NO_DIRECTORY } from '../wire/describe-quorum'
import type { DescribeQuorumResponse, QuorumReplica } from '../wire/describe-quorum'
import { REPLICA_CONSUMER, REPLICA_DEBUG, TIMESTAMP_EARLIEST, TIMESTAMP_LATEST } from '../wire/list-offsets-request'
import type { OffsetsQuestion as WireOffsetsQuestion } from '../wire/list-offsets-request'
import type { ListPartitionReassignmentsResponse } from '../wire/list-partition-reassignments'
import type { OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse } from '../wire/offset-for-leader-epoch'
import { kafkaError } from './kafka-errors'
import { KafkaError } from '../../shared/kafka-codes'

/* Between the port's words and the protocol's. Pure; a whole answer that is an error throws its PortError (kind 'kafka'). */

const METADATA_VERSION = 'metadata.version'

/**
 * As `MetadataColumns.metadataOffset`. Only a KRaft broker's epoch is an offset, and only KRaft brokers name metadata.version among the finalized features
 * (FinalizedFeatures.java). With ZooKeeper the epoch is the version of the node that holds the features, so it stands still while ISRs change (0 on 2.8.2).
 */
export const metadataOffsetOf = ({ finalizedFeatures, finalizedFeaturesEpoch }: ApiVersionsResponse): number =>
  finalizedFeaturesEpoch >= 0 && finalizedFeatures.some(({ name }) => name === METADATA_VERSION)
    ? finalizedFeaturesEpoch
    : Number.NaN

/**
 * Replica id -2 makes any replica answer for its own log; as a consumer (-1, isolation 0) only the leader answers, with the HW. A time looked up
 * has to be a consumer's question: what lies beyond the HW is nobody's yet.
 */
export function offsetsRequest({ what, atMs, rows, from, to }: OffsetsQuestion): WireOffsetsQuestion {
  const replicaId = what === 'high-watermark' || what === 'at-time' ? REPLICA_CONSUMER : REPLICA_DEBUG
  const latest = what === 'log-start' ? TIMESTAMP_EARLIEST : TIMESTAMP_LATEST
  // Left out it is no time at all, which the encoder refuses. Kafka's times are whole.
  return { replicaId, isolation: 0, timestamp: what === 'at-time' ? pastMs(atMs ?? NaN) : latest, rows, from, to }
}

/** Times below zero mean other things to ListOffsets. */
const pastMs = (atMs: number): number => Math.max(0, Math.floor(atMs))

/** Kafka's -1 for a time that no record has is an answer, not an unknown: the columns get it back. */
export function noneAtTime(columns: OffsetColumns): OffsetColumns {
  columns.offset.forEach((offset, row) => {
    if (Number.isNaN(offset) && columns.errors[row] === 0) columns.offset[row] = -1
  })
  return columns
}

/** Topics stand once, as Kafka takes the last of two entries of one name. */
export function epochsRequest(questions: readonly EpochOf[]): OffsetForLeaderEpochRequest {
  const topics = new Map<string, { partition: number; leaderEpoch: number }[]>()
  for (const { topic, partition, epoch } of questions) {
    const partitions = topics.get(topic) ?? []
    topics.set(topic, partitions)
    partitions.push({ partition, leaderEpoch: epoch })
  }
  return { topics: Array.from(topics, ([topic, partitions]) => ({ topic, partitions })) }
}

/** Aligned with the questions; NaN: refused, left out, or the leader knows of no such epoch (-1). */
export function epochsAnswer(
  questions: readonly EpochOf[],
  { topics }: OffsetForLeaderEpochResponse,
): readonly number[] {
  const ends = new Map<string, number>()
  for (const { topic, partitions } of topics)
    for (const { errorCode, partition, endOffset } of partitions)
      if (errorCode === 0 && endOffset >= 0) ends.set(`${topic}/${partition}`, endOffset)
  return questions.map(({ topic, partition }) => ends.get(`${topic}/${partition}`) ?? NaN)
}

export const producersRequest = (
  topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
): DescribeProducersRequest => ({
  topics: topics.map(({ topic, partitions }) => ({ name: topic, partitionIndexes: partitions })),
})

export const producersAnswer = ({ topics }: DescribeProducersResponse): readonly PartitionProducers[] =>
  topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, errorCode, activeProducers }) => ({
      topic: name,
      partition: partitionIndex,
      error: errorCode,
      producers: activeProducers.map(({ producerId, producerEpoch, lastSequence, ...transaction }) => ({
        id: producerId,
        epoch: producerEpoch,
        lastSequence,
        transacts: transaction.coordinatorEpoch >= 0 || transaction.currentTxnStartOffset >= 0,
      })),
    })),
  )

export function configsRequest(
  resources: readonly { readonly type: 'topic' | 'broker'; readonly name: string }[],
  keys: readonly string[] | null,
  extra: { readonly synonyms?: boolean; readonly docs?: boolean } = {},
): DescribeConfigsRequest {
  return {
    resources: resources.map(({ type, name }) => ({
      resourceType: type === 'topic' ? RESOURCE_TOPIC : RESOURCE_BROKER,
      resourceName: name,
      configurationKeys: keys,
    })),
    includeSynonyms: extra.synonyms ?? false,
    includeDocumentation: extra.docs ?? false,
  }
}

export function configAnswers({ results }: DescribeConfigsResponse): ConfigAnswer[] {
  return results.map(({ resourceType, resourceName, errorCode, errorMessage, configs }) => ({
    type: resourceType === RESOURCE_BROKER ? 'broker' : 'topic',
    name: resourceName,
    error: errorCode,
    message: errorMessage ?? '',
    entries: configs.map(
      ({ name, value, readOnly, configSource, isSensitive, configType, synonyms, documentation }) => ({
        name,
        value,
        readOnly,
        source: configSource,
        sensitive: isSensitive,
        type: configType,
        synonyms: synonyms.map((layer) => ({ value: layer.value, source: layer.source })),
        docs: documentation ?? '',
      }),
    ),
  }))
}

export function quorumAnswer({ errorCode, topics, nodes }: DescribeQuorumResponse, host: string): QuorumAnswer {
  const partition = topics[0]?.partitions[0]
  const error = errorCode === 0 ? (partition?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR) : errorCode
  if (partition === undefined || error !== 0) throw kafkaError('DescribeQuorum', error, host)
  const { leaderId, leaderEpoch, highWatermark, currentVoters, observers } = partition
  const members = (replicas: readonly QuorumReplica[]): QuorumAnswer['voters'] =>
    replicas.map(({ replicaId, replicaDirectoryId, logEndOffset, lastFetchTimestamp, lastCaughtUpTimestamp }) => ({
      id: replicaId,
      directory: replicaDirectoryId === NO_DIRECTORY ? '' : replicaDirectoryId,
      logEndOffset,
      lastFetchAt: lastFetchTimestamp,
      lastCaughtUpAt: lastCaughtUpTimestamp,
    }))
  return {
    leader: leaderId,
    epoch: leaderEpoch,
    highWatermark,
    voters: members(currentVoters),
    observers: members(observers),
    addresses: nodes.flatMap(({ nodeId, listeners: [first] }) =>
      first === undefined ? [] : [{ id: nodeId, host: first.host, port: first.port }],
    ),
  }
}

export function reassignmentAnswer(response: ListPartitionReassignmentsResponse, host: string): ReassignmentAnswer {
  if (response.errorCode !== 0) throw kafkaError('ListPartitionReassignments', response.errorCode, host)
  return {
    partitions: response.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        topic: name,
        partition: partitionIndex,
        replicas,
        adding: addingReplicas,
        removing: removingReplicas,
      })),
    ),
  }
}
