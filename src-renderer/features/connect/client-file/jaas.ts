import type { Token } from './stream-tokenizer'
import { tokenize } from './stream-tokenizer'

/** What `sasl.jaas.config` says: one login module and its options. */
export interface JaasEntry {
  /** Name of the class. */
  readonly module: string
  readonly options: ReadonlyMap<string, string>
}

/** Why Kafka refuses the value. */
export type JaasFault = 'no-module' | 'no-flag' | 'no-value' | 'no-semicolon' | 'two-modules'

const FLAGS = new Set(['REQUIRED', 'REQUISITE', 'SUFFICIENT', 'OPTIONAL'])

/** Numbers and lone characters have no text for Kafka: an unquoted 1234 is no value. */
const textOf = (token: Token | undefined): string | null =>
  token !== undefined && (token.kind === 'word' || token.kind === 'string') ? token.text : null

const isChar = (token: Token | undefined, char: string): boolean => token?.kind === 'char' && token.text === char

/**
 * Reads the value as Kafka's clients do (JaasConfig.parseAppConfigurationEntry, JaasContext.loadClientContext): a
 * module, a control flag, `key=value` pairs, a semicolon, and nothing behind it.
 */
export function parseJaas(text: string): JaasEntry | JaasFault {
  const tokens = tokenize(text)
  const module = textOf(tokens[0])
  if (module === null) return 'no-module'
  const flag = textOf(tokens[1])
  if (flag === null || !FLAGS.has(flag.toUpperCase())) return 'no-flag'
  const options = new Map<string, string>()
  let at = 2
  while (at < tokens.length && !isChar(tokens[at], ';')) {
    const key = textOf(tokens[at])
    const value = textOf(tokens[at + 2])
    if (!isChar(tokens[at + 1], '=') || value === null) return 'no-value'
    // A key that is no word is accepted and can be nobody's option.
    if (key !== null) options.set(key, value)
    at += 3
  }
  if (at >= tokens.length) return 'no-semicolon'
  return at + 1 < tokens.length ? 'two-modules' : { module, options }
}
