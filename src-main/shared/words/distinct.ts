/** Phrases of equal words and values are the same phrase, whoever made them. */
import type { Phrase } from './phrase'

const keyOf = (phrase: Phrase): string => JSON.stringify(phrase)

/** A broker's own words, or those of an error; null where there are none. */
export const said = (text: string): Phrase | null => (text === '' ? null : { id: 'said', args: { text } })

export const samePhrase = (a: Phrase | null, b: Phrase | null): boolean =>
  a === b || (a !== null && b !== null && keyOf(a) === keyOf(b))

/** Each phrase once, in the order it came first. */
export class PhraseSet {
  readonly #byKey = new Map<string, Phrase>()

  add(...phrases: readonly Phrase[]): void {
    for (const phrase of phrases) {
      const key = keyOf(phrase)
      if (!this.#byKey.has(key)) this.#byKey.set(key, phrase)
    }
  }

  values(): readonly Phrase[] {
    return [...this.#byKey.values()]
  }
}
