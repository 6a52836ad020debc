import { defineCodec } from './codec'
import { ApiKey } from '../../shared/api-keys'

export interface DescribeShareGroupOffsetsRequest {
  readonly groups: readonly {
    readonly groupId: string
    /** null = every partition the group has a state of. */
    readonly topics: readonly { readonly topicName: string; readonly partitions: readonly number[] }[] | null
  }[]
}

/** How far share groups are (KIP-932). Asked at the group's coordinator. */
export interface DescribeShareGroupOffsetsResponse {
  readonly throttleTimeMs: number
  readonly groups: readonly {
    readonly groupId: string
    readonly topics: readonly {
      readonly topicName: string
      readonly topicId: string
      readonly partitions: readonly {
        readonly partitionIndex: number
        /** First record that is not done with: some behind it may be. -1 = the group has not begun here. */
        readonly startOffset: number
        readonly leaderEpoch: number
        /** Records from the start offset on that are not done with; -1 not told, as in v0. */
        readonly lag: number
        readonly errorCode: number
        readonly errorMessage: string | null
      }[]
    }[]
    readonly errorCode: number
    readonly errorMessage: string | null
  }[]
}

/** v0 from 4.1, v1 with the lag from 4.3.1 (KIP-1226). */
export const describeShareGroupOffsets = defineCodec<
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse
>({
  apiKey: ApiKey.DescribeShareGroupOffsets,
  apiName: 'DescribeShareGroupOffsets',
  versions: [1, 0],
  flexibleFrom: 0,
  write(w, { groups }) {
    w.array(groups, 'Groups', ({ groupId, topics }) => {
      w.string(groupId, 'GroupId')
      w.array(topics, 'Topics', ({ topicName, partitions }) => {
        w.string(topicName, 'TopicName')
        w.int32s(partitions, 'Partitions')
        w.tags()
      })
      w.tags()
    })
    w.tags()
  },
  read(r, version) {
    const partition = () => {
      const one = {
        partitionIndex: r.int32('PartitionIndex'),
        startOffset: r.int64('StartOffset'),
        leaderEpoch: r.int32('LeaderEpoch'),
        lag: version >= 1 ? r.int64('Lag') : -1,
        errorCode: r.int16('ErrorCode'),
        errorMessage: r.nullableString('ErrorMessage'),
      }
      r.tags()
      return one
    }
    const topic = () => {
      const one = {
        topicName: r.string('TopicName'),
        topicId: r.uuid('TopicId'),
        partitions: r.array('Partitions', 20, partition),
      }
      r.tags()
      return one
    }
    const group = () => {
      const one = {
        groupId: r.string('GroupId'),
        topics: r.array('Topics', 19, topic),
        errorCode: r.int16('ErrorCode'),
        errorMessage: r.nullableString('ErrorMessage'),
      }
      r.tags()
      return one
    }
    const response = { throttleTimeMs: r.int32('ThrottleTimeMs'), groups: r.array('Groups', 6, group) }
    r.tags()
    return response
  },
})
