import type { Formats } from '@shared/words/format/formats'
import type { Tally } from '@shared/tally'
import type { TextKey } from '../../locales/text-key'

/** A text by its key, with the values it names; `plural` chooses its form where it has several. */
export type Translate = (key: TextKey, named?: Record<string, unknown>, plural?: number) => string

/** What a pure view-model needs to speak: the translator of the language on screen (named values, plural choice) and its formats. */
export interface Say {
  readonly t: Translate
  readonly f: Formats
}

/** `3`; `≥ 3` where there may be more; `?` where none is seen and there may be some. */
export function tallyWords(say: Say, { atLeast, complete }: Tally): string {
  if (complete) return say.f.count(atLeast)
  return atLeast === 0 ? say.f.count(Number.NaN) : say.t('board.figure.atLeast', { n: say.f.count(atLeast) })
}

/** A count inside a sentence: formatted for reading, and the number itself for the plural. */
export const counted = (say: Say, key: TextKey, n: number | Tally, more: Record<string, unknown> = {}): string =>
  typeof n === 'number'
    ? say.t(key, { n: say.f.count(n), ...more }, n)
    : say.t(key, { n: tallyWords(say, n), ...more }, n.atLeast)

/** `the only partition`, `all 6 partitions`, `2 of 6 partitions`: a part of a sentence. */
export function shareOf(say: Say, what: 'partitions' | 'replicas' | 'topics', n: number | Tally, of: number): string {
  const whole = typeof n === 'number' ? n === of : n.complete && n.atLeast === of
  const form = !whole ? 'some' : of === 1 ? 'only' : 'all'
  const count = typeof n === 'number' ? say.f.count(n) : tallyWords(say, n)
  return say.t(`share.${what}.${form}`, { n: count, of: say.f.count(of) })
}

/** A part of a sentence where it opens one. */
export const opening = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `Broker 2 (rack-b)` without the first word, which each sentence brings in its own language and case. */
export const brokerName = (say: Say, broker: number, rack: string | null): string =>
  rack === null || rack === '' ? String(broker) : say.t('board.name.withRack', { broker, rack })

/** `2`, `2 and 3`, `2, 3 and 4`. */
export function listed(say: Say, parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  const join = say.t('board.name.comma')
  return say.t('board.name.and', { first: parts.slice(0, -1).join(join), last: parts.at(-1) })
}

/** Sentences one after another, with the blank that the language wants between them. */
export const sentences = (say: Say, parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(say.f.locale === 'zh-CN' ? '' : ' ')
