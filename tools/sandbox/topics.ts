import type { NewTopic } from './create-topics'
import type { Assignment } from './raw-admin'

/** Kafka's limit is 249 characters, so that name plus partition number still fits a file name (Topic.java). */
export const longestName = 'the-longest.name_that-Kafka.allows_'.padEnd(249, 'for-one-topic.')

/** Topics that scenes act on, by the part that they play. */
export const roles = {
  slow: 'orders',
  guarded: 'payments.settled',
  lonely: 'audit_log',
  busy: 'clickstream-raw',
} as const

/** Replicas rotate as Kafka places them: leaders are spread evenly and broker 3 follows where 1 leads. */
function rotate(brokers: readonly number[], partitions: number, replicationFactor: number): number[][] {
  return Array.from({ length: partitions }, (_, partition) =>
    Array.from(
      { length: Math.min(replicationFactor, brokers.length) },
      // The second lap shifts the followers, so that [1,2,3] and [1,3,2] both occur.
      (__, replica) => follower(brokers, partition, replica),
    ),
  )
}

function follower(brokers: readonly number[], partition: number, replica: number): number {
  const count = brokers.length
  if (replica === 0) return brokers[partition % count] ?? -1
  const lap = Math.floor(partition / count)
  return brokers[(partition + 1 + ((lap + replica - 1) % (count - 1))) % count] ?? -1
}

/** Every shape that a board has to show: wide and narrow, compacted, replicated once, odd and endless names. */
export function sandboxTopics(brokers: readonly number[]): NewTopic[] {
  const last = brokers.at(-1) ?? 1
  const bounded = { 'retention.bytes': '67108864', 'segment.bytes': '16777216' }
  const topic = (name: string, partitions: number, factor: number, configs: Record<string, string>): NewTopic => ({
    name,
    assignment: rotate(brokers, partitions, factor),
    configs: { ...bounded, ...configs },
  })
  return [
    topic(roles.slow, 12, 3, { 'min.insync.replicas': '2' }),
    topic(roles.guarded, 6, 3, { 'min.insync.replicas': '2' }),
    topic(roles.busy, 60, 3, { 'min.insync.replicas': '1' }),
    topic('customer-profiles', 6, 3, { 'min.insync.replicas': '2', 'cleanup.policy': 'compact' }),
    topic('inventory.stock-levels', 4, 2, { 'min.insync.replicas': '1' }),
    topic(longestName, 1, 3, { 'min.insync.replicas': '2' }),
    // All on the last broker, so that losing another one leaves every partition with a leader.
    { name: roles.lonely, assignment: [[last], [last], [last]], configs: { ...bounded, 'min.insync.replicas': '1' } },
  ]
}

/** Every partition as it was created: what heal brings back. */
export const assignments = (topics: readonly NewTopic[]): Assignment[] =>
  topics.flatMap(({ name, assignment }) =>
    assignment.map((replicas, partition) => ({ topic: name, partition, replicas })),
  )
