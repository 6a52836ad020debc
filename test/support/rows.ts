import type { MetadataColumns, OffsetRows } from '../../src-main/domain/topology/columns'

/** Every partition of an answer as rows of an offsets question, in the same order. */
export function allRows(metadata: MetadataColumns): OffsetRows {
  const { topicNames, topicStart, partition } = metadata
  const topicIndex = new Uint32Array(partition.length)
  topicNames.forEach((_name, topic) => topicIndex.fill(topic, topicStart[topic], topicStart[topic + 1]))
  return { topicNames, topicIndex, partition }
}

/** Partition row of a topic's partition, -1 when it is not there. */
export function rowOf(metadata: MetadataColumns, topic: string, partition: number): number {
  const index = metadata.topicNames.indexOf(topic)
  if (index < 0) return -1
  for (let row = metadata.topicStart[index] ?? 0; row < (metadata.topicStart[index + 1] ?? 0); row++) {
    if (metadata.partition[row] === partition) return row
  }
  return -1
}
