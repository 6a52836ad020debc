import { defineCodec } from '../../src-main/kafka/wire/codec'
import { askBroker } from './raw-client'

interface Question {
  readonly replicaId: number
  /** -1 = the end, -2 = the start. */
  readonly timestamp: number
  readonly topic: string
  readonly partition: number
}

const listOffsets = defineCodec<Question, { readonly errorCode: number; readonly offset: number } | undefined>({
  apiKey: 2,
  apiName: 'ListOffsets',
  versions: [5],
  flexibleFrom: 6,
  write(w, { replicaId, timestamp, topic, partition }) {
    w.int32(replicaId, 'ReplicaId')
    w.int8(0, 'IsolationLevel')
    w.array([topic], 'Topics', (name) => {
      w.string(name, 'Name')
      w.array([partition], 'Partitions', (index) => {
        w.int32(index, 'PartitionIndex')
        w.int32(-1, 'CurrentLeaderEpoch')
        w.int64(timestamp, 'Timestamp')
      })
    })
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    const topics = r.array('Topics', 6, () => {
      r.string('Name')
      return r.array('Partitions', 26, () => {
        r.int32('PartitionIndex')
        const errorCode = r.int16('ErrorCode')
        r.int64('Timestamp')
        const offset = r.int64('Offset')
        r.int32('LeaderEpoch')
        return { errorCode, offset }
      })
    })
    return topics[0]?.[0]
  },
})

async function ask(port: number, question: Question): Promise<number | null> {
  const body = listOffsets.encode(5, question)
  const answer = listOffsets.decode(5, await askBroker(port, { apiKey: listOffsets.apiKey, apiVersion: 5, body }))
  return answer?.errorCode === 0 ? answer.offset : null
}

/** A replica's own log end offset, on followers too (replica id -2); null when it has no such replica. */
export const logEndOffset = (port: number, topic: string, partition: number): Promise<number | null> =>
  ask(port, { replicaId: -2, timestamp: -1, topic, partition })

/** What consumers may read up to, by the leader (replica id -1); null from anybody else and while a new leader does not know it yet. */
export const highWatermark = (port: number, topic: string, partition: number): Promise<number | null> =>
  ask(port, { replicaId: -1, timestamp: -1, topic, partition })

/** A replica's first offset: what lies before it is deleted. */
export const logStartOffset = (port: number, topic: string, partition: number): Promise<number | null> =>
  ask(port, { replicaId: -2, timestamp: -2, topic, partition })
