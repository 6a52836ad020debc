import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, GuardFacts } from '../guard'
import { numberSteps } from '../values'

const LOW = 1000
const MESSAGES = 'flush.messages'
const MS = 'flush.ms'

/** Topics on which a key is set to less than LOW, and the lowest value. */
function low(facts: GuardFacts, key: string): { readonly found: Found; readonly lowest: number } {
  const found = new Found('low')
  let lowest = LOW
  for (const { topic, after } of numberSteps(facts, key)) {
    if (after >= LOW) continue
    found.addTopic(topic, after)
    lowest = Math.min(lowest, after)
  }
  return { found, lowest }
}

/** Low values make the broker write to the disk for every few records or moments; replication is what keeps records safe, not this. */
export const flush: Guard = {
  rule: 'flush',
  keys: [MESSAGES, MS],
  needs: () => [],
  judge(facts) {
    const says = new Says('flush', facts.topics)
    const messages = low(facts, MESSAGES)
    const ms = low(facts, MS)
    says.add('messages', 'warn', messages.found, { figures: { lowestCount: messages.lowest }, noteUnit: 'count' })
    says.add('ms', 'warn', ms.found, { figures: { lowestMs: ms.lowest }, noteUnit: 'ms' })
    return says.effects()
  },
}
