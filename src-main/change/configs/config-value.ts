import { SOURCE_TOPIC, type ConfigValue } from '../../contract/config'
import type { ConfigEntry } from '../../ports/cluster-port'

/**
 * A broker's entry as a value. What holds without the override is the first layer below it; a broker that was not asked for layers, or that
 * lists none (see fill-inherited.ts), does not tell it.
 */
export function configValue(entry: ConfigEntry): ConfigValue {
  const { name, value, source, type, sensitive, readOnly, synonyms } = entry
  const below = synonyms.find((layer) => layer.source !== SOURCE_TOPIC)
  const inherited =
    source !== SOURCE_TOPIC
      ? { value, source }
      : below === undefined
        ? null
        : { value: below.value, source: below.source }
  return { name, value, source, type, sensitive, readOnly, inherited }
}
