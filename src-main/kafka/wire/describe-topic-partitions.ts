import { defineCodec } from './codec'
import type { Reader } from './reader'
import type { Writer } from './writer'
import { ApiKey } from '../../shared/api-keys'

/** Where a paged answer stopped, to be sent back with the next question. */
export interface TopicPartitionCursor {
  readonly topicName: string
  readonly partitionIndex: number
}

export interface DescribeTopicPartitionsRequest {
  /** Empty = every topic the caller may see. */
  readonly topics: readonly { readonly name: string }[]
  /** Partitions per answer; brokers cut it to their own maximum (2000 by default). */
  readonly responsePartitionLimit: number
  readonly cursor: TopicPartitionCursor | null
}

export interface DescribedPartition {
  readonly errorCode: number
  readonly partitionIndex: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly replicaNodes: readonly number[]
  readonly isrNodes: readonly number[]
  /** Empty, not null, also where the ELR feature is off (seen on 3.9.1): only the finalized features tell. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  readonly lastKnownElr: readonly number[] | null
  readonly offlineReplicas: readonly number[]
}

export interface DescribedTopic {
  readonly errorCode: number
  readonly name: string | null
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: readonly DescribedPartition[]
  readonly topicAuthorizedOperations: number
}

export interface DescribeTopicPartitionsResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly DescribedTopic[]
  readonly nextCursor: TopicPartitionCursor | null
}

export const describeTopicPartitions = defineCodec<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>({
  apiKey: ApiKey.DescribeTopicPartitions,
  apiName: 'DescribeTopicPartitions',
  versions: [0],
  flexibleFrom: 0,
  write(w, request) {
    w.array(request.topics, 'Topics', ({ name }) => {
      w.string(name, 'Name')
      w.tags()
    })
    w.int32(request.responsePartitionLimit, 'ResponsePartitionLimit')
    writeCursor(w, request.cursor)
    w.tags()
  },
  read(r) {
    const response = {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      topics: r.array('Topics', 26, readTopic),
      nextCursor: readCursor(r),
    }
    r.tags()
    return response
  },
})

// A nullable struct has no length: an int8 says whether it is there (KIP-893).
function writeCursor(w: Writer, cursor: TopicPartitionCursor | null): void {
  w.int8(cursor === null ? -1 : 1, 'Cursor')
  if (cursor === null) return
  w.string(cursor.topicName, 'TopicName')
  w.int32(cursor.partitionIndex, 'PartitionIndex')
  w.tags()
}

function readCursor(r: Reader): TopicPartitionCursor | null {
  if (r.int8('NextCursor') < 0) return null
  const cursor = { topicName: r.string('TopicName'), partitionIndex: r.int32('PartitionIndex') }
  r.tags()
  return cursor
}

function readTopic(r: Reader): DescribedTopic {
  const topic = {
    errorCode: r.int16('ErrorCode'),
    name: r.nullableString('Name'),
    topicId: r.uuid('TopicId'),
    isInternal: r.boolean('IsInternal'),
    partitions: r.array('Partitions', 20, readPartition),
    topicAuthorizedOperations: r.int32('TopicAuthorizedOperations'),
  }
  r.tags()
  return topic
}

function readPartition(r: Reader): DescribedPartition {
  const partition = {
    errorCode: r.int16('ErrorCode'),
    partitionIndex: r.int32('PartitionIndex'),
    leaderId: r.int32('LeaderId'),
    leaderEpoch: r.int32('LeaderEpoch'),
    replicaNodes: r.int32s('ReplicaNodes'),
    isrNodes: r.int32s('IsrNodes'),
    eligibleLeaderReplicas: r.nullableInt32s('EligibleLeaderReplicas'),
    lastKnownElr: r.nullableInt32s('LastKnownElr'),
    offlineReplicas: r.int32s('OfflineReplicas'),
  }
  r.tags()
  return partition
}
