/** The table as it is looked up at run time. */
import type { Phrase } from './phrase'
import { EFFECTS } from './phrases/effects'
import { PHRASES } from './phrases/phrases'
import { COMMON, UNITS } from './table'
import type { Entry, Kind, Unit } from './table'

export const ENTRIES: ReadonlyMap<string, Entry> = new Map([
  ...Object.entries<Entry>(PHRASES),
  ...Object.entries<Readonly<Record<string, Entry>>>(EFFECTS).flatMap(([rule, variants]) =>
    Object.entries(variants).map(([variant, entry]): [string, Entry] => [
      `effect.${rule}.${variant}`,
      { ...entry, args: { ...entry.args, ...COMMON } },
    ]),
  ),
])

export const isUnit = (kind: string): kind is Unit => UNITS.some((unit) => unit === kind)

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const hasOnly = (value: Fields, names: readonly string[]): boolean =>
  Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))

function isOfKind(kind: Kind, value: unknown): boolean {
  if (isUnit(kind))
    return (
      isFields(value) && hasOnly(value, ['unit', 'value']) && value.unit === kind && typeof value.value === 'number'
    )
  switch (kind) {
    case 'text':
    case 'said':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'phrase':
      return isPhrase(value)
    case 'phrases':
      return Array.isArray(value) && value.every(isPhrase)
  }
}

/**
 * The sentence of an effect with its figures as plain values: what they count is the table's. Throws on figures that are not the ones it has, which
 * the types of those who say it (change/plan/guards/effect.ts) do not let happen.
 */
export function effectPhrase(effect: string, figures: Readonly<Record<string, number | string>>): Phrase {
  const kinds = ENTRIES.get(`effect.${effect}`)?.args ?? {}
  const args = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? { unit: kinds[name], value } : value,
    ]),
  )
  const phrase: unknown = { id: `effect.${effect}`, args }
  if (!isPhrase(phrase)) throw new Error(`no phrase: ${JSON.stringify(phrase)}`)
  return phrase
}

/** Whether a value is a phrase of this table with the values it wants, and nothing else: for what was kept, or comes from elsewhere. */
export function isPhrase(value: unknown): value is Phrase {
  if (!isFields(value) || !hasOnly(value, ['id', 'args']) || typeof value.id !== 'string') return false
  const entry = ENTRIES.get(value.id)
  const { args } = value
  if (entry === undefined || !isFields(args)) return false
  return (
    hasOnly(args, Object.keys(entry.args)) &&
    Object.entries(entry.args).every(([name, kind]) => isOfKind(kind, args[name]))
  )
}
