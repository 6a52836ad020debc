// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../../../src-renderer/features/deeds/places'
import type { Thing } from '../../../../../src-renderer/features/deeds/thing'
import { pageOf, thingOf } from '../../../../../src-renderer/features/deeds/thing'
import { sayIn } from '../../../../support/say'

const { t } = sayIn('en')
const texts = (thing: Thing) => placesOf(t, thing).map(({ text }) => text)

describe('where one can go from a thing', () => {
  it('from a topic and a partition', () => {
    expect(texts({ kind: 'topic', topic: 'orders' })).toEqual(['Settings of orders', 'Timeline of orders'])
    expect(texts({ kind: 'partition', topic: 'orders', partition: 3 })).toEqual([
      'Settings of orders',
      'Timeline of orders / 3',
      'Topic orders',
    ])
    const [settings] = placesOf(t, { kind: 'topic', topic: 'orders' })
    expect(settings!.to).toEqual({ name: 'config', params: { topic: 'orders' } })
  })

  it('from a broker', () => {
    const thing = { kind: 'broker', broker: 2 } as const
    expect(texts(thing)).toEqual(['What if broker 2 stopped?', 'Settings of broker 2', 'Timeline of broker 2'])
    expect(placesOf(t, thing)[0]!.to).toEqual({ name: 'what-if', query: { broker: '2' } })
  })

  it('with no mark that is not seen', () => {
    expect(texts({ kind: 'topic', topic: 'a\u202eb' })[0]).toBe('Settings of a⟨U+202E⟩b')
  })
})

describe('what a page is of', () => {
  const THINGS: readonly (readonly [Record<string, string>, Thing])[] = [
    [{ topic: 'orders' }, { kind: 'topic', topic: 'orders' }],
    [
      { topic: 'orders', partition: '3' },
      { kind: 'partition', topic: 'orders', partition: 3 },
    ],
    [{ broker: '2' }, { kind: 'broker', broker: 2 }],
    [{ incident: '214' }, { kind: 'incident', incident: 214 }],
  ]
  it.each(THINGS)('%o', (params, thing) => {
    expect(thingOf({ name: 'any', params })).toEqual(thing)
    expect(pageOf(thing)).toMatchObject({ params })
  })

  it('is a change only on the page of one', () => {
    expect(thingOf({ name: 'change', params: { id: 'x' } })).toEqual({ kind: 'change', change: 'x' })
    expect(thingOf({ name: 'board', params: { id: 'x' } })).toBeNull()
  })
})
