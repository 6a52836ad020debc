import { ENTRIES } from './entries'
import { createFormats } from './format/formats'
import type { Formats } from './format/formats'
import { LANGUAGES } from './language'
import type { Language } from './language'
import type { Phrase, Value } from './phrase'
import type { Quantity, Text } from './table'

interface Joints {
  readonly noLimit: string
  /** Between phrases of a list. */
  readonly then: string
}
const JOINTS: { readonly [L in Language]: Joints } = {
  en: { noLimit: 'no limit', then: '; ' },
  'zh-CN': { noLimit: '不限', then: '；' },
}

const formats: ReadonlyMap<Language, Formats> = new Map(
  LANGUAGES.map((language) => [language, createFormats(language)]),
)

/** `1.2 M`, `2.0 KiB`, `7 d`, `?`: what a quantity counts is told by the words around it. */
export function quantityWords(language: Language, { unit, value }: Quantity): string {
  const f = formats.get(language)!
  switch (unit) {
    case 'bytes':
      return f.bytes(value)
    case 'ms':
      if (value === -1 || value === Number.POSITIVE_INFINITY) return JOINTS[language].noLimit
      // Settings may be a few milliseconds, which would be `0 s`.
      return value < 1000 ? f.latency(value) : f.seconds(value)
    case 'count':
    case 'records':
    case 'in-sync':
      return f.count(value)
  }
}

const isQuantity = (value: Value): value is Quantity => typeof value === 'object' && 'unit' in value

/** What becomes of names and of other people's words before they stand in a sentence: where it is not read as plain text. */
export type Mask = (text: string) => string
const asIs: Mask = (text) => text

function valueWords(language: Language, value: Value, mask: Mask): string {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') return String(value)
  if (isQuantity(value)) return quantityWords(language, value)
  return 'id' in value ? say(language, value, mask) : sayAll(language, value, mask)
}

const chosen = (text: Text, args: Readonly<Record<string, Value>>): string => {
  if (typeof text === 'string') return text
  const decides = args[text.by]
  const n =
    typeof decides === 'number' ? decides : typeof decides === 'object' && isQuantity(decides) ? decides.value : NaN
  return n === 1 ? text.one : text.other
}

/** A phrase as a sentence. */
export function say(language: Language, phrase: Phrase, mask = asIs): string {
  const args: Readonly<Record<string, Value>> = phrase.args
  const text = chosen(ENTRIES.get(phrase.id)![language], args)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name]
    return value === undefined ? whole : valueWords(language, value, mask)
  })
}

/** Several, one after another; '' where there are none. */
export const sayAll = (language: Language, phrases: readonly Phrase[], mask = asIs): string =>
  phrases.map((phrase) => say(language, phrase, mask)).join(JOINTS[language].then)
