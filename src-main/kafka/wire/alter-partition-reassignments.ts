import { defineCodec } from './codec'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

export interface AlterPartitionReassignmentsRequest {
  readonly timeoutMs: number
  /** From v1 (4.1). v0 cannot say false: encoding it throws `version` rather than dropping the caution silently. */
  readonly allowReplicationFactorChange: boolean
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly {
      readonly partitionIndex: number
      /** Null cancels a running reassignment, which may leave another order than the one before it (seen on 4.4.0). */
      readonly replicas: readonly number[] | null
    }[]
  }[]
}

export interface ReassignmentResult {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly errorMessage: string | null
}

export interface AlterPartitionReassignmentsResponse {
  readonly throttleTimeMs: number
  /** True on v0, where a change of the replication factor is always allowed. */
  readonly allowReplicationFactorChange: boolean
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly responses: readonly { readonly name: string; readonly partitions: readonly ReassignmentResult[] }[]
}

export const alterPartitionReassignments = defineCodec<
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse
>({
  apiKey: ApiKey.AlterPartitionReassignments,
  apiName: 'AlterPartitionReassignments',
  versions: [1, 0],
  flexibleFrom: 0,
  write(w, request, version) {
    w.int32(request.timeoutMs, 'TimeoutMs')
    if (version >= 1) w.boolean(request.allowReplicationFactorChange)
    else if (!request.allowReplicationFactorChange) w.fail('version', 'AllowReplicationFactorChange false needs v1')
    w.array(request.topics, 'Topics', ({ name, partitions }) => {
      w.string(name, 'Name')
      w.array(partitions, 'Partitions', ({ partitionIndex, replicas }) => {
        w.int32(partitionIndex, 'PartitionIndex')
        w.int32s(replicas, 'Replicas')
        w.tags()
      })
      w.tags()
    })
    w.tags()
  },
  read(r, version) {
    const response = {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      allowReplicationFactorChange: version >= 1 ? r.boolean('AllowReplicationFactorChange') : true,
      errorCode: r.int16('ErrorCode'),
      errorMessage: r.nullableString('ErrorMessage'),
      responses: r.array('Responses', 3, () => {
        const topic = { name: r.string('Name'), partitions: r.array('Partitions', 8, readResult) }
        r.tags()
        return topic
      }),
    }
    r.tags()
    return response
  },
})

function readResult(r: Reader): ReassignmentResult {
  const result = {
    partitionIndex: r.int32('PartitionIndex'),
    errorCode: r.int16('ErrorCode'),
    errorMessage: r.nullableString('ErrorMessage'),
  }
  r.tags()
  return result
}
