import { ENTRIES } from './entries'
import { createFormats } from './format/formats'
import type { Formats } from './format/formats'
import { LANGUAGES } from './language'
import type { Language } from './language'
import type { Phrase, Value } from './phrase'
import type { Quantity, Share, Text } from './table'
import { SHARES } from './table'

interface Joints {
  readonly noLimit: string
  /** Between phrases of a list. */
  readonly then: string
}
const JOINTS: { readonly [L in Language]: Joints } = {
  en: { noLimit: 'no limit', then: '; ' },
  'zh-CN': { noLimit: '不限', then: '；' },
}

type ShareForms = Readonly<Record<'only' | 'all' | 'some', string>>
const SHARE_FORMS: { readonly [L in Language]: { readonly [S in Share]: ShareForms } } = {
  en: {
    partitionShare: { only: 'this partition', all: 'all {of} partitions', some: '{n} of {of} partitions' },
    topicShare: { only: 'this topic', all: 'all {of} topics', some: '{n} of {of} topics' },
  },
  'zh-CN': {
    partitionShare: { only: '此分区', all: '全部 {of} 个分区', some: '{of} 个分区中有 {n} 个' },
    topicShare: { only: '此主题', all: '全部 {of} 个主题', some: '{of} 个主题中有 {n} 个' },
  },
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

const isShare = (name: string): name is Share => Object.hasOwn(SHARES, name)

/** `this partition`, `all 12 partitions`, `3 of 12 partitions`; null where the figures are not there. */
function shareWords(language: Language, name: Share, args: Readonly<Record<string, Value>>): string | null {
  const [n, of] = SHARES[name].map((figure) => args[figure])
  if (typeof n !== 'object' || typeof of !== 'object' || !isQuantity(n) || !isQuantity(of)) return null
  const form = n.value !== of.value ? 'some' : of.value === 1 ? 'only' : 'all'
  return SHARE_FORMS[language][name][form]
    .replace('{n}', quantityWords(language, n))
    .replace('{of}', quantityWords(language, of))
}

/** A phrase as a sentence. */
export function say(language: Language, phrase: Phrase, mask = asIs): string {
  const args: Readonly<Record<string, Value>> = phrase.args
  const text = chosen(ENTRIES.get(phrase.id)![language], args)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (isShare(name)) return shareWords(language, name, args) ?? whole
    const value = args[name]
    return value === undefined ? whole : valueWords(language, value, mask)
  })
}

/** Several, one after another; '' where there are none. */
export const sayAll = (language: Language, phrases: readonly Phrase[], mask = asIs): string =>
  phrases.map((phrase) => say(language, phrase, mask)).join(JOINTS[language].then)
