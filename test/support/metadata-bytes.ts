import { Writer } from '../../src-main/kafka/wire/writer'

/** A made-up cluster, and below it the Metadata answer that a broker would give about it. */
export interface MadePartition {
  readonly error: number
  readonly index: number
  readonly leader: number
  readonly epoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offline: readonly number[]
}

export interface MadeTopic {
  readonly error: number
  readonly name: string
  readonly internal: boolean
  readonly partitions: readonly MadePartition[]
  readonly operations: number
}

export interface MadeCluster {
  readonly brokers: readonly {
    readonly id: number
    readonly host: string
    readonly port: number
    readonly rack: string | null
  }[]
  readonly clusterId: string | null
  readonly controllerId: number
  readonly topics: readonly MadeTopic[]
}

/** 6 is for comparing with kafkajs, which speaks nothing newer; it has no leader epochs. */
export type MadeVersion = 6 | 7 | 11 | 12 | 13

const FLEXIBLE_FROM = 9

/** Everything after the correlation id, as it comes off the wire. */
export function metadataBytes(version: MadeVersion, cluster: MadeCluster, topLevelError = 0): Uint8Array {
  const w = new Writer('Metadata', version >= FLEXIBLE_FROM)
  w.tags()
  w.int32(0, 'throttle')
  w.array(cluster.brokers, 'brokers', (broker) => {
    w.int32(broker.id, 'id')
    w.string(broker.host, 'host')
    w.int32(broker.port, 'port')
    w.nullableString(broker.rack, 'rack')
    w.tags()
  })
  w.nullableString(cluster.clusterId, 'cluster id')
  w.int32(cluster.controllerId, 'controller')
  w.array(cluster.topics, 'topics', (topic) => writeTopic(w, version, topic))
  if (version >= 13) w.int16(topLevelError, 'error')
  w.tags()
  return w.finish()
}

function writeTopic(w: Writer, version: MadeVersion, topic: MadeTopic): void {
  w.int16(topic.error, 'error')
  w.string(topic.name, 'name')
  if (version >= 10) w.uuid(Buffer.alloc(16, topic.name).toString('base64url'), 'topic id')
  w.boolean(topic.internal)
  w.array(topic.partitions, 'partitions', (partition) => {
    w.int16(partition.error, 'error')
    w.int32(partition.index, 'index')
    w.int32(partition.leader, 'leader')
    if (version >= 7) w.int32(partition.epoch, 'epoch')
    w.int32s(partition.replicas, 'replicas')
    w.int32s(partition.isr, 'isr')
    w.int32s(partition.offline, 'offline')
    w.tags()
  })
  if (version >= 8) w.int32(topic.operations, 'operations')
  w.tags()
}
