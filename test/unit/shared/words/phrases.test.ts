import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PhraseSet, samePhrase } from '../../../../src-main/shared/words/distinct'
import { effectPhrase, ENTRIES, isPhrase } from '../../../../src-main/shared/words/entries'
import { LANGUAGES } from '../../../../src-main/shared/words/language'
import type { Phrase } from '../../../../src-main/shared/words/phrase'
import { quantityWords, say, sayAll } from '../../../../src-main/shared/words/say'
import { EFFECTS } from '../../../../src-main/shared/words/phrases/effects'
import { PHRASES } from '../../../../src-main/shared/words/phrases/phrases'
import { projectRoot } from '../../../../tools/setup/places'
import { problemsOf } from '../../compile/compile'

const COUNTS = { partitionCount: 3, topicCount: 1, allPartitionCount: 48, allTopicCount: 2 }
const SILENT: Phrase = { id: 'why.silent', args: { broker: 3 } }
const MORE: Phrase = { id: 'why.more', args: { count: { unit: 'count', value: 1200 } } }

/** By path, without the table itself. */
const sources = (...folders: readonly string[]): Map<string, string> =>
  new Map(
    folders
      .flatMap((folder) =>
        readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter((path) => /\.(ts|vue)$/.test(path) && !path.startsWith(join('src-main', 'shared', 'words')))
      .map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]),
  )

describe('a phrase', () => {
  it('is a sentence in each language, with its quantities in their units', () => {
    const phrase = effectPhrase('retention-ms.in-steps', { ...COUNTS, stepCount: 3, firstMs: 302_400_000 })
    expect(say('en', phrase)).toBe(
      'It can be done in 3 steps, halving the value each time down to the planned one. The first is 3 d 12 h; let consumers catch up between steps.',
    )
    expect(say('zh-CN', phrase)).toContain('第一步为 3 天 12 小时')
  })

  it('has other phrases in it, in the same language', () => {
    const phrase: Phrase = { id: 'why.of-group', args: { group: 'billing', why: SILENT } }
    expect(say('en', phrase)).toBe('group billing: broker 3 does not answer')
    expect(say('zh-CN', phrase)).toBe('消费者组 billing：Broker 3 无响应')
  })

  it('masks names and other people’s words, and nothing else', () => {
    const phrase: Phrase = { id: 'why.of-group', args: { group: '*b*', why: { id: 'said', args: { text: '<i>' } } } }
    expect(say('en', phrase, (text) => `[${text}]`)).toBe('group [*b*]: [<i>]')
  })

  it('takes a value as it is, also one that looks like a place in the text', () => {
    expect(say('en', { id: 'said', args: { text: '{broker} $& $1' } })).toBe('{broker} $& $1')
  })

  it('is singular where its figure is one', () => {
    const records = (value: number): Phrase => ({ id: 'note.records', args: { value: { unit: 'records', value } } })
    expect([0, 1, 2, NaN].map((n) => say('en', records(n)))).toEqual([
      '0 records',
      '1 record',
      '2 records',
      '? records',
    ])
  })

  it.each([
    [1, 1, 'On this topic the log', '此主题的日志'],
    [2, 2, 'On all 2 topics the log', '全部 2 个主题的日志'],
    [1, 2, 'On 1 of 2 topics the log', '2 个主题中有 1 个的日志'],
    [NaN, 2, 'On ? of 2 topics the log', '2 个主题中有 ? 个的日志'],
  ])('says %i of %i with a form for all and for the only one', (topicCount, allTopicCount, en, zh) => {
    const phrase = effectPhrase('retention-bytes.unlimited', { ...COUNTS, topicCount, allTopicCount })
    expect(say('en', phrase)).toMatch(new RegExp(`^${en.replace('?', '\\?')} `))
    expect(say('zh-CN', phrase).startsWith(zh)).toBe(true)
  })

  it('stands beside others in a row', () => {
    expect(sayAll('en', [SILENT, MORE])).toBe('broker 3 does not answer; and 1,200 more')
    expect(sayAll('zh-CN', [SILENT, MORE])).toBe('Broker 3 无响应；另有 1,200 项')
    expect(sayAll('en', [])).toBe('')
  })

  it.each([
    [{ unit: 'bytes', value: 2048 }, '2.0 KiB'],
    [{ unit: 'ms', value: 250 }, '250 ms'],
    [{ unit: 'ms', value: -1 }, 'no limit'],
    [{ unit: 'ms', value: Infinity }, 'no limit'],
    [{ unit: 'ms', value: NaN }, '?'],
    [{ unit: 'count', value: NaN }, '?'],
    [{ unit: 'in-sync', value: 2 }, '2'],
  ] as const)('says %o as %s', (quantity, words) => expect(quantityWords('en', quantity)).toBe(words))

  it('is known by its words and values', () => {
    expect(samePhrase(SILENT, { id: 'why.silent', args: { broker: 3 } })).toBe(true)
    expect(samePhrase(SILENT, { id: 'why.silent', args: { broker: 4 } })).toBe(false)
    expect([samePhrase(SILENT, null), samePhrase(null, null)]).toEqual([false, true])
    const set = new PhraseSet()
    set.add(SILENT, MORE)
    set.add({ ...SILENT })
    expect(set.values()).toEqual([SILENT, MORE])
  })

  it.each<[string, unknown]>([
    ['an id nobody has', { id: 'why.else', args: {} }],
    ['a value missing', { id: 'why.silent', args: {} }],
    ['a value too many', { id: 'why.silent', args: { broker: 3, host: 'a' } }],
    ['a member too many', { ...SILENT, text: 'x' }],
    ['a number for a quantity', { id: 'why.more', args: { count: 3 } }],
    ['another unit', { id: 'why.more', args: { count: { unit: 'ms', value: 3 } } }],
    ['a text for a phrase', { id: 'why.lacks', args: { right: 'Describe' } }],
    ['no phrase', null],
  ])('is not one with %s', (_what, value) => expect(isPhrase(value)).toBe(false))

  it('of an effect is not made of figures it does not have', () => {
    expect(() => effectPhrase('retention-ms.in-steps', COUNTS)).toThrow('no phrase')
  })
})

describe('the table', () => {
  it('is in every language, and no text is empty', () => {
    for (const [id, entry] of ENTRIES)
      for (const language of LANGUAGES) {
        const text = entry[language]
        expect(typeof text === 'string' ? text : text.other, `${id} ${language}`).not.toBe('')
      }
  })

  it('does not compile where a language, a value or its place in a text is missing', () => {
    const entries = {
      whole: `{ args: { n: 'count' }, en: '{n} more', 'zh-CN': '另有 {n} 项' }`,
      'whole with a plural': `{ args: { n: 'count' }, en: { by: 'n', one: '{n} row', other: '{n} rows' }, 'zh-CN': '{n} 行' }`,
      'no Chinese': `{ args: { n: 'count' }, en: '{n} more' }`,
      'no English': `{ args: { n: 'count' }, 'zh-CN': '另有 {n} 项' }`,
      'a value without a place': `{ args: { n: 'count' }, en: '{n} more', 'zh-CN': '另有' }`,
      'a place without a value': `{ args: { n: 'count' }, en: '{n} more of {all}', 'zh-CN': '另有 {n} 项' }`,
      'a unit there is not': `{ args: { n: 'miles' }, en: '{n} more', 'zh-CN': '另有 {n} 项' }`,
    }
    const fixtures = Object.entries(entries).map(([what, entry], at) => ({
      what,
      path: `src-main/shared/words/fixture-${at}.ts`,
      text: `import { phrases } from './table'\nexport const made = phrases({ 'a.b': ${entry} })\n`,
      refused: null,
    }))
    const refused = new Set([...problemsOf(fixtures)].flatMap(([{ what }, found]) => (found.length > 0 ? [what] : [])))
    const names = Object.keys(entries)
    expect(names.filter((name) => !refused.has(name))).toEqual(['whole', 'whole with a plural'])
  })

  it('has no phrase that nobody says', () => {
    const all = [...sources('src-main', 'src-renderer').values()].join('\n')
    expect(Object.keys(PHRASES).filter((id) => !all.includes(`'${id}'`))).toEqual([])
  })

  it('has no effect that its rule does not find', () => {
    const plan = sources('src-main/change/plan')
    const losses = plan.get(join('src-main', 'change', 'plan', 'guards', 'losses.ts'))!
    const unsaid = Object.entries(EFFECTS).flatMap(([rule, variants]) => {
      const own = [...plan.values()].filter((text) => text.includes(`'${rule}'`)).join('\n')
      const all = own.includes('sayLosses(') ? own + losses : own
      return Object.keys(variants)
        .filter((variant) => (variant === 'unknown' ? !/\.(known|missing)\(/.test(all) : !all.includes(`'${variant}'`)))
        .map((variant) => `${rule}.${variant}`)
    })
    expect(unsaid).toEqual([])
  })
})
