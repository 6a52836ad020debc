import type { FolderOfReplicas, GroupList, GroupOffsets, RecordSample, ReplicaSizes } from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import type { MetadataColumns } from '../../domain/topology/columns'
import type { DescribeClusterResponse } from '../wire/describe-cluster'
import type { DescribeLogDirsResponse, LogDir } from '../wire/describe-log-dirs'
import type {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '../wire/describe-share-group-offsets'
import type { FetchRequest, FetchResponse } from '../wire/fetch'
import type { ListGroupsResponse } from '../wire/list-groups'
import type { OffsetFetchRequest, OffsetFetchResponse } from '../wire/offset-fetch'
import { readRecordBatches } from '../wire/record-batches'
import { kafkaError } from './kafka-errors'
import { OPERATIONS_NOT_TOLD } from '../../shared/acl-operations'
import { KafkaError } from '../../shared/kafka-codes'

/* What plans ask, between the port's words and the protocol's. Pure; a whole answer that is an error throws its PortError. */

type Asked = readonly { readonly topic: string; readonly partitions: readonly number[] }[]

/** The groups' own 'nothing committed'. */
const NOTHING_COMMITTED = -1
/** PartitionFactory.UNINITIALIZED_START_OFFSET of the brokers' share coordinator. */
const NOT_BEGUN = -1
/** ShareGroup.PROTOCOL_TYPE; ListGroups tells it in every version. */
const SHARE = 'share'

/** A broker has at least one directory, so an answer without any is v1's way to refuse (seen on 2.8.2 and 4.4.0). */
function logDirsOf({ errorCode, results }: DescribeLogDirsResponse, host: string): readonly LogDir[] {
  if (errorCode !== 0) throw kafkaError('DescribeLogDirs', errorCode, host)
  if (results.length > 0) return results
  throw new PortError(
    'not-authorized',
    'kafka',
    `${host} shows no log directories: Describe on the cluster is missing`,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
    host,
  )
}

export const sizesAnswer = (answer: DescribeLogDirsResponse, host: string): ReplicaSizes => ({
  replicas: logDirsOf(answer, host).flatMap(({ topics }) =>
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, partitionSize }) => ({
        topic: name,
        partition: partitionIndex,
        bytes: partitionSize,
      })),
    ),
  ),
})

/** Directories without a replica that was asked for are left out; one that failed tells no replicas. A replica on its way to another directory is in both, as its bytes are. */
export const disksAnswer = (answer: DescribeLogDirsResponse, host: string): readonly FolderOfReplicas[] =>
  logDirsOf(answer, host)
    .map(({ logDir, usableBytes, topics }) => ({
      folder: logDir,
      freeBytes: usableBytes < 0 ? Number.NaN : usableBytes,
      topics: topics.flatMap(({ name, partitions }) =>
        partitions.length === 0 ? [] : [{ topic: name, replicas: partitions.length }],
      ),
    }))
    .filter(({ topics }) => topics.length > 0)

/** A directory that failed stays in the list, with its error and without replicas (ReplicaManager.describeLogDirs). */
export const failedLogDirsAnswer = (answer: DescribeLogDirsResponse, host: string): readonly string[] =>
  logDirsOf(answer, host)
    .filter(({ errorCode }) => errorCode === KafkaError.KAFKA_STORAGE_ERROR)
    .map(({ logDir }) => logDir)

export function groupsAnswer({ errorCode, groups }: ListGroupsResponse, host: string): GroupList {
  if (errorCode !== 0) throw kafkaError('ListGroups', errorCode, host)
  return { groups: groups.map(({ groupId, protocolType }) => ({ id: groupId, share: protocolType === SHARE })) }
}

export function groupOffsetsRequest(group: string, topics: Asked): OffsetFetchRequest {
  return {
    groupId: group,
    topics: topics.map(({ topic, partitions }) => ({ name: topic, partitionIndexes: partitions })),
  }
}

/** One partition that is refused makes the whole unknown: a group that seems to have no offset there would pass for safe. */
export function groupOffsetsAnswer({ errorCode, topics }: OffsetFetchResponse, host: string): GroupOffsets {
  const rows = topics.flatMap(({ name, partitions }) => partitions.map((one) => ({ ...one, topic: name })))
  const error = errorCode === 0 ? (rows.find((row) => row.errorCode !== 0)?.errorCode ?? 0) : errorCode
  if (error !== 0) throw kafkaError('OffsetFetch', error, host)
  return {
    partitions: rows
      .filter(({ committedOffset }) => committedOffset !== NOTHING_COMMITTED)
      .map(({ topic, partitionIndex, committedOffset }) => ({
        topic,
        partition: partitionIndex,
        offset: committedOffset,
      })),
  }
}

export function shareOffsetsRequest(group: string, topics: Asked): DescribeShareGroupOffsetsRequest {
  return {
    groups: [{ groupId: group, topics: topics.map(({ topic, partitions }) => ({ topicName: topic, partitions })) }],
  }
}

/** As of other groups one partition that is refused makes the whole unknown, and so does an answer that is not about this group. */
export function shareOffsetsAnswer(
  group: string,
  { groups }: DescribeShareGroupOffsetsResponse,
  host: string,
): GroupOffsets {
  const own = groups.find(({ groupId }) => groupId === group)
  const rows = (own?.topics ?? []).flatMap(({ topicName, partitions }) =>
    partitions.map((one) => ({ ...one, topic: topicName })),
  )
  const refused = rows.find(({ errorCode }) => errorCode !== 0)?.errorCode ?? 0
  const error = own === undefined ? KafkaError.UNKNOWN_SERVER_ERROR : own.errorCode === 0 ? refused : own.errorCode
  if (error !== 0) throw kafkaError('DescribeShareGroupOffsets', error, host)
  return {
    partitions: rows
      .filter(({ startOffset }) => startOffset !== NOT_BEGUN)
      .map(({ topic, partitionIndex, startOffset }) => ({ topic, partition: partitionIndex, offset: startOffset })),
  }
}

/** Answers at once with what is there. */
export function sampleRequest(topic: string, partition: number, offset: number, maxBytes: number): FetchRequest {
  return {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes,
    topics: [{ topic, partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: maxBytes }] }],
  }
}

/** Whole batches: the first one may begin before the offset asked for. Transaction markers are left out. */
export function sampleAnswer({ errorCode, responses }: FetchResponse, host: string): RecordSample {
  const partition = responses[0]?.partitions[0]
  const error = errorCode === 0 ? (partition?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR) : errorCode
  if (error !== 0) throw kafkaError('Fetch', error, host)
  const all =
    partition?.records === undefined || partition.records === null ? [] : readRecordBatches('Fetch', partition.records)
  const batches = all.filter(({ control }) => !control)
  const sample = { batches: batches.length, records: 0, withoutKey: 0, unreadable: 0, largestBatchBytes: 0 }
  for (const { records, withoutKey, sizeBytes } of batches) {
    sample.records += records
    if (withoutKey === null) sample.unreadable += records
    else sample.withoutKey += withoutKey
    sample.largestBatchBytes = Math.max(sample.largestBatchBytes, sizeBytes)
  }
  const last = batches.at(-1)
  return {
    ...sample,
    compression: last?.compression ?? '',
    firstOffset: batches[0]?.baseOffset ?? -1,
    lastOffset: last?.lastOffset ?? -1,
  }
}

export function operationsAnswer({
  topicNames,
  topicErrors,
  topicOperations,
}: MetadataColumns): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  topicNames.forEach((name, topic) => {
    const operations = topicOperations[topic] ?? OPERATIONS_NOT_TOLD
    if (topicErrors[topic] === 0 && operations !== OPERATIONS_NOT_TOLD) told.set(name, operations)
  })
  return told
}

export function clusterOperationsAnswer(
  { errorCode, clusterAuthorizedOperations }: DescribeClusterResponse,
  host: string,
): number | null {
  if (errorCode !== 0) throw kafkaError('DescribeCluster', errorCode, host)
  return clusterAuthorizedOperations === OPERATIONS_NOT_TOLD ? null : clusterAuthorizedOperations
}
