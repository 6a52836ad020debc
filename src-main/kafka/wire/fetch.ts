import { defineCodec } from './codec'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

const CONSUMER = -1
const NO_SESSION = 0
/** Tells the broker not to make a fetch session (KIP-227): we ask once. */
const FINAL_EPOCH = -1
const UNKNOWN = -1
const READ_UNCOMMITTED = 0

export interface FetchRequest {
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Of the whole answer. The first batch comes whole however large it is (KIP-74). */
  readonly maxBytes: number
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      readonly fetchOffset: number
      readonly partitionMaxBytes: number
    }[]
  }[]
}

export interface FetchPartition {
  readonly partitionIndex: number
  readonly errorCode: number
  /** -1 where errorCode is not 0. */
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  readonly abortedTransactions: readonly { readonly producerId: number; readonly firstOffset: number }[] | null
  readonly preferredReadReplica: number
  /** Record batches one after another, the last one possibly cut: see record-batches.ts. A view into the answer. */
  readonly records: Uint8Array | null
}

export interface FetchResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly sessionId: number
  readonly responses: readonly { readonly topic: string; readonly partitions: readonly FetchPartition[] }[]
}

/** v11, spoken from 2.4 to 4.4; the last one that is not flexible, and old enough for no broker to have dropped it. */
export const fetch = defineCodec<FetchRequest, FetchResponse>({
  apiKey: ApiKey.Fetch,
  apiName: 'Fetch',
  versions: [11],
  flexibleFrom: 12,
  write(w, request) {
    w.int32(CONSUMER, 'ReplicaId')
    w.int32(request.maxWaitMs, 'MaxWaitMs')
    w.int32(request.minBytes, 'MinBytes')
    w.int32(request.maxBytes, 'MaxBytes')
    w.int8(READ_UNCOMMITTED, 'IsolationLevel')
    w.int32(NO_SESSION, 'SessionId')
    w.int32(FINAL_EPOCH, 'SessionEpoch')
    w.array(request.topics, 'Topics', ({ topic, partitions }) => {
      w.string(topic, 'Topic')
      w.array(partitions, 'Partitions', ({ partition, fetchOffset, partitionMaxBytes }) => {
        w.int32(partition, 'Partition')
        w.int32(UNKNOWN, 'CurrentLeaderEpoch')
        w.int64(fetchOffset, 'FetchOffset')
        w.int64(UNKNOWN, 'LogStartOffset')
        w.int32(partitionMaxBytes, 'PartitionMaxBytes')
      })
    })
    w.array([], 'ForgottenTopicsData', () => undefined)
    w.string('', 'RackId')
  },
  read(r) {
    return {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      errorCode: r.int16('ErrorCode'),
      sessionId: r.int32('SessionId'),
      responses: r.array('Responses', 6, () => ({
        topic: r.string('Topic'),
        partitions: r.array('Partitions', 42, readPartition),
      })),
    }
  },
})

function readPartition(r: Reader): FetchPartition {
  return {
    partitionIndex: r.int32('PartitionIndex'),
    errorCode: r.int16('ErrorCode'),
    highWatermark: r.int64('HighWatermark'),
    lastStableOffset: r.int64('LastStableOffset'),
    logStartOffset: r.int64('LogStartOffset'),
    abortedTransactions: r.nullableArray('AbortedTransactions', 16, () => ({
      producerId: r.int64('ProducerId'),
      firstOffset: r.int64('FirstOffset'),
    })),
    preferredReadReplica: r.int32('PreferredReadReplica'),
    records: r.nullableBytes('Records'),
  }
}
