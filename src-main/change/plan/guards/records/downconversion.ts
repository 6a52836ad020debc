import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { isFalse, textSteps } from '../values'

const KEY = 'message.downconversion.enable'

/** Up to 3.9: consumers that ask in a format older than the stored one get UNSUPPORTED_VERSION (KafkaApis.handleFetchRequest). 4.0 ignores it. */
export const downconversion: Guard = {
  rule: 'downconversion',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('downconversion', facts.topics)
    const found = new Found()
    for (const { topic, after } of textSteps(facts, KEY)) if (isFalse(after)) found.addTopic(topic)
    says.add('old-consumers', 'warn', found)
    return says.effects()
  },
}
