import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { elements, numberSteps, valueAfter } from '../values'

const KEY = 'delete.retention.ms'
const POLICY = 'cleanup.policy'

/**
 * The cleaner drops a tombstone this long after it first passed it (KIP-534 and MemoryRecords.filterTo; before 3.1 by the time of the segment). A
 * reader that needs longer from the first record to the end may miss it and keeps the deleted key (Kafka's words on the key in TopicConfig.java).
 */
export const tombstones: Guard = {
  rule: 'tombstones',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('tombstones', facts.topics)
    const sooner = new Found('low')
    let lowest = Infinity
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (after >= before) continue
      const policy = valueAfter(topic, POLICY)
      if (policy === undefined) says.missing(topic, { id: 'why.setting-untold', args: { key: POLICY } })
      else if (elements(policy).includes('compact')) {
        sooner.addTopic(topic, after)
        lowest = Math.min(lowest, after)
      }
    }
    says.add('gone-sooner', 'warn', sooner, { figures: { lowestMs: lowest }, noteUnit: 'ms' })
    return says.effects()
  },
}
