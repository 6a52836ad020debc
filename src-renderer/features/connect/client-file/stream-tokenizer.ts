/**
 * Tokens as java.io.StreamTokenizer makes them with the settings of Kafka's JaasConfig: `//` and slash-star comments, `/` comments to the end of
 * the line as by default, words that may hold `-`, `_` and `$`, numbers, and strings in double or single quotes. What
 * looks odd here (a word may not begin with a digit; a string ends with its line) is what decides how Kafka reads a
 * password.
 */
export type Token =
  | { readonly kind: 'word' | 'string'; readonly text: string }
  | { readonly kind: 'number' }
  /** Any other character, by itself. */
  | { readonly kind: 'char'; readonly text: string }

const C1_END = 0xa0

const isDigit = (char: string): boolean => char >= '0' && char <= '9'
const startsNumber = (char: string): boolean => isDigit(char) || char === '.' || char === '-'
const isBlank = (char: string): boolean => char <= ' '
const isQuote = (char: string): boolean => char === '"' || char === "'"
const isOctal = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '7'

/** Letters of ASCII, everything from U+00A0 on, and the three that JaasConfig adds. */
function isLetter(char: string): boolean {
  const code = char.charCodeAt(0)
  return /[A-Za-z_$-]/.test(char) || code >= C1_END
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
}

class Scanner {
  #at = 0
  constructor(private readonly text: string) {}

  /** null at the end. */
  next(): Token | null {
    while (this.#at < this.text.length) {
      const char = this.text[this.#at]!
      if (isBlank(char)) this.#at++
      else if (char === '/') this.#comment()
      else if (startsNumber(char)) return this.#number(char)
      else if (isLetter(char)) return this.#word()
      else if (isQuote(char)) return this.#string(char)
      else return this.#char(char)
    }
    return null
  }

  #char(char: string): Token {
    this.#at++
    return { kind: 'char', text: char }
  }

  /** Digits with at most one point after an optional minus. A minus alone is a character. */
  #number(first: string): Token {
    let at = first === '-' ? this.#at + 1 : this.#at
    const begins = this.text[at]
    if (first === '-' && (begins === undefined || !(isDigit(begins) || begins === '.'))) return this.#char(first)
    for (let points = 0; at < this.text.length; at++) {
      const char = this.text[at]!
      if (char === '.' && points === 0) points++
      else if (!isDigit(char)) break
    }
    this.#at = at
    return { kind: 'number' }
  }

  #word(): Token {
    const from = this.#at
    while (this.#at < this.text.length && (isLetter(this.text[this.#at]!) || startsNumber(this.text[this.#at]!)))
      this.#at++
    return { kind: 'word', text: this.text.slice(from, this.#at) }
  }

  #string(quote: string): Token {
    let text = ''
    this.#at++
    while (this.#at < this.text.length) {
      const char = this.text[this.#at]!
      if (char === quote) {
        this.#at++
        break
      }
      if (char === '\n' || char === '\r') break
      this.#at++
      text += char === '\\' ? this.#escaped() : char
    }
    return { kind: 'string', text }
  }

  #escaped(): string {
    const char = this.text[this.#at]
    if (char === undefined) return ''
    this.#at++
    if (!isOctal(char)) return ESCAPES[char] ?? char
    const most = char <= '3' ? 3 : 2
    let digits = char
    while (digits.length < most && isOctal(this.text[this.#at])) digits += this.text[this.#at++]!
    return String.fromCharCode(parseInt(digits, 8))
  }

  /**
   * A slash begins a comment in any case: to the star-slash, or to the end of the line. The character behind the slash is
   * read before the end is looked for: a slash at the end of its line takes the next line with it.
   */
  #comment(): void {
    const block = this.text[this.#at + 1] === '*'
    const from = this.#at + 2
    const rest = this.text.slice(from)
    const end = block ? rest.indexOf('*/') : rest.search(/[\r\n]/)
    if (end < 0) this.#at = this.text.length
    else this.#at = from + (block ? end + 2 : end)
  }
}

export function tokenize(text: string): Token[] {
  const scanner = new Scanner(text)
  const tokens: Token[] = []
  for (let token = scanner.next(); token !== null; token = scanner.next()) tokens.push(token)
  return tokens
}
