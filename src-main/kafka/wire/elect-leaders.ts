import { defineCodec } from './codec'
import { eachOnce } from './each-once'
import { ApiKey } from '../../shared/api-keys'

/** The only kind we ask for: an unclean one may lose acknowledged records, and the topic's own setting is not asked (seen on 4.4.0). */
export const ELECTION_PREFERRED = 0

export interface ElectLeadersRequest {
  readonly electionType: number
  /** Kafka's null (every partition of the cluster) is left out on purpose: nobody means it by accident and lives. */
  readonly topicPartitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
  readonly timeoutMs: number
}

export interface ElectLeadersResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly replicaElectionResults: readonly {
    readonly topic: string
    /** NONE = done, ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, ELIGIBLE_LEADERS_NOT_AVAILABLE (no live replica). */
    readonly partitionResult: readonly {
      readonly partitionId: number
      readonly errorCode: number
      readonly errorMessage: string | null
    }[]
  }[]
}

export const electLeaders = defineCodec<ElectLeadersRequest, ElectLeadersResponse>({
  apiKey: ApiKey.ElectLeaders,
  apiName: 'ElectLeaders',
  versions: [1],
  flexibleFrom: 2,
  write(w, request) {
    w.int8(request.electionType, 'ElectionType')
    w.array(request.topicPartitions, 'TopicPartitions', ({ topic, partitions }) => {
      w.string(topic, 'Topic')
      w.int32s(partitions, 'Partitions')
    })
    w.int32(request.timeoutMs, 'TimeoutMs')
  },
  read(r) {
    const throttleTimeMs = r.int32('ThrottleTimeMs')
    const errorCode = r.int16('ErrorCode')
    const replicaElectionResults = r.array('ReplicaElectionResults', 6, () => ({
      topic: r.string('Topic'),
      partitionResult: r.array('PartitionResult', 8, () => ({
        partitionId: r.int32('PartitionId'),
        errorCode: r.int16('ErrorCode'),
        errorMessage: r.nullableString('ErrorMessage'),
      })),
    }))
    eachOnce(
      r,
      replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult.map(({ partitionId }) => `Partition ${JSON.stringify(topic)} ${partitionId}`),
      ),
      'answered',
    )
    return { throttleTimeMs, errorCode, replicaElectionResults }
  },
})
