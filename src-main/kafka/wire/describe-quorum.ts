import { defineCodec } from './codec'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

export interface DescribeQuorumRequest {
  readonly topics: readonly {
    readonly topicName: string
    readonly partitions: readonly { readonly partitionIndex: number }[]
  }[]
}

/** The one question there is to ask: the controllers' own log. */
export const METADATA_QUORUM: DescribeQuorumRequest = {
  topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }],
}

/** Times are the quorum leader's clock in ms, -1 unknown. A dead voter keeps its last figures. */
export interface QuorumReplica {
  readonly replicaId: number
  readonly logEndOffset: number
  readonly lastFetchTimestamp: number
  readonly lastCaughtUpTimestamp: number
}

export interface QuorumPartition {
  readonly partitionIndex: number
  readonly errorCode: number
  /** The active controller on KRaft. */
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly highWatermark: number
  readonly currentVoters: readonly QuorumReplica[]
  readonly observers: readonly QuorumReplica[]
}

export interface DescribeQuorumResponse {
  readonly errorCode: number
  readonly topics: readonly { readonly topicName: string; readonly partitions: readonly QuorumPartition[] }[]
}

export const describeQuorum = defineCodec<DescribeQuorumRequest, DescribeQuorumResponse>({
  apiKey: ApiKey.DescribeQuorum,
  apiName: 'DescribeQuorum',
  versions: [1],
  flexibleFrom: 0,
  tellsThrottle: false,
  write(w, request) {
    w.array(request.topics, 'Topics', ({ topicName, partitions }) => {
      w.string(topicName, 'TopicName')
      w.array(partitions, 'Partitions', ({ partitionIndex }) => {
        w.int32(partitionIndex, 'PartitionIndex')
        w.tags()
      })
      w.tags()
    })
    w.tags()
  },
  // No throttle time here, unlike every other answer.
  read(r) {
    const response = {
      errorCode: r.int16('ErrorCode'),
      topics: r.array('Topics', 3, () => {
        const topic = { topicName: r.string('TopicName'), partitions: r.array('Partitions', 25, readPartition) }
        r.tags()
        return topic
      }),
    }
    r.tags()
    return response
  },
})

function readPartition(r: Reader): QuorumPartition {
  const partition = {
    partitionIndex: r.int32('PartitionIndex'),
    errorCode: r.int16('ErrorCode'),
    leaderId: r.int32('LeaderId'),
    leaderEpoch: r.int32('LeaderEpoch'),
    highWatermark: r.int64('HighWatermark'),
    currentVoters: r.array('CurrentVoters', 29, readReplica),
    observers: r.array('Observers', 29, readReplica),
  }
  r.tags()
  return partition
}

function readReplica(r: Reader): QuorumReplica {
  const replica = {
    replicaId: r.int32('ReplicaId'),
    logEndOffset: r.int64('LogEndOffset'),
    lastFetchTimestamp: r.int64('LastFetchTimestamp'),
    lastCaughtUpTimestamp: r.int64('LastCaughtUpTimestamp'),
  }
  r.tags()
  return replica
}
