import { defineCodec } from './codec'
import { ApiKey } from '../../shared/api-keys'

export interface OffsetForLeaderEpochRequest {
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      /** The epoch to ask about. */
      readonly leaderEpoch: number
    }[]
  }[]
}

export interface OffsetForLeaderEpochResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly {
    readonly topic: string
    /** `leaderEpoch`: the largest epoch not above the one asked for; `endOffset`: where it ended. Both -1 unknown. */
    readonly partitions: readonly {
      readonly errorCode: number
      readonly partition: number
      readonly leaderEpoch: number
      readonly endOffset: number
    }[]
  }[]
}

// "Debugging client": followers refuse this question from it too (seen on 4.4.0), but the id takes part in nothing.
const REPLICA_ID = -2
const ANY_EPOCH = -1

/**
 * Where an epoch ended in the leader's log: the point to which a follower of that epoch truncates. Leaders only (6 on
 * followers).
 */
export const offsetForLeaderEpoch = defineCodec<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>({
  apiKey: ApiKey.OffsetForLeaderEpoch,
  apiName: 'OffsetForLeaderEpoch',
  versions: [3],
  flexibleFrom: 4,
  write(w, request) {
    w.int32(REPLICA_ID, 'ReplicaId')
    w.array(request.topics, 'Topics', ({ topic, partitions }) => {
      w.string(topic, 'Topic')
      w.array(partitions, 'Partitions', ({ partition, leaderEpoch }) => {
        w.int32(partition, 'Partition')
        w.int32(ANY_EPOCH, 'CurrentLeaderEpoch')
        w.int32(leaderEpoch, 'LeaderEpoch')
      })
    })
  },
  read(r) {
    return {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      topics: r.array('Topics', 6, () => ({
        topic: r.string('Topic'),
        partitions: r.array('Partitions', 18, () => ({
          errorCode: r.int16('ErrorCode'),
          partition: r.int32('Partition'),
          leaderEpoch: r.int32('LeaderEpoch'),
          endOffset: r.int64('EndOffset'),
        })),
      })),
    }
  },
})
