import { REPLICA_IN_SYNC, REPLICA_OFFLINE, type MetadataColumns } from '../../src-main/domain/topology/columns'
import type { FakeBroker, FakeCluster } from './fake-cluster'

const isTold = ({ listed, noListener }: FakeBroker): boolean => listed && !noListener

/** The columns a broker of the fake cluster answers, topics in the order they were created. */
export function fakeMetadata(cluster: FakeCluster): MetadataColumns {
  const topics = cluster.topics.filter(({ name }) => !cluster.hidden.has(name))
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions.length, 0)
  const replicas = topics.reduce(
    (sum, topic) => sum + topic.partitions.reduce((all, one) => all + one.replicas.length, 0),
    0,
  )
  const topicStart = new Uint32Array(topics.length + 1)
  const partition = new Int32Array(partitions)
  const partitionErrors = new Int16Array(partitions)
  const leader = new Int32Array(partitions)
  const leaderEpoch = new Int32Array(partitions)
  const replicaStart = new Uint32Array(partitions + 1)
  const replicaBroker = new Int32Array(replicas)
  const replicaFlags = new Uint8Array(replicas)
  const listed = new Set([...cluster.brokers.values()].filter(isTold).map((broker) => broker.address.id))
  const unseen = (id: number): boolean => cluster.brokers.get(id)?.noListener === true
  let row = 0
  let replica = 0
  topics.forEach((topic, t) => {
    topic.partitions.forEach((one, number) => {
      partition[row] = number
      partitionErrors[row] = unseen(one.leader) ? 72 : one.leader === -1 ? 5 : 0
      leader[row] = unseen(one.leader) ? -1 : one.leader
      leaderEpoch[row] = one.leaderEpoch
      for (const broker of one.replicas) {
        replicaBroker[replica] = broker
        replicaFlags[replica] =
          (one.isr.includes(broker) ? REPLICA_IN_SYNC : 0) |
          (listed.has(broker) && !one.offline.includes(broker) ? 0 : REPLICA_OFFLINE)
        replica += 1
      }
      row += 1
      replicaStart[row] = replica
    })
    topicStart[t + 1] = row
  })
  return {
    clusterId: cluster.clusterId,
    metadataOffset: cluster.metadataOffset,
    controllerId: cluster.controller,
    brokers: [...cluster.brokers.values()].filter(isTold).map((broker) => broker.address),
    topicNames: topics.map((topic) => topic.name),
    topicErrors: new Int16Array(topics.length),
    topicInternal: new Uint8Array(topics.length),
    topicIds: Int32Array.from(topics.flatMap((topic) => [0, 0, 0, topic.id])),
    topicOperations: new Int32Array(topics.length).fill(-2147483648),
    topicStart,
    partition,
    partitionErrors,
    leader,
    leaderEpoch,
    replicaStart,
    replicaBroker,
    replicaFlags,
    strangeIsr: [],
  }
}
