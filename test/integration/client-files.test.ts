/**
 * What people paste, read as Kafka's own classes read it: java.util.Properties and JaasContext are asked the same. The same random cases every
 * time; CASES and SEED look further.
 */
import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { Properties } from 'properties-file/parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseJaas } from '../../src-renderer/features/connect/client-file/jaas'
import type { JavaProcess } from '../../tools/sandbox/witness/java-process'
import { startJavaProcess } from '../../tools/sandbox/witness/java-process'
import { ensureKafka } from '../../tools/setup/kafka'

const CASES = Number(process.env['CASES'] ?? 4000)
const SEED = Number(process.env['SEED'] ?? 20_261_129)
let java: JavaProcess

beforeAll(async () => {
  java = await startJavaProcess(
    await ensureKafka(),
    new URL('../support/java-oracle/ClientFiles.java', import.meta.url),
    [],
  )
}, 120_000)
afterAll(() => java.close())

const decode = (word: string): string => (word === '=' ? '' : Buffer.from(word, 'base64').toString())

function pairs(words: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at + 1 < words.length; at += 2) found[decode(words[at]!)] = decode(words[at + 1]!)
  return found
}

async function ask(what: 'jaas' | 'properties', text: string): Promise<readonly string[] | null> {
  const [verdict, ...words] = (await java.ask(`${what} ${Buffer.from(text).toString('base64')}`)).split(' ')
  return verdict === 'ok' ? words : null
}

async function javaJaas(text: string): Promise<{ module: string; options: Record<string, string> } | 'refused'> {
  const words = await ask('jaas', text)
  return words === null ? 'refused' : { module: decode(words[0]!), options: pairs(words.slice(1)) }
}

function ourJaas(text: string): { module: string; options: Record<string, string> } | 'refused' {
  const read = parseJaas(text)
  return typeof read === 'string' ? 'refused' : { module: read.module, options: Object.fromEntries(read.options) }
}

/** Texts made of the pieces that parsers stumble over, more often than letters. */
const textOf = (pieces: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(''))

const JAAS_PIECES = [
  ...[
    'org.apache.Plain',
    ' required ',
    ' username=',
    'password',
    '=',
    ';',
    '"',
    "'",
    '\\',
    '\\"',
    '\\101',
    '\\7',
    '\\n',
  ],
  ...[
    'secret',
    '123',
    '-',
    '-5',
    '.',
    '_a',
    '$',
    '/',
    '//',
    '/*',
    '*/',
    '\n',
    '\t',
    ' ',
    'é',
    '\u0085',
    '€',
    '😀',
    ',',
    '{{x}}',
    '#',
  ],
]
const PROPERTIES_PIECES = [
  ...['key', 'sasl.x', '=', ':', ' ', '\t', '\f', '\\', '\\\\', '\\:', '\\u00e9', '\\n', '\n', '\r', '\r\n', '#', '!'],
  ...['value', '"', "'", 'é', '€', '😀', '\\\n', '\\\r\n  ', '\u0085', '\u2028', ';'],
]

describe('sasl.jaas.config', () => {
  it(`is taken and refused as JaasContext does, ${CASES} random values around a sound one`, async () => {
    const sound = textOf(JAAS_PIECES, 6).map((value) => `org.Module required username="u" password=${value};`)
    const values = fc.sample(fc.oneof(textOf(JAAS_PIECES, 14), sound), { numRuns: CASES, seed: SEED })
    let taken = 0
    for (const value of values) {
      const theirs = await javaJaas(value)
      if (theirs !== 'refused') taken++
      expect({ value, read: ourJaas(value) }).toEqual({ value, read: theirs })
    }
    expect(taken).toBeGreaterThan(100)
  }, 120_000)
})

/**
 * A logical line that begins with a continuation: Java asks again whether it is a comment, the library does not. Nobody
 * writes this, and what it costs is a line that is listed as not used.
 */
const BEGINS_CONTINUED = /(^|[\r\n])[ \t\f]*\\[\r\n]/

describe('a properties file', () => {
  it(`has the pairs of java.util.Properties, ${CASES} random texts`, async () => {
    const texts = fc.sample(
      textOf(PROPERTIES_PIECES, 30).filter((text) => !BEGINS_CONTINUED.test(text)),
      { numRuns: CASES, seed: SEED },
    )
    for (const text of texts) {
      const words = await ask('properties', text)
      if (words === null) continue
      expect({ text, read: { ...new Properties(text).toObject() } }).toEqual({ text, read: pairs(words) })
    }
  }, 120_000)

  const folder = new URL('../fixtures/client-files/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.properties'))
  it.each(files)('%s reads the same', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const read: Record<string, string> = { ...new Properties(text).toObject() }
    expect(read).toEqual(pairs((await ask('properties', text)) ?? []))
    const jaas = read['sasl.jaas.config']
    if (jaas !== undefined) expect(ourJaas(jaas)).toEqual(await javaJaas(jaas))
  })
})
