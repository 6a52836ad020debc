import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { isTrue, textSteps } from './values'

const KEY = 'errors.deadletterqueue.group.enable'

/** From 4.4: share groups write what they could not deliver to this topic, or no longer may (TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_DOC). */
export const deadLetters: Guard = {
  rule: 'dead-letters',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('dead-letters', facts.topics)
    const [on, off] = [new Found(), new Found()]
    for (const { topic, after } of textSteps(facts, KEY)) (isTrue(after) ? on : off).addTopic(topic)
    says.add('refused', 'warn', off)
    says.add('written', 'warn', on)
    return says.effects()
  },
}
