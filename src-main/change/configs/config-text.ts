import { CONFIG_TYPES } from '../../contract/config'

/**
 * Values of settings as Kafka keeps them. ConfigDef.parseType trims everything, lowers booleans and parses numbers; what a broker tells is the
 * parsed value written out again, so " TRUE" set is "true" read (ConfigDef.java, ConfigHelper.createTopicConfigEntry).
 */
type Kind = (typeof CONFIG_TYPES)[number]

const WHOLE: ReadonlySet<Kind> = new Set<Kind>(['int', 'short', 'long'])
const kindOf = (type: number): Kind => CONFIG_TYPES[type] ?? 'unknown'

/** `type` as in CONFIG_TYPES. A value the broker would not parse stays as it is: the broker's own refusal tells more. */
export function canonicalValue(type: number, text: string): string {
  const trimmed = text.trim()
  const kind = kindOf(type)
  if (kind === 'boolean') return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() : trimmed
  if (WHOLE.has(kind)) return /^[+-]?\d+$/.test(trimmed) ? String(BigInt(trimmed.replace(/^\+/, ''))) : trimmed
  if (kind === 'list') return trimmed === '' ? '' : trimmed.split(/\s*,\s*/).join(',')
  return trimmed
}

/** Java writes doubles in a way of its own ("1.0E-5"), so they are compared as numbers. null = no override. */
export function sameValue(type: number, a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b
  if (kindOf(type) === 'double' && a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b)) return true
  return canonicalValue(type, a) === canonicalValue(type, b)
}
