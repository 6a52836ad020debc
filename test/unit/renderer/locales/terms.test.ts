// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '@shared/words/language'
import en from '../../../../src-renderer/locales/en.json'
import zhCN from '../../../../src-renderer/locales/zh-CN.json'
import { TERM_NAMES, textParts } from '../../../../src-renderer/features/common/terms'
import { projectRoot } from '../../../../tools/setup/places'
import { flat } from './flat'

const TEXTS = { en: flat(en), 'zh-CN': flat(zhCN) } as const
const termsIn = (text: string, language: (typeof LANGUAGES)[number] = 'en'): string[] =>
  textParts(text, language).flatMap(({ text: word, term }) => (term === null ? [] : [`${word}: ${term}`]))

describe('words of the trade in a sentence', () => {
  it.each<[text: string, terms: string[]]>([
    ['4 of 6 partitions are under min ISR.', ['min ISR: min-isr']],
    ['The ISR is smaller than min ISR.', ['ISR: isr', 'min ISR: min-isr']],
    ['Leader epoch', ['Leader epoch: epoch']],
    ['It will be fenced; then 3 partitions refuse acks=all writes.', ['fenced: fenced', 'acks=all: acks-all']],
    ['ISR 1 2, then ISR 1', ['ISR: isr']],
    ['shop.isr / 3 of topic my-isr-log', []],
    ['orders of my-isr', []],
    ['', []],
    ['nothing to explain', []],
  ])('%s', (text, terms) => {
    expect(termsIn(text)).toEqual(terms)
  })

  it('are found in Chinese, which has no blanks', () => {
    expect(termsIn('6 个分区低于最小 ISR，拒绝 acks=all 写入。', 'zh-CN')).toEqual([
      '最小 ISR: min-isr',
      'acks=all: acks-all',
    ])
  })

  it('leave every text as it is', () => {
    for (const language of LANGUAGES)
      for (const [key, text] of TEXTS[language])
        expect(
          textParts(text, language)
            .map((part) => part.text)
            .join(''),
          key,
        ).toBe(text)
  })
})

describe('the list of terms', () => {
  const explains = (key: string): boolean => key.startsWith('terms.')

  it.each(TERM_NAMES)('%s is said somewhere in both languages, and explained in both', (term) => {
    for (const language of LANGUAGES) {
      const said = TEXTS[language].some(
        ([key, text]) => !explains(key) && textParts(text, language).some((part) => part.term === term),
      )
      expect(said, language).toBe(true)
      expect(TEXTS[language].find(([key]) => key === `terms.${term}`)?.[1].length, language).toBeGreaterThan(10)
    }
  })

  /** Words that explain themselves, or that no page of the window says. */
  const PLAIN = ['partition', 'replica', 'leader', 'follower', 'LSO', 'offline', 'override']

  it('has the words of the glossary', () => {
    const page = readFileSync(join(projectRoot, 'docs/glossary.md'), 'utf8')
    const table = page.slice(page.indexOf("## Kafka's words"), page.indexOf('## Our words: reading'))
    const rows = table.split('\n').filter((line) => line.startsWith('| **'))
    const words = rows.flatMap((line) => [...line.split('|')[1]!.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word]) => word!))
    expect(words.length).toBeGreaterThan(15)
    expect(words.filter((word) => !PLAIN.includes(word) && termsIn(word).length === 0)).toEqual([])
  })
})
