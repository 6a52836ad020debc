// @vitest-environment node
import { beforeAll, describe, expect, it } from 'vitest'
import en from '../../../../src-renderer/locales/en.json'
import { flat, valuesIn } from './flat'
import { textUses } from './text-uses'
import type { TextUses } from './text-uses'

const texts = new Map(flat(en))
const isPlural = (key: string): boolean => texts.get(key)?.includes(' | ') === true

let uses: TextUses
beforeAll(() => {
  uses = textUses(new Set(Object.keys(en)))
}, 600_000)

describe('texts and the source that says them', () => {
  it('are found in numbers, in components too', () => {
    expect(uses.calls.length).toBeGreaterThan(800)
    expect(uses.calls.some(({ at }) => at.includes('.vue:'))).toBe(true)
  })

  it('choose among some texts, nowhere among all of them: what is said there could not be checked', () => {
    expect(uses.calls.filter(({ keys }) => keys.length === 0 || keys.length === texts.size)).toEqual([])
  })

  it('have no text that nothing says', () => {
    expect([...texts.keys()].filter((key) => !uses.strings.has(key))).toEqual([])
  })

  it('give every text the values it names', () => {
    const missing = uses.calls.flatMap(({ at, keys, names }) =>
      names === null
        ? []
        : keys.flatMap((key) =>
            valuesIn(texts.get(key) ?? '')
              .filter((name) => !names.includes(name))
              .map((name) => `${at}: ${key} lacks {${name}}`),
          ),
    )
    expect(missing).toEqual([])
  })

  it('give every text with a plural the number that decides', () => {
    const missing = uses.calls.flatMap(({ at, keys, plural }) =>
      plural ? [] : keys.filter(isPlural).map((key) => `${at}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('know the values before they run, but for those that come with a fault', () => {
    const unknown = uses.calls.filter(({ names }) => names === null).map(({ at }) => at.replace(/:\d+$/, ''))
    expect(unknown.sort()).toEqual([
      'src-renderer/features/change/parts/problem-words.ts',
      'src-renderer/features/config/search/use-config-search.ts',
      'src-renderer/features/config/values/LiveReading.vue',
    ])
  })
})
