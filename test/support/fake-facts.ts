import {
  PortError,
  type ElectionAnswer,
  type FolderOfReplicas,
  type GroupList,
  type GroupOffsets,
  type ListedGroup,
  type RecordSample,
  type ReplicaSizes,
} from '../../src-main/ports/cluster-port'
import type { FakeCluster } from './fake-cluster'

type Asked = readonly { readonly topic: string; readonly partitions: readonly number[] }[]

const BYTES_PER_RECORD = 100
/** Everything a principal can be allowed on a topic (seen on 4.4.0). */
const ALL_OPERATIONS = 3576

/** How the next write of its kind ends; an empty list means: as usual. 'done-…' is carried out all the same. */
export type WriteFate = 'usual' | 'not-sent' | 'hang' | 'done-hang' | 'cut' | 'done-cut'

export const partitionKey = (topic: string, partition: number): string => `${topic}-${partition}`

/** What plans ask of a fake cluster beside its settings; maps by `partitionKey` override what follows from the cluster's own fields. */
export class FakeFacts {
  /** Bytes of every replica of a partition. */
  readonly bytes = new Map<string, number>()
  /** What is free on the one disk of each broker; NaN = it does not tell. */
  readonly freeBytes = new Map<number, number>()
  readonly logStart = new Map<string, number>()
  readonly samples = new Map<string, Partial<RecordSample>>()
  /** Bitmask by topic name. */
  readonly operations = new Map<string, number>()
  /** Bitmask for the cluster itself, null = not told. */
  clusterOperations: number | null = 8096
  /** Partitions that are left out when ELR is asked for, by `partitionKey`. */
  readonly hiddenElr = new Set<string>()
  readonly groups = new Map<
    string,
    { coordinator: number; offsets: Map<string, number>; share?: 'told' | 'not-spoken' }
  >()
  readonly fates: Record<'alter' | 'validate' | 'elect', WriteFate[]> = { alter: [], validate: [], elect: [] }
  /** Offset of the first record not older than `atMs`, -1 = there is none. */
  offsetAt: (topic: string, partition: number, atMs: number) => number = () => -1

  constructor(private readonly cluster: FakeCluster) {}

  sizes(broker: number, asked: Asked): ReplicaSizes {
    return {
      replicas: this.each(asked).flatMap(({ topic, partition, one }) => {
        const replica = one?.replicas.indexOf(broker) ?? -1
        if (one === undefined || replica === -1) return []
        return [
          {
            topic,
            partition,
            bytes: this.bytes.get(partitionKey(topic, partition)) ?? one.logEndOffset[replica]! * BYTES_PER_RECORD,
          },
        ]
      }),
    }
  }

  disks(broker: number, asked: Asked): readonly FolderOfReplicas[] {
    const topics = asked.flatMap(({ topic, partitions }) => {
      const replicas = this.sizes(broker, [{ topic, partitions }]).replicas.length
      return replicas === 0 ? [] : [{ topic, replicas }]
    })
    return topics.length === 0 ? [] : [{ folder: '/data', freeBytes: this.freeBytes.get(broker) ?? 1e12, topics }]
  }

  groupsOf(broker: number): GroupList {
    const own = [...this.groups].filter(([, group]) => group.coordinator === broker)
    return { groups: own.map(([id, { share }]) => ({ id, share: share !== undefined })) }
  }

  groupOffsets(broker: number, { id }: ListedGroup, asked: Asked): GroupOffsets {
    const group = this.groups.get(id)
    if (group?.coordinator !== broker)
      throw new PortError('conflict', 'kafka', `broker ${broker} does not coordinate ${id}`, 16)
    if (group.share === 'not-spoken') throw new PortError('unsupported', 'unsupported', 'does not know this API')
    return {
      partitions: this.each(asked).flatMap(({ topic, partition }) => {
        const offset = group.offsets.get(partitionKey(topic, partition))
        return offset === undefined ? [] : [{ topic, partition, offset }]
      }),
    }
  }

  sample(broker: number, topic: string, partition: number, offset: number): RecordSample {
    const one = this.cluster.topic(topic)?.partitions[partition]
    if (one === undefined || one.leader !== broker) {
      const error = one === undefined ? 3 : 6
      throw new PortError(one === undefined ? 'not-found' : 'conflict', 'kafka', `sample: error ${error}`, error)
    }
    const records = Math.max(0, one.highWatermark - offset)
    return {
      batches: records === 0 ? 0 : 1,
      records,
      withoutKey: 0,
      unreadable: 0,
      compression: records === 0 ? '' : 'none',
      largestBatchBytes: records * BYTES_PER_RECORD,
      firstOffset: records === 0 ? -1 : offset,
      lastOffset: records === 0 ? -1 : one.highWatermark - 1,
      ...this.samples.get(partitionKey(topic, partition)),
    }
  }

  operationsOf(topics: readonly string[]): ReadonlyMap<string, number> {
    return new Map(
      topics
        .filter((name) => this.cluster.topic(name) !== undefined)
        .map((name) => [name, this.operations.get(name) ?? ALL_OPERATIONS]),
    )
  }

  /** Preferred election as the controller does it: the first replica leads if it is in the ISR and its broker is listed. */
  elect(asked: Asked): ElectionAnswer {
    const partitions = this.each(asked).map(({ topic, partition, one }) => {
      const preferred = one?.replicas[0] ?? -1
      if (one === undefined) return { topic, partition, error: 3, message: `No such topic as ${topic}` }
      if (one.leader === preferred) return { topic, partition, error: 84, message: '' }
      if (!one.isr.includes(preferred) || !this.cluster.broker(preferred).listed)
        return { topic, partition, error: 80, message: 'The preferred leader was not available.' }
      one.leader = preferred
      one.leaderEpoch += 1
      return { topic, partition, error: 0, message: '' }
    })
    this.cluster.touch()
    return { partitions }
  }

  private each(
    asked: Asked,
  ): { topic: string; partition: number; one: FakeCluster['topics'][number]['partitions'][number] | undefined }[] {
    return asked.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition, one: this.cluster.topic(topic)?.partitions[partition] })),
    )
  }
}
