// @vitest-environment node
import { describe, expect, it } from 'vitest'
import en from '../../../../src-renderer/locales/en.json'
import zhCN from '../../../../src-renderer/locales/zh-CN.json'

type Texts = { readonly [key: string]: string | Texts }
const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )
const names = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

describe('the two languages', () => {
  const english = new Map(flat(en))
  const chinese = new Map(flat(zhCN))

  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('put the same values into each text', () => {
    const values = (text: string): string[] => [...new Set(text.split(' | ').flatMap(names))].sort()
    const different = [...english].filter(
      ([key, text]) => values(text).join() !== values(chinese.get(key) ?? '').join(),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('keep to the punctuation of Chinese after Chinese', () => {
    const half = [...chinese].filter(([, text]) => /[\u4e00-\u9fff][,;:(!]|[,;:)!][\u4e00-\u9fff]/.test(text))
    expect(half.map(([key, text]) => `${key}: ${text}`)).toEqual([])
  })

  it('have no empty text', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })
})
