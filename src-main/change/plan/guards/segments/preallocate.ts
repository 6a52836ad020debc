import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { amount, isTrue, textSteps, valueAfter } from '../values'

const KEY = 'preallocate'

/** Every new segment takes segment.bytes of the disk at once, on each replica of each partition (FileRecords.openChannel). */
export const preallocate: Guard = {
  rule: 'preallocate',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('preallocate', facts.topics).asOf(facts.metadataAt)
    const found = new Found()
    let atOnceBytes = 0
    for (const { topic, after } of textSteps(facts, KEY)) {
      if (!isTrue(after)) continue
      const replicas = topic.partitions.reduce((sum, partition) => sum + partition.replicas.length, 0)
      const bytes = amount('segment.bytes', valueAfter(topic, 'segment.bytes')) * replicas
      found.addTopic(topic, bytes)
      atOnceBytes += bytes
    }
    says.add('at-once', 'warn', found, { figures: { atOnceBytes }, noteUnit: 'bytes' })
    return says.effects()
  },
}
