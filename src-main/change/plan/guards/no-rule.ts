import { Says, listText } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { HARMLESS } from './harmless'

/** `judged`: every key that a rule looks at by name. */
export const noRule = (judged: ReadonlySet<string>): Guard => ({
  rule: 'no-rule',
  keys: 'any',
  needs: () => [],
  /** What nobody has a rule for (another vendor's key, one of a later Kafka, a mistyped one) is not known to be harmless. */
  judge(facts) {
    const says = new Says('no-rule', facts.topics)
    const found = new Found()
    const keys = new Set<string>()
    for (const topic of facts.topics) {
      for (const [key, { before, after }] of topic.changes) {
        if (judged.has(key) || HARMLESS.has(key)) continue
        if (before.value !== null && before.value === after.value) continue
        found.addTopic(topic, NaN, key)
        keys.add(key)
      }
    }
    says.add('not-judged', 'unknown', found, { figures: { keyText: listText(keys) } })
    return says.effects()
  },
})
