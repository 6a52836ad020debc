import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

const KEY = 'max.message.bytes'
const LARGE_BYTES = 10 * 1024 * 1024

/** Large batches are held whole in the memory of brokers, followers and consumers, and some consumers have a hard limit of their own. */
export const maxMessageRaise: Guard = {
  rule: 'max-message-raise',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('max-message-raise', facts.topics)
    const found = new Found()
    let limitBytes = 0
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (after <= before || after <= LARGE_BYTES) continue
      found.addTopic(topic, after)
      limitBytes = Math.max(limitBytes, after)
    }
    says.add('large', 'warn', found, { figures: { limitBytes }, noteUnit: 'bytes' })
    return says.effects()
  },
}
