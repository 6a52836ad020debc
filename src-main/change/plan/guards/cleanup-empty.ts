import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { elements, textSteps } from './values'

/** Brokers accept an empty policy (seen on 4.4.0, after taking the last element away): nothing is deleted or compacted any more. */
export const cleanupEmpty: Guard = {
  rule: 'cleanup-empty',
  keys: ['cleanup.policy'],
  needs: () => [],
  judge(facts) {
    const says = new Says('cleanup-empty', facts.topics)
    const found = new Found()
    for (const { topic, after } of textSteps(facts, 'cleanup.policy'))
      if (elements(after).length === 0) found.addTopic(topic)
    says.add('nothing-cleaned', 'warn', found)
    return says.effects()
  },
}
