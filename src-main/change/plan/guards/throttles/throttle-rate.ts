import type { Says } from '../effect'
import type { TopicFacts } from '../guard'

/**
 * Brokers whose throttle rate is below what this topic alone sends their followers, worst first. Bytes per second are records per second times a
 * lower bound of a record's size on disk (bytes over log end offset, as if nothing had ever been deleted), shared evenly over the partitions; so a
 * rate that is called too slow is, and one that is not called so may still be.
 */
export function slowRates(
  topic: TopicFacts,
  rates: ReadonlyMap<number, number>,
  says: Pick<Says<'throttle-left'>, 'known'>,
): readonly { readonly broker: number; readonly bytesPerSecond: number }[] {
  const produced = says.known(topic, topic.produceRate)
  const sizes = says.known(topic, topic.sizes)
  if (produced === null || sizes === null) return []
  let bytes = 0
  let records = 0
  const following = new Map<number, number>()
  for (const { partition, replicas, leader, logEndOffsets } of topic.partitions) {
    const size = sizes.get(partition)
    const end = Math.max(...logEndOffsets.filter((offset) => !Number.isNaN(offset)), 0)
    if (size !== undefined && end > 0) {
      bytes += size
      records += end
    }
    for (const broker of replicas) if (broker !== leader) following.set(broker, (following.get(broker) ?? 0) + 1)
  }
  if (records === 0) return []
  const perPartition = (produced * bytes) / records / topic.partitions.length
  return [...rates]
    .map(([broker, bytesPerSecond]) => ({ broker, bytesPerSecond }))
    .filter(({ broker, bytesPerSecond }) => bytesPerSecond < perPartition * (following.get(broker) ?? 0))
    .sort((a, b) => a.bytesPerSecond - b.bytesPerSecond)
}
