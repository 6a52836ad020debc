import type { WritableReading } from '../topology/reading'
import { findPartition, findReplica } from '../topology/topic-index'

/** Eligible leader replicas of a partition, as DescribeTopicPartitions tells them (KIP-966). */
export interface EligibleLeaders {
  readonly topic: string
  readonly partition: number
  readonly elr: readonly number[]
}

/** Writes `reading.replicaElr` of these topic rows: `partitions` are all of them that have any. */
export function noteElr(
  reading: WritableReading,
  topics: readonly number[],
  partitions: readonly EligibleLeaders[],
): void {
  const { topicStart, replicaStart } = reading.topology
  for (const topic of topics)
    reading.replicaElr.fill(0, replicaStart[topicStart[topic]!], replicaStart[topicStart[topic + 1]!])
  for (const { topic, partition, elr } of partitions) {
    const row = findPartition(reading.topology, topic, partition)
    if (row < 0) continue
    for (const broker of elr) {
      const replica = findReplica(reading.topology, row, broker)
      if (replica >= 0) reading.replicaElr[replica] = 1
    }
  }
}
