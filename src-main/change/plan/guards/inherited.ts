import type { KeyState } from '../../../contract/change'
import { CONFIG_SOURCES } from '../../../contract/config'
import { Says, listText } from './effect'
import { Found } from './found'
import type { BrokerSays, Guard } from './guard'

/** Keys that topics inherit, where it matters that all brokers and the controllers have the same. */
export const DECIDED_BY_FILE: readonly string[] = ['min.insync.replicas', 'unclean.leader.election.enable']

const OF_ONE_BROKER: readonly (string | undefined)[] = ['broker', 'static'] satisfies (typeof CONFIG_SOURCES)[number][]
/** Where another node may have something else: its own setting, or none over the built-in one. */
const PER_NODE: readonly (string | undefined)[] = [
  'broker',
  'static',
  'default',
] satisfies (typeof CONFIG_SOURCES)[number][]

const isOfOne = ({ override, source }: KeyState): boolean =>
  override === null && OF_ONE_BROKER.includes(CONFIG_SOURCES[source])
const isPerNode = ({ override, source }: KeyState): boolean =>
  override === null && PER_NODE.includes(CONFIG_SOURCES[source])

/** `1: 2, 3: 1` by broker; '' where they all say the same. */
function differing(says: BrokerSays, key: string): string {
  const told = [...(says.get(key) ?? [])].sort(([a], [b]) => a - b)
  return new Set(told.map(([, value]) => value)).size < 2
    ? ''
    : told.map(([broker, value]) => `${broker}: ${value}`).join(', ')
}

/**
 * Once an override is gone its key is inherited. What a broker tells then is its own setting where the cluster has no default for it: other
 * brokers may have another, and the controller decides by its own file (KafkaConfigSchema.resolveEffectiveTopicConfigs). Of the two keys that decide
 * over loss the brokers are compared, also where the plan only stands on what is inherited now.
 */
export const inherited: Guard = {
  rule: 'inherited',
  keys: 'any',
  needs: (changes) =>
    DECIDED_BY_FILE.some((key) => {
      const change = changes.get(key)
      return change !== undefined && (isPerNode(change.before) || isPerNode(change.after))
    })
      ? ['brokerSays']
      : [],
  judge(facts) {
    const says = new Says('inherited', facts.topics)
    const found = new Found()
    const differs = new Found()
    const keys = new Set<string>()
    const brokers = new Set<number>()
    const values = new Set<string>()
    for (const topic of facts.topics) {
      for (const [key, { before, after }] of topic.changes) {
        const others = isPerNode(before) || isPerNode(after) ? differing(facts.brokerSays, key) : ''
        if (others !== '') {
          differs.addTopic(topic, NaN, key)
          values.add(`${key} (${others})`)
        } else if (isOfOne(after)) {
          found.addTopic(topic, NaN, key)
          keys.add(key)
          brokers.add(topic.toldBy)
        }
      }
    }
    says.add('differs', 'unknown', differs, { figures: { valuesText: listText(values) } })
    says.add('by-file', 'unknown', found, { figures: { keyText: listText(keys), brokersText: listText(brokers) } })
    return says.effects()
  },
}
