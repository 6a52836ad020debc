// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { sayIn } from '../../../support/say'
import { configPlaces } from '../../../../src-renderer/app/config-deeds'

const { t } = sayIn('en')

describe('pages about settings in the palette', () => {
  it('begin with what is on screen', () => {
    expect(configPlaces(t, { topic: 'orders' }).map(({ action }) => action)).toEqual([
      'config-topic',
      'config-search',
      'config-compare',
      'brokers-config',
    ])
    expect(configPlaces(t, { topic: 'orders' })[2]!.to).toEqual({ name: 'config-compare', query: { a: 'orders' } })
    expect(configPlaces(t, { broker: '2' })[0]).toMatchObject({
      text: 'Settings of broker 2',
      to: { name: 'broker-config', params: { broker: '2' } },
    })
    expect(configPlaces(t, {}).map(({ action }) => action)).toEqual([
      'config-search',
      'config-compare',
      'brokers-config',
    ])
  })
})
