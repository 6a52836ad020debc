import { defineCodec } from './codec'
import type { Sliced } from '../../domain/slices'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

export interface ListPartitionReassignmentsRequest {
  readonly timeoutMs: number
  /** Null = every partition that is being reassigned. */
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null
}

export interface OngoingReassignment {
  readonly partitionIndex: number
  /** Target and old replicas together while it runs. */
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

export interface ListPartitionReassignmentsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly topics: readonly { readonly name: string; readonly partitions: readonly OngoingReassignment[] }[]
}

export const listPartitionReassignments = defineCodec<
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse
>({
  apiKey: ApiKey.ListPartitionReassignments,
  apiName: 'ListPartitionReassignments',
  versions: [0],
  flexibleFrom: 0,
  write(w, request) {
    w.int32(request.timeoutMs, 'TimeoutMs')
    w.array(request.topics, 'Topics', ({ name, partitionIndexes }) => {
      w.string(name, 'Name')
      w.int32s(partitionIndexes, 'PartitionIndexes')
      w.tags()
    })
    w.tags()
  },
  *pass(r): Sliced<ListPartitionReassignmentsResponse> {
    const head = {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      errorCode: r.int16('ErrorCode'),
      errorMessage: r.nullableString('ErrorMessage'),
    }
    const response = { ...head, topics: yield* r.arrayOfPasses('Topics', 3, readTopic) }
    r.tags()
    return response
  },
})

function* readTopic(r: Reader): Sliced<ListPartitionReassignmentsResponse['topics'][number]> {
  const name = r.string('Name')
  const topic = { name, partitions: yield* r.arrayPass('Partitions', 8, readOngoing) }
  r.tags()
  return topic
}

function readOngoing(r: Reader): OngoingReassignment {
  const ongoing = {
    partitionIndex: r.int32('PartitionIndex'),
    replicas: r.int32s('Replicas'),
    addingReplicas: r.int32s('AddingReplicas'),
    removingReplicas: r.int32s('RemovingReplicas'),
  }
  r.tags()
  return ongoing
}
