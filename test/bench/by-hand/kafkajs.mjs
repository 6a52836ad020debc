/**
 * What `inspect` prints, by hand with plain kafkajs: `kafkajs HOST:PORT,…` writes one line of JSON. Its public admin asks topic by topic and reads Metadata
 * anew for each of them (3 s at 10,000 partitions), so this takes the cluster behind it, which asks every leader once, as somebody who knows kafkajs well would.
 * It knows no follower's log end and no lag: its line says less.
 */
import { writeSync } from 'node:fs'
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs'

const kafka = new Kafka({ brokers: process.argv[2].split(','), logLevel: logLevel.NOTHING })
const createCluster = Object.getOwnPropertySymbols(kafka).find(({ description }) =>
  description.endsWith('createCluster'),
)
const cluster = kafka[createCluster]({ metadataMaxAge: 300_000, allowAutoTopicCreation: false })
await cluster.connect()
const { brokers, clusterId, controllerId, topicMetadata } = await cluster.metadata()
const names = topicMetadata.map(({ topic }) => topic)
await cluster.addMultipleTargetTopics(names)
const controller = await cluster.findControllerBroker()
const [offsets, configs] = await Promise.all([
  cluster.fetchTopicsOffset(
    topicMetadata.map(({ topic, partitionMetadata }) => ({
      topic,
      fromBeginning: false,
      partitions: partitionMetadata.map(({ partitionId }) => ({ partition: partitionId })),
    })),
  ),
  controller.describeConfigs({
    resources: names.map((name) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configNames: ['min.insync.replicas'],
    })),
  }),
])
const minimum = new Map(
  configs.resources.map(({ resourceName, configEntries }) => [resourceName, Number(configEntries[0]?.configValue)]),
)
const ends = new Map(
  offsets.map(({ topic, partitions }) => [
    topic,
    new Map(partitions.map((one) => [one.partition, Number(one.offset)])),
  ]),
)
const partitions = topicMetadata.flatMap(({ topic, partitionMetadata }) =>
  partitionMetadata.map(({ partitionId, leader, replicas, isr }) => ({
    topic,
    partition: partitionId,
    leader,
    replicas,
    isr,
    minInSyncReplicas: minimum.get(topic) ?? null,
    highWatermark: ends.get(topic)?.get(partitionId) ?? null,
  })),
)
const underReplicated = partitions.filter(({ replicas, isr }) => isr.length < replicas.length).length
const line = Buffer.from(`${JSON.stringify({ clusterId, controllerId, brokers, underReplicated, partitions })}\n`)
for (let at = 0; at < line.length;) {
  try {
    at += writeSync(1, line, at)
  } catch (error) {
    // A full pipe: whoever reads takes his time.
    if (error.code !== 'EAGAIN') throw error
  }
}
// As inspect does: sockets that are still closing must not hold it up.
process.exit(0)
