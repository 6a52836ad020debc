import { configKey } from '../../../shared/config-keys'
import type { KeyUnit } from '../../../shared/config-keys'
import { Says, listText } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { amount } from './values'

const LONGEST_BYTES = 32_767
const NUMBERS: ReadonlySet<KeyUnit> = new Set<KeyUnit>(['ms', 'bytes', 'count'])
const isNumber = (key: string): boolean => {
  const unit = configKey(key)?.unit
  return unit !== undefined && NUMBERS.has(unit)
}

/**
 * The rules compare the value before with the value after. Where the broker does not tell what is inherited, or the new value is not a number, they
 * cannot: this rule says so for all of them. What is longer than LONGEST_BYTES is refused from 4.4 on (ConfigurationControlManager, DISALLOWED_CONFIG_VALUE_SIZE):
 * lists of throttled replicas grow that long.
 */
export const value: Guard = {
  rule: 'value',
  keys: 'any',
  needs: () => [],
  judge(facts) {
    const says = new Says('value', facts.topics)
    const untold = new Found()
    const odd = new Found()
    const long = new Found()
    const keys = { untold: new Set<string>(), odd: new Set<string>(), long: new Set<string>() }
    for (const topic of facts.topics) {
      for (const [key, { after }] of topic.changes) {
        if (Buffer.byteLength(after.override ?? '') > LONGEST_BYTES) {
          long.addTopic(topic, NaN, key)
          keys.long.add(key)
        } else if (after.value === null) {
          untold.addTopic(topic, NaN, key)
          keys.untold.add(key)
        } else if (isNumber(key) && Number.isNaN(amount(key, after.value))) {
          odd.addTopic(topic, NaN, key)
          keys.odd.add(key)
        }
      }
    }
    says.add('too-long', 'block', long, { figures: { keyText: listText(keys.long) } })
    says.add('not-told', 'unknown', untold, { figures: { keyText: listText(keys.untold) } })
    says.add('not-a-number', 'unknown', odd, { figures: { keyText: listText(keys.odd) } })
    return says.effects()
  },
}
