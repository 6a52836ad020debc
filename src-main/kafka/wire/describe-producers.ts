import { defineCodec } from './codec'
import { ApiKey } from '../../shared/api-keys'

export interface DescribeProducersRequest {
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[]
}

export interface DescribedProducer {
  readonly producerId: number
  readonly producerEpoch: number
  /** -1 = it has written no record that is remembered, as after a transaction's marker alone. */
  readonly lastSequence: number
  readonly lastTimestamp: number
  /** -1 = no transaction of it has ended here. */
  readonly coordinatorEpoch: number
  /** -1 = none is open. */
  readonly currentTxnStartOffset: number
}

export interface DescribeProducersResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly {
      readonly partitionIndex: number
      readonly errorCode: number
      readonly errorMessage: string | null
      readonly activeProducers: readonly DescribedProducer[]
    }[]
  }[]
}

/** The producers with an id that a partition's leader remembers (KIP-664), from 2.8. Leaders only; needs Read on the topic. */
export const describeProducers = defineCodec<DescribeProducersRequest, DescribeProducersResponse>({
  apiKey: ApiKey.DescribeProducers,
  apiName: 'DescribeProducers',
  versions: [0],
  flexibleFrom: 0,
  write(w, request) {
    w.array(request.topics, 'Topics', ({ name, partitionIndexes }) => {
      w.string(name, 'Name')
      w.int32s(partitionIndexes, 'PartitionIndexes')
      w.tags()
    })
    w.tags()
  },
  read(r) {
    const response = {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      topics: r.array('Topics', 3, () => {
        const topic = {
          name: r.string('Name'),
          partitions: r.array('Partitions', 9, () => {
            const partition = {
              partitionIndex: r.int32('PartitionIndex'),
              errorCode: r.int16('ErrorCode'),
              errorMessage: r.nullableString('ErrorMessage'),
              activeProducers: r.array('ActiveProducers', 37, () => {
                const producer = {
                  producerId: r.int64('ProducerId'),
                  producerEpoch: r.int32('ProducerEpoch'),
                  lastSequence: r.int32('LastSequence'),
                  lastTimestamp: r.int64Rounded('LastTimestamp'),
                  coordinatorEpoch: r.int32('CoordinatorEpoch'),
                  currentTxnStartOffset: r.int64('CurrentTxnStartOffset'),
                }
                r.tags()
                return producer
              }),
            }
            r.tags()
            return partition
          }),
        }
        r.tags()
        return topic
      }),
    }
    r.tags()
    return response
  },
})
