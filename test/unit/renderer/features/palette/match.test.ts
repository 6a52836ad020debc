// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  forgiven,
  markedParts,
  rankCalled,
  rankOf,
  readQuery,
} from '../../../../../src-renderer/features/palette/match'

describe('how well a text answers', () => {
  it.each([
    ['orders', 'orders', 0],
    ['orders.paid', 'orders', 1],
    ['my.orders', 'orders', 2],
    ['preorders', 'orders', 3],
    ['orders.paid', 'paid orders', 4],
    ['orders', 'orders paid', -1],
    ['a', 'b', -1],
  ])('%s for %s ranks %d', (text, typed, rank) => expect(rankOf(text, readQuery(typed))).toBe(rank))

  it('by what else it is called, from the beginning of a word', () => {
    expect(rankCalled('go to what if', 'restart stop 重启', readQuery('resta'))).toBe(5)
    expect(rankCalled('go to what if', 'restart stop 重启', readQuery('go stop'))).toBe(5)
    expect(rankCalled('go to what if', 'restart stop 重启', readQuery('start'))).toBe(-1)
    expect(rankCalled('go to what if', '', readQuery('restart'))).toBe(-1)
  })
})

describe('what is forgiven', () => {
  const texts = ['payments.settled', 'orders', 'retention.ms']
  it('letters that are left out', () => {
    expect(forgiven('lettersLeftOut', texts, readQuery('paystl'))).toEqual([0])
    expect(forgiven('lettersLeftOut', texts, readQuery('ps'))).toEqual([])
  })
  it('one letter of a word that is wrong, doubled, missing or in the wrong place', () => {
    for (const typed of ['oredrs', 'orderss', 'ordrs', 'ordwrs'])
      expect({ typed, found: forgiven('mistyped', texts, readQuery(typed)) }).toEqual({ typed, found: [1] })
    expect(forgiven('mistyped', texts, readQuery('rodres'))).toEqual([])
  })
  it('nothing of other letters, and signs that the library reads as orders', () => {
    expect(forgiven('mistyped', texts, readQuery('订单 orders'))).toEqual([])
    expect(forgiven('lettersLeftOut', texts, readQuery('-orders'))).toEqual([1])
    expect(forgiven('lettersLeftOut', texts, readQuery('"orders'))).toEqual([1])
    expect(forgiven('lettersLeftOut', texts, readQuery('((((('))).toEqual([])
  })
})

describe('marks', () => {
  const marked = (text: string, typed: string) =>
    markedParts(text, readQuery(typed))
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join('')
  it.each([
    ['payments.settled', 'pay set', '[pay]ments.[set]tled'],
    ['payments.settled', 'paystl', '[pay]ment[s].se[t]t[l]ed'],
    ['Orders', 'ORD', '[Ord]ers'],
    ['Settings of orders', 'ordrs', 'Settings of [ord]e[rs]'],
    ['Search the settings of all topics', 'ret', 'Search the settings of all topics'],
    ['orders', 'x', 'orders'],
    ['orders', '', 'orders'],
    ['İstanbul', 'ist', 'İstanbul'],
  ])('%s by %s', (text, typed, shown) => expect(marked(text, typed)).toBe(shown))
})
