import { Writer } from '../../src-main/kafka/wire/writer'

/** A made-up cluster as one broker's Metadata answer: everything after the correlation id, as it comes off the wire. */
export interface BigMetadataOptions {
  readonly partitions: number
  readonly topics: number
  readonly replicationFactor: number
  readonly brokers: number
  /** 6 is for comparing with kafkajs, which speaks nothing newer; it has no leader epochs. */
  readonly version: 6 | 7 | 12 | 13
  /** Every n-th partition lacks its last replica in the ISR. 0 = none. */
  readonly shrunkEvery?: number
  /** Added to every leader epoch, so that two answers can differ in all partitions. */
  readonly epoch?: number
  /** Where the brokers say they are; without it, addresses that lead nowhere. */
  readonly address?: (id: number) => { readonly host: string; readonly port: number }
}

const FLEXIBLE_FROM = 9

export function topicName(topic: number): string {
  return `team-${topic % 37}.events-${String(topic).padStart(6, '0')}`
}

export function bigMetadata(options: BigMetadataOptions): Uint8Array {
  const { partitions, topics, replicationFactor, brokers, version, shrunkEvery = 0, epoch = 0 } = options
  const address = options.address ?? ((id: number) => ({ host: `broker-${id}.kafka.example.net`, port: 9092 }))
  const w = new Writer('Metadata', version >= FLEXIBLE_FROM)
  const ids = Array.from({ length: brokers }, (_, i) => i + 1)
  w.tags()
  w.int32(0, 'throttle')
  w.array(ids, 'brokers', (id) => {
    w.int32(id, 'id')
    w.string(address(id).host, 'host')
    w.int32(address(id).port, 'port')
    w.nullableString(`rack-${id % 3}`, 'rack')
    w.tags()
  })
  w.nullableString('a-made-up-cluster', 'cluster id')
  w.int32(1, 'controller')
  w.array(Array.from({ length: topics }, (_, i) => i), 'topics', (topic) => {
    const count = Math.floor(((topic + 1) * partitions) / topics) - Math.floor((topic * partitions) / topics)
    w.int16(0, 'error')
    w.string(topicName(topic), 'name')
    if (version >= 10) w.uuid(Buffer.alloc(16, topic).toString('base64url'), 'topic id')
    w.boolean(topic === 0)
    w.array(Array.from({ length: count }, (_, i) => i), 'partitions', (partition) => {
      const first = topic + partition
      const replicas = Array.from({ length: replicationFactor }, (_, i) => ((first + i) % brokers) + 1)
      const shrunk = shrunkEvery > 0 && first % shrunkEvery === 0
      w.int16(0, 'error')
      w.int32(partition, 'index')
      w.int32(replicas[0] ?? -1, 'leader')
      if (version >= 7) w.int32(epoch + (first % 50), 'epoch')
      w.int32s(replicas, 'replicas')
      w.int32s(shrunk ? replicas.slice(0, -1) : replicas, 'isr')
      w.int32s([], 'offline')
      w.tags()
    })
    if (version >= 8) w.int32(-2147483648, 'operations')
    w.tags()
  })
  if (version >= 13) w.int16(0, 'error')
  w.tags()
  return w.finish()
}
