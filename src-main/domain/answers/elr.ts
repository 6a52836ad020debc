import type { WritableReading } from '../topology/reading'
import { findPartition, findReplica } from '../topology/topic-index'

/** Who may lead a partition without loss besides its ISR, as DescribeTopicPartitions tells it (KIP-966). `lastKnownElr`: at most one, the last leader. */
export interface EligibleLeaders {
  readonly topic: string
  readonly partition: number
  readonly elr: readonly number[]
  readonly lastKnownElr: readonly number[]
}

/** Writes `reading.replicaElr` and `reading.lastKnownLeader` of these topic rows: `partitions` are all of them that have any. */
export function noteElr(
  reading: WritableReading,
  topics: readonly number[],
  partitions: readonly EligibleLeaders[],
): void {
  const { topicStart, replicaStart } = reading.topology
  for (const topic of topics) {
    reading.replicaElr.fill(0, replicaStart[topicStart[topic]!], replicaStart[topicStart[topic + 1]!])
    reading.lastKnownLeader.fill(-1, topicStart[topic], topicStart[topic + 1])
  }
  for (const { topic, partition, elr, lastKnownElr } of partitions) {
    const row = findPartition(reading.topology, topic, partition)
    if (row < 0) continue
    reading.lastKnownLeader[row] = lastKnownElr[0] ?? -1
    for (const broker of elr) {
      const replica = findReplica(reading.topology, row, broker)
      if (replica >= 0) reading.replicaElr[replica] = 1
    }
  }
}
