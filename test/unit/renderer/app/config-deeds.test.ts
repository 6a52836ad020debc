// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { configPlaces } from '../../../../src-renderer/app/config-deeds'

describe('pages about settings in the palette', () => {
  it('begin with what is on screen', () => {
    expect(configPlaces({ topic: 'orders' }).map(({ action }) => action)).toEqual([
      'config-topic',
      'config-search',
      'config-compare',
      'brokers-config',
    ])
    expect(configPlaces({ topic: 'orders' })[2]!.to).toEqual({ name: 'config-compare', query: { a: 'orders' } })
    expect(configPlaces({ broker: '2' })[0]).toMatchObject({
      named: { broker: '2' },
      to: { name: 'broker-config', params: { broker: '2' } },
    })
    expect(configPlaces({}).map(({ action }) => action)).toEqual(['config-search', 'config-compare', 'brokers-config'])
  })
})
