import { fiveRoles, roles, until, writeRecords } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { keyOf, type PartitionView } from '../../tools/sandbox/cluster-view'
import { noThrottledReplicas } from '../../tools/sandbox/throttles'

/** One partition of each: two replicas either of which may lead, three and min ISR 2, five and min ISR 3, four and min ISR 2. */
const TOPICS = [fiveRoles.lossy, roles.slow, fiveRoles.everywhere, 'shipping.labels']
/** At one of these fetches (replica.fetch.max.bytes) about every eleven seconds: the window of Kafka's quota. */
const MEGABYTES = 8
const FENCED_WITHIN_MS = 60_000
const LEADS_WITHIN_MS = 60_000

/** Replicas of a broker that lives that stay out of the ISR. */
export interface HeldBack {
  /** Of their partitions. */
  readonly keys: ReadonlySet<string>
  /** Lets them go, once the broker's rate is taken away too. */
  undo(): Promise<void>
}

/**
 * `broker` stands still until it is fenced, and what it misses meanwhile comes through a throttle of a byte a second: it is listed, answers, and is out of the ISR of one partition of each
 * topic for a minute at least. All its other replicas catch up at once, and it leads again what it is preferred for: else Kafka would give it that by itself at some time.
 */
export async function holdBack(
  { admin, cluster }: Pick<Sandbox, 'admin' | 'cluster'>,
  broker: number,
): Promise<HeldBack> {
  const { partitions } = await admin.view()
  const held = TOPICS.map((topic): PartitionView => {
    const row = partitions.find((one) => one.topic === topic && one.replicas[0] !== broker && one.isr.includes(broker))
    if (row === undefined) throw new Error(`Broker ${broker} follows no partition of ${topic}`)
    return row
  })
  for (const { topic, partition } of held)
    await admin.alterTopic(topic, { 'follower.replication.throttled.replicas': `${partition}:${broker}` })
  await admin.alterBroker(broker, { 'follower.replication.throttled.rate': '1' })
  await cluster.freeze(broker)
  await until(`broker ${broker} to be out`, FENCED_WITHIN_MS, async () => {
    const now = (await admin.view()).partitions
    return now.every(({ leader, isr }) => leader !== broker && !isr.includes(broker)) || null
  })
  for (const { topic, partition } of held)
    await writeRecords(cluster, { topic, partition, count: MEGABYTES * 100, bytes: 10_000, perBatch: 50 })
  await cluster.thaw(broker)
  await until('every preferred leader to lead', LEADS_WITHIN_MS, async () => {
    const strays = (await admin.view()).partitions.filter(({ leader, replicas }) => leader !== replicas[0])
    if (strays.length === 0) return true
    await admin.electPreferred(strays)
    return null
  })
  return {
    keys: new Set(held.map(keyOf)),
    undo: async () => {
      for (const { topic } of held) await admin.alterTopic(topic, noThrottledReplicas)
    },
  }
}
