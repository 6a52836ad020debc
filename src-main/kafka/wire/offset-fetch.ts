import { defineCodec } from './codec'
import { ApiKey } from '../../shared/api-keys'

export interface OffsetFetchRequest {
  readonly groupId: string
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[]
}

export interface OffsetFetchResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly {
      readonly partitionIndex: number
      /** -1 = the group has committed nothing here, which a group that does not exist says of every partition. */
      readonly committedOffset: number
      readonly committedLeaderEpoch: number
      readonly metadata: string | null
      readonly errorCode: number
    }[]
  }[]
  readonly errorCode: number
}

/** v5, spoken from 2.1 to 4.4; later ones ask for several groups at once and wait for open transactions. */
export const offsetFetch = defineCodec<OffsetFetchRequest, OffsetFetchResponse>({
  apiKey: ApiKey.OffsetFetch,
  apiName: 'OffsetFetch',
  versions: [5],
  flexibleFrom: 6,
  write(w, request) {
    w.string(request.groupId, 'GroupId')
    w.array(request.topics, 'Topics', ({ name, partitionIndexes }) => {
      w.string(name, 'Name')
      w.int32s(partitionIndexes, 'PartitionIndexes')
    })
  },
  read(r) {
    return {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      topics: r.array('Topics', 6, () => ({
        name: r.string('Name'),
        partitions: r.array('Partitions', 20, () => ({
          partitionIndex: r.int32('PartitionIndex'),
          committedOffset: r.int64('CommittedOffset'),
          committedLeaderEpoch: r.int32('CommittedLeaderEpoch'),
          metadata: r.nullableString('Metadata'),
          errorCode: r.int16('ErrorCode'),
        })),
      })),
      errorCode: r.int16('ErrorCode'),
    }
  },
})
