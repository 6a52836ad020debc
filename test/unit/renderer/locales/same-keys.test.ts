// @vitest-environment node
import { describe, expect, it } from 'vitest'
import en from '../../../../src-renderer/locales/en.json'
import zhCN from '../../../../src-renderer/locales/zh-CN.json'
import { flat, valuesIn } from './flat'

describe('the two languages', () => {
  const english = new Map(flat(en))
  const chinese = new Map(flat(zhCN))

  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('put the same values into each text', () => {
    const different = [...english].filter(
      ([key, text]) => valuesIn(text).join() !== valuesIn(chinese.get(key) ?? '').join(),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('have a plural only where English has one: the number that decides is given by what English needs', () => {
    const plural = (text: string | undefined): boolean => text?.includes(' | ') === true
    expect([...chinese].filter(([key, text]) => plural(text) && !plural(english.get(key))).map(([key]) => key)).toEqual(
      [],
    )
  })

  it('keep to the punctuation of Chinese after Chinese', () => {
    const half = [...chinese].filter(([, text]) => /[\u4e00-\u9fff][,;:(!]|[,;:)!][\u4e00-\u9fff]/.test(text))
    expect(half.map(([key, text]) => `${key}: ${text}`)).toEqual([])
  })

  it('have no empty text', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })
})
