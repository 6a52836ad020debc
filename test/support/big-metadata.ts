import { metadataBytes } from './metadata-bytes'
import type { MadeCluster, MadePartition, MadeVersion } from './metadata-bytes'

/** A large cluster by its numbers, for benches and tests. */
export interface BigMetadataOptions {
  readonly partitions: number
  readonly topics: number
  readonly replicationFactor: number
  readonly brokers: number
  /** Every n-th partition lacks its last replica in the ISR. 0 = none. */
  readonly shrunkEvery?: number
  /** Added to every leader epoch, so that two answers can differ in all partitions. */
  readonly epoch?: number
}

const RACKS = 3

export function bigTopicName(topic: number): string {
  return `team-${topic % 37}.events-${String(topic).padStart(6, '0')}`
}

/** One broker's Metadata answer about such a cluster: everything after the correlation id. */
export function bigMetadata(options: BigMetadataOptions & { readonly version: MadeVersion }): Uint8Array {
  return metadataBytes(options.version, bigCluster(options))
}

export function bigCluster(options: BigMetadataOptions): MadeCluster {
  const { partitions, topics } = options
  const firstOf = (topic: number): number => Math.floor((topic * partitions) / topics)
  return {
    brokers: range(options.brokers, (i) => {
      return { id: i + 1, host: `broker-${i + 1}.kafka.example.net`, port: 9092, rack: `rack-${i % RACKS}` }
    }),
    clusterId: 'a-made-up-cluster',
    controllerId: 1,
    topics: range(topics, (topic) => ({
      error: 0,
      name: bigTopicName(topic),
      internal: topic === 0,
      partitions: range(firstOf(topic + 1) - firstOf(topic), (index) => bigPartition(options, topic, index)),
      operations: -2147483648,
    })),
  }
}

function bigPartition(options: BigMetadataOptions, topic: number, index: number): MadePartition {
  const { replicationFactor, brokers, shrunkEvery = 0, epoch = 0 } = options
  const first = topic + index
  const replicas = range(replicationFactor, (i) => ((first + i) % brokers) + 1)
  const shrunk = shrunkEvery > 0 && first % shrunkEvery === 0
  const isr = shrunk ? replicas.slice(0, -1) : replicas
  return { error: 0, index, leader: replicas[0] ?? -1, epoch: epoch + (first % 50), replicas, isr, offline: [] }
}

function range<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
