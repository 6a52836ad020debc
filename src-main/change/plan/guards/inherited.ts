import { CONFIG_SOURCES } from '../../../contract/config'
import { Says, listText } from './effect'
import { Found } from './found'
import type { Guard } from './guard'

const OF_ONE_BROKER: readonly (string | undefined)[] = ['broker', 'static'] satisfies (typeof CONFIG_SOURCES)[number][]

/**
 * Once an override is gone its key is inherited. What a broker tells then is its own setting where the cluster has no default for it: other
 * brokers may have another, and the controller decides by its own file (KafkaConfigSchema.resolveEffectiveTopicConfigs).
 */
export const inherited: Guard = {
  rule: 'inherited',
  keys: 'any',
  needs: () => [],
  judge(facts) {
    const says = new Says('inherited', facts.topics)
    const found = new Found()
    const keys = new Set<string>()
    for (const topic of facts.topics) {
      for (const [key, { after }] of topic.changes) {
        if (after.override !== null || !OF_ONE_BROKER.includes(CONFIG_SOURCES[after.source])) continue
        found.addTopic(topic, NaN, key)
        keys.add(key)
      }
    }
    says.add('by-file', 'unknown', found, { figures: { keyText: listText(keys) } })
    return says.effects()
  },
}
