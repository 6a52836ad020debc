/** Settings in words. Pure. */
import type { ConfigValue } from '@contract/config'
import { CONFIG_TYPES } from '@contract/config'
import type { ConfigKey, KeyUnit } from '@shared/config-keys'
import { configKey } from '@shared/config-keys'
import { isUnlimited } from '@shared/unlimited'
import type { Say } from '../../common/say'
import { sourceWord } from '../../common/source-words'
import { LARGEST_LONG } from './amount-units'
import { editableAmount, readableAmount } from './show-amount'

type Named = Pick<ConfigValue, 'name' | 'type'>

/** Unit of a setting; brokers have many that the catalogue does not name, and Kafka's names end in their unit. */
export function unitOf({ name, type }: Named): KeyUnit {
  const known = configKey(name)
  if (known !== undefined) return known.unit
  const kind = CONFIG_TYPES[type]
  if (kind === 'boolean' || kind === 'list') return kind
  if (kind !== 'int' && kind !== 'long') return 'text'
  return name.endsWith('.ms') ? 'ms' : name.endsWith('.bytes') ? 'bytes' : 'count'
}

export const riskOf = (name: string): ConfigKey['risk'] | '' => configKey(name)?.risk ?? ''
export function riskWords(say: Say, name: string): string {
  const risk = riskOf(name)
  return risk === '' ? '–' : say.t(`config.risk.${risk}`)
}
export const typeWords = (say: Say, named: Named): string => say.t(`config.unit.${unitOf(named)}`)
/** What the key means for replication and for records, one sentence; '' where the catalogue has none. */
export function meaningWords(say: Say, name: string): string {
  const key = configKey(name)
  return key === undefined ? '' : say.t(`config.meaning.${key.name}`)
}

/** A stored value for reading: `7 d`, `about 1.4 GiB`, `unlimited`. `raw` null: not set, or never told. */
export function valueWords(say: Say, named: Named, raw: string | null): string {
  if (raw === null) return say.t('config.value.unset')
  const unit = unitOf(named)
  if (raw === '') return say.t(unit === 'throttled-replicas' ? 'config.value.nothing' : 'config.value.empty')
  if (isUnlimited(named.name, raw)) return say.t(raw === '-1' ? 'config.value.unlimited' : 'config.value.never')
  // LogConfig: -2 of the local limits means the limit of the whole log.
  if (raw === '-2' && named.name.startsWith('local.retention.')) return say.t('config.value.asWhole')
  if (raw === String(LARGEST_LONG)) return say.t('config.value.never')
  if (raw === '*' && unit === 'throttled-replicas') return say.t('config.value.everyReplica')
  if (unit === 'ms' || unit === 'bytes') {
    const { text, exact } = readableAmount(unit, raw, say.f)
    return exact ? text : say.t('config.value.about', { text })
  }
  return unit === 'count' && Number.isSafeInteger(Number(raw)) ? say.f.offset(Number(raw)) : raw
}

/** The value of a setting as told by a broker: hidden, unset, or in words. */
export const shownValue = (say: Say, value: ConfigValue): string =>
  value.sensitive ? say.t('config.value.hidden') : valueWords(say, value, value.value)

/** A value that is shown as it is stored is Kafka's text, whatever language the screen speaks. */
export const langOf = (shown: string, raw: string | null): 'en' | undefined => (shown === raw ? 'en' : undefined)

/** What stands in the input when the editing begins; `readValue` reads it back to the same value. */
export function editText(say: Say, named: Named, raw: string): string {
  const unit = unitOf(named)
  if (unit !== 'ms' && unit !== 'bytes') return raw
  return raw === '-1' && isUnlimited(named.name, raw)
    ? say.t('config.value.unlimited')
    : editableAmount(unit, raw, say.f.locale)
}

/** `7 d, cluster default`: what holds once the topic's own override is gone. */
export function inheritedWords(say: Say, value: ConfigValue): string {
  const { inherited } = value
  if (inherited === null) return say.t('config.value.notTold')
  return say.t('config.value.from', {
    value: valueWords(say, value, inherited.value),
    source: sourceWord(say, inherited.source),
  })
}

/** Smallest and largest value in words, '' where there is no range. */
export function rangeWords(say: Say, key: ConfigKey): string {
  if (key.options !== undefined) return key.options.join(', ')
  if (key.min === undefined || key.max === undefined) return ''
  const shown = (value: number): string => valueWords(say, { name: '', type: 5 }, String(value))
  return key.max === Number.MAX_SAFE_INTEGER
    ? say.t('config.value.atLeast', { min: shown(key.min) })
    : say.t('config.value.range', { min: shown(key.min), max: shown(key.max) })
}
