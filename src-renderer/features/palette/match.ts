/**
 * Which texts answer what is typed, and how well. Pure. Words count in any order; where no text has them all, one letter of a word may be
 * wrong (`oredrs`), and where that finds nothing, letters may be left out (`paystl`): both by uFuzzy, which tries 20,000 names within a frame.
 */
import UFuzzy from '@leeoniya/ufuzzy'

/** What is typed, understood once. */
export interface Query {
  /** Lower case, one blank between words. */
  readonly text: string
  readonly words: readonly string[]
}

/** Input methods write letters and blanks of full width. */
export function readQuery(typed: string): Query {
  const text = typed.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  return { text, words: text === '' ? [] : text.split(' ') }
}

/** How well a text answers, best first; -1 not at all. */
export const RANK = {
  same: 0,
  begins: 1,
  /** A part between dots, dashes or blanks begins so. */
  partBegins: 2,
  inside: 3,
  /** Every word is in it somewhere. */
  words: 4,
  /** By what else people call it. */
  calledSo: 5,
  mistyped: 6,
  lettersLeftOut: 7,
} as const

const atPart = (text: string, at: number): boolean => /[._\-\s/]/.test(text[at - 1]!)

/** Both in lower case. */
export function rankOf(text: string, { text: query, words }: Query): number {
  const at = text.indexOf(query)
  if (at < 0) return words.length > 1 && words.every((word) => text.includes(word)) ? RANK.words : -1
  if (at === 0) return text.length === query.length ? RANK.same : RANK.begins
  return atPart(text, at) ? RANK.partBegins : RANK.inside
}

/** As `rankOf`, and by what else people call it: a word of that is known by how it begins. */
export function rankCalled(text: string, called: string, query: Query): number {
  const rank = rankOf(text, query)
  if (rank >= 0 || called === '') return rank
  const names = ` ${called}`
  return query.words.every((word) => text.includes(word) || names.includes(` ${word}`)) ? RANK.calledSo : -1
}

/** Letters between two of a word; more of them, and everything answers everything. */
const MOST_BETWEEN = 6
/** Shorter words answer by chance. */
const SHORTEST = { lettersLeftOut: 3, mistyped: 4 } as const
/** So many words are tried in every order. */
const WORDS_IN_ANY_ORDER = 4
/** By number: the enum of `intraMode` has no value at run time. */
const ONE_ERROR: Readonly<Record<string, number>> = { intraMode: 1, intraSub: 1, intraTrn: 1, intraDel: 1, intraIns: 1 }
const MATCHERS = {
  lettersLeftOut: new UFuzzy({ intraIns: MOST_BETWEEN, intraChars: String.raw`\S` }),
  mistyped: new UFuzzy(ONE_ERROR),
} as const

/** Numbers of the texts (in lower case) that answer only by the forgiving way `how`, in their order. What is typed in other letters than ours is not guessed at. */
export function forgiven(how: keyof typeof MATCHERS, texts: readonly string[], { text }: Query): readonly number[] {
  const plain = text.replaceAll(/[^\da-z]+/g, ' ').trim()
  if (/[^\x20-\x7e]/.test(text) || plain.replaceAll(' ', '').length < SHORTEST[how]) return []
  return MATCHERS[how].search(texts as string[], plain, WORDS_IN_ANY_ORDER, 0)[0] ?? []
}

export interface MarkedPart {
  readonly text: string
  readonly marked: boolean
}

/** Where a word stands in a text, or its letters one after the other; empty where it does not. */
function placesOf(text: string, word: string): readonly number[] {
  const whole = text.indexOf(word)
  if (whole >= 0) return Array.from(word, (_, at) => whole + at)
  for (let first = text.indexOf(word[0]!); first >= 0; first = text.indexOf(word[0]!, first + 1)) {
    const places = [first]
    for (const letter of word.slice(1)) {
      const last = places.at(-1)!
      const at = text.indexOf(letter, last + 1)
      if (at < 0 || at - last - 1 > MOST_BETWEEN || text.slice(last, at).includes(' ')) break
      places.push(at)
    }
    if (places.length === word.length) return places
  }
  return []
}

/** A text in parts, those marked by which it was found. */
export function markedParts(text: string, { words }: Query): readonly MarkedPart[] {
  const lower = text.toLowerCase()
  // Where small letters take more room than large ones, places would be wrong.
  const places = new Set(lower.length === text.length ? words.flatMap((word) => placesOf(lower, word)) : [])
  const parts: { text: string; marked: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const marked = places.has(at)
    const last = parts.at(-1)
    if (last?.marked === marked) last.text += text[at]!
    else parts.push({ text: text[at]!, marked })
  }
  return parts
}
