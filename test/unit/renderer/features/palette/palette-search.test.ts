// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { PaletteItem, PaletteSource } from '../../../../../src-renderer/features/palette/palette-search'
import { matchRank, paletteSearch } from '../../../../../src-renderer/features/palette/palette-search'

const item = (id: string, target: PaletteItem['target'], text: string): PaletteItem => ({
  id,
  target,
  text,
  note: '',
  keys: '',
})
const topics = ['my.orders', 'orders', 'orders.paid', 'preorders', 'orders-41']
const source: PaletteSource = {
  actions: [item('a pause', { kind: 'action', action: 'pause' }, 'Pause polling')],
  brokers: [item('b 2', { kind: 'broker', broker: 2 }, 'Broker 2 · rack-b')],
  topics,
  lower: topics,
  partitionsOf: (index) => (topics[index] === 'orders' ? 60 : 3),
  topicItem: (name) => item(`t ${name}`, { kind: 'topic', topic: name }, name),
  partitionItem: (name, partition) =>
    item(`p ${name} ${partition}`, { kind: 'partition', topic: name, partition }, `${name} / ${partition}`),
}
const ids = (text: string, recent: readonly PaletteItem[] = []): string[] =>
  paletteSearch(source, text, recent).map(({ id }) => id)

describe('the palette', () => {
  it('finds topics, the closest first', () => {
    expect(ids('orders')).toEqual(['t orders', 't orders-41', 't orders.paid', 't my.orders', 't preorders'])
  })

  it('finds a partition by topic and number, where there is one', () => {
    expect(ids('orders 41')[0]).toBe('p orders 41')
    expect(ids('Orders/41')[0]).toBe('p orders 41')
    expect(ids('orders 41').filter((id) => id.startsWith('p '))).toEqual(['p orders 41'])
    expect(ids('orders-41')).toContain('t orders-41')
  })

  it('finds actions by their words in any order, and not by some of them', () => {
    expect(ids('polling pause')).toEqual(['a pause'])
    expect(ids('polling stop')).toEqual([])
  })

  it('finds brokers and actions', () => {
    expect(ids('rack-b')).toEqual(['b 2'])
    expect(ids('pause')).toEqual(['a pause'])
    expect(ids('zzz')).toEqual([])
  })

  it('begins with what was used last, once', () => {
    expect(ids('', [source.brokers[0]!])).toEqual(['b 2', 'a pause'])
  })
})

it.each([
  ['orders', 'orders', 0],
  ['orders.paid', 'orders', 1],
  ['my.orders', 'orders', 2],
  ['preorders', 'orders', 3],
  ['a', 'b', -1],
])('%s for %s ranks %d', (text, query, rank) => expect(matchRank(text, query)).toBe(rank))
