/**
 * Values of settings as Kafka keeps them. ConfigDef.parseType trims everything, lowers booleans and parses numbers; what a broker tells is the
 * parsed value written out again, so " TRUE" set is "true" read (ConfigDef.java, ConfigHelper.createTopicConfigEntry).
 */
const BOOLEAN = 1
const LIST = 7
const DOUBLE = 6
const WHOLE: ReadonlySet<number> = new Set([3, 4, 5])

/** `type` as in CONFIG_TYPES. A value the broker would not parse stays as it is: the broker's own refusal tells more. */
export function canonicalValue(type: number, text: string): string {
  const trimmed = text.trim()
  if (type === BOOLEAN) return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() : trimmed
  if (WHOLE.has(type)) return /^[+-]?\d+$/.test(trimmed) ? String(BigInt(trimmed.replace(/^\+/, ''))) : trimmed
  if (type === LIST) return trimmed === '' ? '' : trimmed.split(/\s*,\s*/).join(',')
  return trimmed
}

/** Java writes doubles in a way of its own ("1.0E-5"), so they are compared as numbers. null = no override. */
export function sameValue(type: number, a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b
  if (type === DOUBLE && a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b)) return true
  return canonicalValue(type, a) === canonicalValue(type, b)
}
