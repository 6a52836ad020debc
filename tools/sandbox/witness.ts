import type { Cluster } from './cluster'
import { startWitnessProcess } from './witness/java-process'

export interface WitnessPartition {
  readonly topic: string
  readonly partition: number
  /** -1 = none. */
  readonly leader: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

/** Taken somewhere between the two clock readings (milliseconds since 1970): what grows meanwhile may differ by that much. */
export interface Taken {
  readonly takenFromMs: number
  readonly takenToMs: number
}

export interface ReplicaLogEndOffset extends Taken {
  readonly broker: number
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
}

export interface PartitionHighWatermark extends Taken {
  readonly topic: string
  readonly partition: number
  readonly highWatermark: number
}

/** What a leader's own gauges say about one of its partitions. */
export interface PartitionGauges {
  readonly broker: number
  readonly topic: string
  readonly partition: number
  readonly underReplicated: boolean
  readonly underMinIsr: boolean
  readonly atMinIsr: boolean
}

/** One setting of a topic, as Kafka's Java client names things (ConfigEntry.ConfigSource). */
export interface WitnessSetting {
  readonly key: string
  readonly value: string | null
  readonly source: string
}

export interface Witness {
  /** Kafka's Java client (what kafka-topics.sh --describe prints). */
  describeTopics(): Promise<WitnessPartition[]>
  /** Every setting of a topic, by the same client (what kafka-configs.sh --describe --all prints). */
  topicSettings(topic: string): Promise<WitnessSetting[]>
  /** `kafka.log:type=Log,name=LogEndOffset` of every running broker. Frozen and dead ones are left out: nobody can ask them. */
  replicaLogEndOffsets(): Promise<ReplicaLogEndOffset[]>
  /** Offset that a consumer may read up to, from each leader. */
  highWatermarks(): Promise<PartitionHighWatermark[]>
  /** `kafka.cluster:type=Partition` of every running broker; only leaders' gauges ever say true. */
  partitionGauges(): Promise<PartitionGauges[]>
  close(): void
}

interface Bean {
  readonly topic: string
  readonly partition: number
  readonly name: string
  readonly value: number
}

interface Answer {
  readonly error?: string
  readonly from?: number
  readonly to?: number
  readonly rows?: readonly unknown[]
}

/** Starts the witness of a cluster. It holds no opinion of its own: every figure is a broker's or Kafka's own client's. */
export async function startWitness(cluster: Cluster): Promise<Witness> {
  const java = await startWitnessProcess(cluster.install, cluster.bootstrap)
  const ask = async (line: string): Promise<{ rows: readonly unknown[] } & Taken> => {
    const { error, rows = [], from = 0, to = 0 } = JSON.parse(await java.ask(line)) as Answer
    if (error !== undefined) throw new Error(`Witness, ${line.split(' ')[0] ?? ''}: ${error}`)
    return { rows, takenFromMs: from, takenToMs: to }
  }
  const beans = async (
    kind: string,
    names: string,
  ): Promise<{ broker: number; taken: Taken; rows: readonly Bean[] }[]> => {
    const answers = []
    for (const { id, pid } of cluster.brokers().filter(({ state }) => state === 'running')) {
      const { rows, takenFromMs, takenToMs } = await ask(`beans ${pid} ${kind} ${names}`)
      answers.push({ broker: id, taken: { takenFromMs, takenToMs }, rows: rows as readonly Bean[] })
    }
    return answers
  }
  return {
    topicSettings: async (topic) => [...((await ask(`settings ${topic}`)).rows as readonly WitnessSetting[])],
    describeTopics: async () => [...((await ask('topics')).rows as readonly WitnessPartition[])],
    highWatermarks: async () => {
      const { rows, ...taken } = await ask('watermarks')
      return (rows as readonly Omit<PartitionHighWatermark, keyof Taken>[]).map((row) => ({ ...row, ...taken }))
    },
    replicaLogEndOffsets: async () =>
      (await beans('kafka.log:type=Log', 'LogEndOffset')).flatMap(({ broker, taken, rows }) =>
        rows.map(({ topic, partition, value }) => ({ broker, topic, partition, logEndOffset: value, ...taken })),
      ),
    partitionGauges: async () =>
      (await beans('kafka.cluster:type=Partition', 'UnderReplicated,UnderMinIsr,AtMinIsr')).flatMap(
        ({ broker, rows }) => gauges(broker, rows),
      ),
    close: () => java.close(),
  }
}

function gauges(broker: number, rows: readonly Bean[]): PartitionGauges[] {
  const found = new Map<string, { topic: string; partition: number; on: Set<string> }>()
  for (const { topic, partition, name, value } of rows) {
    const key = `${topic}-${partition}`
    const entry = found.get(key) ?? { topic, partition, on: new Set<string>() }
    if (value > 0) entry.on.add(name)
    found.set(key, entry)
  }
  return [...found.values()].map(({ topic, partition, on }) => ({
    broker,
    topic,
    partition,
    underReplicated: on.has('UnderReplicated'),
    underMinIsr: on.has('UnderMinIsr'),
    atMinIsr: on.has('AtMinIsr'),
  }))
}
