import { defineCodec } from '../../src-main/kafka/wire/codec'
import type { Reader } from '../../src-main/kafka/wire/reader'
import { askBroker } from './raw-client'

export interface PartitionView {
  readonly topic: string
  readonly partition: number
  /** -1 = none. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export interface ClusterView {
  readonly brokers: readonly number[]
  readonly controllerId: number
  readonly partitions: readonly PartitionView[]
}

/** Metadata v7 as plain objects: a second reading beside the product's columns, for scenes that wait for an effect. */
export const metadataView = defineCodec<null, ClusterView>({
  apiKey: 3,
  apiName: 'Metadata',
  versions: [7],
  flexibleFrom: 9,
  write(w) {
    w.array(null, 'Topics', () => {})
    w.boolean(false)
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    const brokers = r.array('Brokers', 12, () => {
      const id = r.int32('NodeId')
      r.string('Host')
      r.int32('Port')
      r.nullableString('Rack')
      return id
    })
    r.nullableString('ClusterId')
    const controllerId = r.int32('ControllerId')
    const partitions = r.array('Topics', 9, () => readTopic(r)).flat()
    return { brokers, controllerId, partitions }
  },
})

function readTopic(r: Reader): PartitionView[] {
  r.int16('ErrorCode')
  const topic = r.string('Name')
  r.boolean('IsInternal')
  return [...r.array('Partitions', 26, () => readPartition(r, topic))]
}

function readPartition(r: Reader, topic: string): PartitionView {
  r.int16('ErrorCode')
  const view = {
    topic,
    partition: r.int32('PartitionIndex'),
    leader: r.int32('LeaderId'),
    leaderEpoch: r.int32('LeaderEpoch'),
    replicas: [...r.int32s('ReplicaNodes')],
    isr: [...r.int32s('IsrNodes')],
  }
  r.int32s('OfflineReplicas')
  return view
}

/** What is told at one listener of one broker: which others it names, and the leaders among them, depends on the listener too. */
export async function viewAt(port: number): Promise<ClusterView> {
  const body = metadataView.encode(7, null)
  return metadataView.decode(7, await askBroker(port, { apiKey: metadataView.apiKey, apiVersion: 7, body }))
}

/** Brokers that the one at `port` lists as live: one that handles requests is fenced for a moment longer, and no replica can be placed on it. */
export const brokersListedAt = async (port: number): Promise<readonly number[]> => (await viewAt(port)).brokers

export const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}-${partition}`
