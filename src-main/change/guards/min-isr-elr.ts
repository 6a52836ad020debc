import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { numberSteps } from './values'

const KEY = 'min.insync.replicas'

/**
 * A different min ISR empties the list of eligible leader replicas (ELR, KIP-966; seen on 4.4.0: the same value does not). Those replicas hold every
 * acknowledged record; once they are off the list they cannot be elected without loss being possible.
 */
export const minIsrElr: Guard = {
  rule: 'min-isr-elr',
  keys: [KEY],
  variants: { clears: [] },
  needs: () => [],
  judge(facts) {
    const says = new Says('min-isr-elr', facts.topics).asOf(facts.metadataAt)
    const clears = new Found()
    for (const { topic } of numberSteps(facts, KEY)) {
      for (const { partition, elr } of topic.partitions) if (elr.length > 0) clears.add(topic.topic, partition, elr.length, elr.join(', '))
    }
    says.add('clears', 'warn', clears, { noteUnit: 'count' })
    return says.effects()
  },
}
