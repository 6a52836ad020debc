import type { Sliced } from '../../../domain/slices'
import type { Says } from './effect'
import { isWhole, listText } from './effect'
import { Found } from './found'
import type { Deletable, TopicFacts } from './guard'

/** Rules by which records become deletable: they say the same of them. */
type LossRule = 'retention-ms' | 'retention-bytes' | 'compact-to-delete'
export type LossSays = Pick<Says<LossRule>, 'add' | 'known'>

/**
 * Kafka deletes whole segments on every replica when it next looks (log.retention.check.interval.ms of the broker, 5 min by default), the active one too once all its records
 * are too old (UnifiedLog.deletableSegments), and there is no way back: what a group has not read by then it never reads. All figures are upper
 * bounds. `bytesOf` gives the bytes of one replica, NaN unknown.
 * Answers the topics in which something becomes deletable.
 */
export function* sayLosses(
  says: LossSays,
  lowered: readonly TopicFacts[],
  bytesOf: (topic: TopicFacts, row: Deletable) => number = (_topic, row) => row.bytes,
): Sliced<ReadonlySet<TopicFacts>> {
  const unread = new Found()
  const deletes = new Found()
  const nothing = new Found()
  const losing = new Set<TopicFacts>()
  const groupNames = new Set<string>()
  const sums = { deletableRecords: 0, freedBytes: 0, unreadRecords: 0 }
  for (const topic of lowered) {
    yield
    const deletable = says.known(topic, topic.deletable)
    if (deletable === null) continue
    const replicas = new Map(topic.partitions.map(({ partition, replicas: { length } }) => [partition, length]))
    for (const row of deletable) {
      if (row.records === 0) continue
      losing.add(topic)
      deletes.add(topic.topic, row.partition, row.records)
      sums.deletableRecords += row.records
      sums.freedBytes += bytesOf(topic, row) * (replicas.get(row.partition) ?? NaN)
    }
    if (!losing.has(topic) && isWhole(topic.deletable)) nothing.addTopic(topic)
    // Without records to delete no group can lose any, so it does not matter whether groups could be read.
    const groups = losing.has(topic) ? says.known(topic, topic.groups) : []
    for (const { group, partition, unreadRecords } of groups ?? []) {
      if (unreadRecords === 0) continue
      unread.add(topic.topic, partition, unreadRecords, group)
      groupNames.add(group)
      sums.unreadRecords += unreadRecords
    }
  }
  const { deletableRecords, freedBytes, unreadRecords } = sums
  says.add('unread', 'block', unread, {
    figures: { unreadRecords, groupCount: groupNames.size, groupsText: listText(groupNames) },
    noteUnit: 'records',
  })
  says.add('deletes', 'warn', deletes, { figures: { deletableRecords, freedBytes }, noteUnit: 'records' })
  says.add('nothing-now', 'info', nothing)
  return losing
}
