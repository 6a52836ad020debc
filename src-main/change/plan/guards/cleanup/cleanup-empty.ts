import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { elements, isTrue, textSteps, valueAfter } from '../values'

/**
 * Brokers accept an empty policy (seen on 4.4.0, after taking the last element away): nothing is deleted or compacted any more. With tiered storage local
 * segments still go once they are copied (TopicConfig.CLEANUP_POLICY_DOC), so that it is remote storage which grows.
 */
export const cleanupEmpty: Guard = {
  rule: 'cleanup-empty',
  keys: ['cleanup.policy'],
  needs: () => [],
  judge(facts) {
    const says = new Says('cleanup-empty', facts.topics)
    const found = new Found()
    const tiered = new Found()
    for (const { topic, after } of textSteps(facts, 'cleanup.policy'))
      if (elements(after).length === 0)
        (isTrue(valueAfter(topic, 'remote.storage.enable')) ? tiered : found).addTopic(topic)
    says.add('nothing-cleaned', 'warn', found)
    says.add('remote-grows', 'warn', tiered)
    return says.effects()
  },
}
