// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { sayIn } from '../../../support/say'
import { configPlaces } from '../../../../src-renderer/app/config-deeds'

const { t } = sayIn('en')

describe('pages about settings in the palette', () => {
  it('are of the topic on screen where they compare', () => {
    expect(configPlaces(t, { topic: 'orders' }).map(({ id }) => id)).toEqual([
      'config-search',
      'config-compare',
      'brokers-config',
    ])
    expect(configPlaces(t, { topic: 'orders' })[1]!.to).toEqual({ name: 'config-compare', query: { a: 'orders' } })
    expect(configPlaces(t, {})[1]!.to).toEqual({ name: 'config-compare', query: {} })
  })
})
