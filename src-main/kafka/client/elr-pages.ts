import type { ElrAnswer } from '../../ports/cluster-port'
import type { DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse } from '../wire/describe-topic-partitions'
import { KafkaError } from '../../shared/kafka-codes'

/** Partitions per answer; also the brokers' own default maximum (max.request.partition.size.limit). */
const PAGE_PARTITIONS = 2000

type Ask = (request: DescribeTopicPartitionsRequest) => Promise<DescribeTopicPartitionsResponse>

/** Reads ELR page by page. A cursor that does not move on ends the reading: what a broken broker leaves out is simply not answered. */
export async function readElr(topics: readonly string[], ask: Ask): Promise<ElrAnswer> {
  const partitions: ElrAnswer['partitions'][number][] = []
  let cursor: DescribeTopicPartitionsRequest['cursor'] = null
  // Kafka walks the topics in the order of their names and wants them asked so (DescribeTopicPartitionsRequestHandler.java).
  const asked = [...topics].sort().map((name) => ({ name }))
  for (;;) {
    const answer = await ask({ topics: asked, responsePartitionLimit: PAGE_PARTITIONS, cursor })
    for (const { name, partitions: rows } of answer.topics) {
      if (name === null) continue
      for (const { errorCode, partitionIndex, eligibleLeaderReplicas, lastKnownElr } of rows) {
        // A partition without a leader is what ELR is asked for; other errors leave the row out.
        if (errorCode !== 0 && errorCode !== KafkaError.LEADER_NOT_AVAILABLE) continue
        partitions.push({
          topic: name,
          partition: partitionIndex,
          elr: eligibleLeaderReplicas ?? [],
          lastKnownElr: lastKnownElr ?? [],
        })
      }
    }
    const next = answer.nextCursor
    if (
      next === null ||
      (cursor !== null && next.topicName === cursor.topicName && next.partitionIndex <= cursor.partitionIndex)
    )
      break
    cursor = next
  }
  return { partitions }
}
