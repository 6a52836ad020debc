import { Says } from '../effect'
import { Found } from '../found'
import type { Deletable, Guard, TopicFacts } from '../guard'
import { sayLosses } from '../losses'
import { deletesRecords } from './retention-ms'
import { amount, mayLower, numberSteps, valueAfter } from '../values'

const KEY = 'retention.bytes'

/**
 * How much is kept, per partition and per replica, not per topic (UnifiedLog.deleteRetentionSizeBreachedSegments). Where retention.ms is lowered in the
 * same plan, that rule tells what goes: the facts about deletable records are for both limits together.
 */
export const retentionBytes: Guard = {
  rule: 'retention-bytes',
  keys: [KEY],
  needs: (changes) => (mayLower(changes, KEY) ? ['sizes', 'deletable', 'groups'] : []),
  *judge(facts) {
    const says = new Says('retention-bytes', facts.topics).asOf(facts.metadataAt)
    const limited = new Found()
    const unlimited = new Found()
    const belowSegment = new Found()
    const compactOnly = new Found()
    const lowered: TopicFacts[] = []
    const limits = new Map<TopicFacts, number>()
    let upToBytes = 0
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (!deletesRecords(topic)) {
        compactOnly.addTopic(topic)
        continue
      }
      if (after === Infinity) unlimited.addTopic(topic)
      else {
        const replicas = topic.partitions.reduce((sum, partition) => sum + partition.replicas.length, 0)
        limited.addTopic(topic, after * replicas)
        upToBytes += after * replicas
        const segment = amount('segment.bytes', valueAfter(topic, 'segment.bytes'))
        if (Number.isNaN(segment)) says.missing(topic, { id: 'why.setting-untold', args: { key: 'segment.bytes' } })
        else if (after < segment) belowSegment.addTopic(topic, segment)
      }
      if (after >= before) continue
      limits.set(topic, after)
      if (!mayLower(topic.changes, 'retention.ms')) lowered.push(topic)
    }
    const sizes = new Map(lowered.map((topic) => [topic, says.known(topic, topic.sizes)]))
    const over = (topic: TopicFacts, { partition }: Deletable): number =>
      Math.max(0, (sizes.get(topic)?.get(partition) ?? NaN) - (limits.get(topic) ?? NaN))
    yield* sayLosses(says, lowered, over)
    says.add('per-partition', 'info', limited, { figures: { upToBytes }, noteUnit: 'bytes' })
    says.add('below-segment', 'warn', belowSegment, { noteUnit: 'bytes' })
    says.add('unlimited', 'info', unlimited)
    says.add('compact-only', 'info', compactOnly)
    return says.effects()
  },
}
