// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { herePlaces, nameOfPage } from '../../../../src-renderer/app/here-deeds'
import { sayIn } from '../../../support/say'

const { t } = sayIn('en')
const texts = (params: Record<string, string>) => herePlaces(t, params).map(({ text }) => text)

describe('what the palette offers of what is on screen', () => {
  it('of a topic and of a partition', () => {
    expect(texts({ topic: 'orders' })).toEqual(['Settings of orders', 'Timeline of orders'])
    expect(texts({ topic: 'orders', partition: '3' })).toEqual([
      'Settings of orders',
      'Timeline of orders / 3',
      'Topic orders',
    ])
    expect(herePlaces(t, { topic: 'orders' })[0]!.to).toEqual({ name: 'config', params: { topic: 'orders' } })
  })

  it('of a broker', () => {
    expect(texts({ broker: '2' })).toEqual([
      'What if broker 2 stopped?',
      'Settings of broker 2',
      'Timeline of broker 2',
    ])
    expect(herePlaces(t, { broker: '2' })[0]!.to).toEqual({ name: 'what-if', query: { broker: '2' } })
  })

  it('of nothing else, and never a mark that is not seen', () => {
    expect(texts({})).toEqual([])
    expect(nameOfPage({ id: '7' })).toBe('')
    expect(texts({ topic: 'a\u202eb' })[0]).toBe('Settings of a⟨U+202E⟩b')
    expect(nameOfPage({ topic: 'a\u202eb' })).toBe('a\u202eb')
  })
})
