/**
 * Format 1 (releases before the table of phrases) kept English sentences, and figures of effects whose names end in their unit. The sentences become
 * phrases that say exactly the same. What does not look like format 1 is left as it is, for the schema to name.
 */
import { isPhrase } from '../shared/words/entries'
import type { Phrase } from '../shared/words/phrase'
import type { Unit } from '../shared/words/table'
import { changed, each, isFields, within } from './body-fields'
import type { Fields } from './body-fields'

const isFigure = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string'

const ENDINGS: readonly (readonly [ending: string, unit: Unit])[] = [
  ['Bytes', 'bytes'],
  ['Records', 'records'],
  ['Ms', 'ms'],
  ['Count', 'count'],
]
/** Their rows counted members of the ISR, which format 1 did not say. */
const COUNTED_ISR: ReadonlySet<unknown> = new Set(['min-isr-raise', 'min-isr-lower', 'min-isr-one'])

const legacy = (text: string): Phrase => ({ id: 'legacy', args: { text } })

function sentence(rule: string, variant: string, figures: Fields): Phrase {
  const args = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => {
      const unit = ENDINGS.find(([ending]) => name.endsWith(ending))?.[1]
      return [name, typeof value === 'number' && unit !== undefined ? { unit, value } : value]
    }),
  )
  const phrase: unknown = { id: `effect.${rule}.${variant}`, args }
  if (isPhrase(phrase)) return phrase
  const told = Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`)
  return legacy([`${rule}.${variant}`, ...told].join(', '))
}

function effect(value: unknown): unknown {
  if (!isFields(value)) return value
  const { rule, variant, figures, reason, noteUnit, ...rest } = value
  if (typeof rule !== 'string' || typeof variant !== 'string' || typeof reason !== 'string') return value
  if (!isFields(figures) || !Object.values(figures).every(isFigure)) return value
  const unit = noteUnit === 'count' && COUNTED_ISR.has(rule) ? 'in-sync' : noteUnit
  return {
    ...rest,
    says: sentence(rule, variant, figures),
    ...(unit === undefined ? {} : { noteUnit: unit }),
    reasons: reason === '' ? [] : [legacy(reason)],
  }
}

/** '' was no message. */
const message = (value: unknown): unknown => (typeof value !== 'string' ? value : value === '' ? null : legacy(value))

const withMessage = (value: unknown): unknown =>
  isFields(value) && 'message' in value ? { ...value, message: message(value.message) } : value

export function fromFormat1(body: unknown): unknown {
  if (!isFields(body)) return body
  switch (body.type) {
    case 'planned':
      return changed(body, 'plan', within('effects', each(effect)))
    case 'validated':
      return changed(body, 'validation', within('refusals', each(withMessage)))
    case 'answered':
    case 'settled':
      return changed(body, 'results', each(withMessage))
    case 'stopped':
      return changed(body, 'why', message)
    default:
      return body
  }
}
