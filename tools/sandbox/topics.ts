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

/** The same, of topics that only five brokers have. */
export const fiveRoles = {
  /** On every broker. */
  everywhere: 'ledger',
  /** Two replicas, either of which may lead, whatever it has. */
  lossy: 'ads.impressions',
  /** Large enough to take its time. */
  moved: 'archive.events',
  team: 'team.checkout.events',
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

const bounded = { 'retention.bytes': '67108864', 'segment.bytes': '16777216' }

type Maker = (name: string, partitions: number, factor: number, configs: Record<string, string>) => NewTopic

const topicsOn =
  (brokers: readonly number[]): Maker =>
  (name, partitions, factor, configs) => ({
    name,
    assignment: rotate(brokers, partitions, factor),
    configs: { ...bounded, ...configs },
  })

/** Every shape that a board has to show: wide and narrow, compacted, replicated once, odd and endless names. */
export function sandboxTopics(brokers: readonly number[]): NewTopic[] {
  const last = brokers.at(-1) ?? 1
  const topic = topicsOn(brokers)
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

/** The same, and what three brokers are too few for: replication factors 1 to 5, min ISR 1 to 3. */
export function fiveTopics(brokers: readonly number[]): NewTopic[] {
  const topic = topicsOn(brokers)
  const unclean = { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' }
  return [
    ...sandboxTopics(brokers),
    topic(fiveRoles.everywhere, 5, 5, { 'min.insync.replicas': '3' }),
    topic('shipping.labels', 5, 4, { 'min.insync.replicas': '2' }),
    topic(fiveRoles.lossy, 1, 2, unclean),
    topic(fiveRoles.moved, 2, 2, { 'min.insync.replicas': '1' }),
    topic(fiveRoles.team, 3, 3, { 'min.insync.replicas': '2' }),
  ]
}

/** Every partition as it was created: what heal brings back. */
export const assignments = (topics: readonly NewTopic[]): Assignment[] =>
  topics.flatMap(({ name, assignment }) =>
    assignment.map((replicas, partition) => ({ topic: name, partition, replicas })),
  )
