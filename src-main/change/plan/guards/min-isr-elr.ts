import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { amount, numberSteps } from './values'

const KEY = 'min.insync.replicas'

/**
 * A different min ISR empties the list of eligible leader replicas (ELR, KIP-966; seen on 4.4.0: the same value does not). Those replicas hold every
 * acknowledged record; once they are off the list they cannot be elected without loss being possible.
 */
export const minIsrElr: Guard = {
  rule: 'min-isr-elr',
  keys: [KEY],
  needs(changes) {
    const change = changes.get(KEY)
    const after = amount(KEY, change?.after.value)
    return Number.isNaN(after) || after === amount(KEY, change?.before.value) ? [] : ['elr']
  },
  judge(facts) {
    const says = new Says('min-isr-elr', facts.topics)
    const clears = new Found()
    for (const { topic } of numberSteps(facts, KEY)) {
      for (const [partition, elr] of says.known(topic, topic.elr) ?? [])
        if (elr.length > 0) clears.add(topic.topic, partition, elr.length, elr.join(', '))
    }
    says.add('clears', 'warn', clears, { noteUnit: 'count' })
    return says.effects()
  },
}
