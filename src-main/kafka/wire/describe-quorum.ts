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

/** What stands for the directory of a replica that names none: static quorums (kraft.version 0), and v1, which has no such field. */
export const NO_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAA'

/** Times are the quorum leader's clock in ms, -1 unknown. A dead voter keeps its last figures. */
export interface QuorumReplica {
  readonly replicaId: number
  /** Of its metadata log, base64url as `Reader.uuid`; NO_DIRECTORY = not told. */
  readonly replicaDirectoryId: string
  readonly logEndOffset: number
  readonly lastFetchTimestamp: number
  readonly lastCaughtUpTimestamp: number
}

export interface QuorumPartition {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly errorMessage: string | null
  /** The active controller on KRaft. */
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly highWatermark: number
  readonly currentVoters: readonly QuorumReplica[]
  readonly observers: readonly QuorumReplica[]
}

/** A controller and where it listens for the others (v2). */
export interface QuorumNode {
  readonly nodeId: number
  readonly listeners: readonly { readonly name: string; readonly host: string; readonly port: number }[]
}

export interface DescribeQuorumResponse {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly topics: readonly { readonly topicName: string; readonly partitions: readonly QuorumPartition[] }[]
  readonly nodes: readonly QuorumNode[]
}

export const describeQuorum = defineCodec<DescribeQuorumRequest, DescribeQuorumResponse>({
  apiKey: ApiKey.DescribeQuorum,
  apiName: 'DescribeQuorum',
  versions: [2, 1],
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
  read(r, version) {
    const response = {
      errorCode: r.int16('ErrorCode'),
      errorMessage: version >= 2 ? r.nullableString('ErrorMessage') : null,
      topics: r.array('Topics', 3, () => {
        const topic = {
          topicName: r.string('TopicName'),
          partitions: r.array('Partitions', 25, () => readPartition(r, version)),
        }
        r.tags()
        return topic
      }),
      nodes: version >= 2 ? r.array('Nodes', 6, readNode) : [],
    }
    r.tags()
    return response
  },
})

function readPartition(r: Reader, version: number): QuorumPartition {
  const replica = (): QuorumReplica => readReplica(r, version)
  const partition = {
    partitionIndex: r.int32('PartitionIndex'),
    errorCode: r.int16('ErrorCode'),
    errorMessage: version >= 2 ? r.nullableString('ErrorMessage') : null,
    leaderId: r.int32('LeaderId'),
    leaderEpoch: r.int32('LeaderEpoch'),
    highWatermark: r.int64('HighWatermark'),
    currentVoters: r.array('CurrentVoters', 29, replica),
    observers: r.array('Observers', 29, replica),
  }
  r.tags()
  return partition
}

function readReplica(r: Reader, version: number): QuorumReplica {
  const replica = {
    replicaId: r.int32('ReplicaId'),
    replicaDirectoryId: version >= 2 ? r.uuid('ReplicaDirectoryId') : NO_DIRECTORY,
    logEndOffset: r.int64('LogEndOffset'),
    lastFetchTimestamp: r.int64('LastFetchTimestamp'),
    lastCaughtUpTimestamp: r.int64('LastCaughtUpTimestamp'),
  }
  r.tags()
  return replica
}

function readNode(r: Reader): QuorumNode {
  const node = {
    nodeId: r.int32('NodeId'),
    listeners: r.array('Listeners', 5, () => {
      // An unsigned 16-bit number, which the reader's int16 gives below zero in its upper half.
      const listener = { name: r.string('Name'), host: r.string('Host'), port: r.int16('Port') & 0xffff }
      r.tags()
      return listener
    }),
  }
  r.tags()
  return node
}
