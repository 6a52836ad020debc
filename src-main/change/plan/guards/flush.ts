import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { numberSteps } from './values'

const LOW = 1000
const VARIANTS = { messages: 'flush.messages', ms: 'flush.ms' } as const

/** Low values make the broker write to the disk for every few records or moments; replication is what keeps records safe, not this. */
export const flush: Guard = {
  rule: 'flush',
  keys: Object.values(VARIANTS),
  variants: { messages: ['lowestCount'], ms: ['lowestMs'] },
  needs: () => [],
  judge(facts) {
    const says = new Says('flush', facts.topics)
    for (const variant of ['messages', 'ms'] as const) {
      const found = new Found('low')
      let lowest = LOW
      for (const { topic, after } of numberSteps(facts, VARIANTS[variant])) {
        if (after >= LOW) continue
        found.addTopic(topic, after)
        lowest = Math.min(lowest, after)
      }
      const isCount = variant === 'messages'
      says.add(variant, 'warn', found, {
        figures: isCount ? { lowestCount: lowest } : { lowestMs: lowest },
        noteUnit: isCount ? 'count' : 'ms',
      })
    }
    return says.effects()
  },
}
