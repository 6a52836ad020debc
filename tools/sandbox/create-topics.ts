import { defineCodec } from '../../src-main/kafka/wire/codec'

export interface NewTopic {
  readonly name: string
  /** Replicas of each partition; the first is the preferred leader. */
  readonly assignment: readonly (readonly number[])[]
  readonly configs: Readonly<Record<string, string>>
}

export interface CreatedTopic {
  readonly name: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** CreateTopics v4: the newest that is not flexible, spoken by 2.4 … 4.4. Assignments are always explicit. */
export const createTopics = defineCodec<readonly NewTopic[], readonly CreatedTopic[]>({
  apiKey: 19,
  apiName: 'CreateTopics',
  versions: [4],
  flexibleFrom: 5,
  write(w, topics) {
    w.array(topics, 'Topics', ({ name, assignment, configs }) => {
      w.string(name, 'Name')
      w.int32(-1, 'NumPartitions')
      w.int16(-1, 'ReplicationFactor')
      w.array([...assignment.entries()], 'Assignments', ([partition, replicas]) => {
        w.int32(partition, 'PartitionIndex')
        w.int32s(replicas, 'BrokerIds')
      })
      w.array(Object.entries(configs), 'Configs', ([key, value]) => {
        w.string(key, 'Name')
        w.nullableString(value, 'Value')
      })
    })
    w.int32(30_000, 'TimeoutMs')
    w.boolean(false)
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    return r.array('Topics', 6, () => ({
      name: r.string('Name'),
      errorCode: r.int16('ErrorCode'),
      errorMessage: r.nullableString('ErrorMessage'),
    }))
  },
})
