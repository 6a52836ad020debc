import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ok } from '@contract/result'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterViews } from '@contract/views'
import { NO_VIEWS } from '@contract/views'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { useClusterStore } from '../../../../src-renderer/stores/cluster'
import { useTopicsViewStore } from '../../../../src-renderer/stores/topics-view'
import { useViewsStore } from '../../../../src-renderer/stores/views'
import { fakeBridge } from '../../../support/fake-bridge'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const profile = (id: string) => ({ ...SAVED_CLUSTER.initial, id, name: id, bootstrap: ['b1:9092'] })
const LEFT: ClusterViews = {
  last: '/topic/orders',
  pages: {
    topics: { chosen: { text: 'pay', troubled: 'yes' }, sort: { key: 'lag', descending: true }, hidden: ['source'] },
    brokers: { chosen: { text: 'rack-a' }, sort: { key: '', descending: false }, hidden: [] },
  },
}

async function setUp(kept: Record<string, ClusterViews> = {}) {
  const bridge = fakeBridge({
    'cluster:open': ({ id }) => Promise.resolve(ok({ cluster: id })),
    'cluster:frame': () => Promise.resolve(ok(null)),
    'cluster:watch': () => Promise.resolve(ok(null)),
    'cluster:close': () => Promise.resolve(ok(null)),
    'views:read': ({ cluster }) => Promise.resolve(ok(kept[cluster] ?? NO_VIEWS)),
    'views:write': () => Promise.resolve(ok(null)),
  })
  const app = createApp({ render: () => null })
  app.provide(BRIDGE, bridge)
  app.use(createPinia())
  const [cluster, topics, views] = app.runWithContext(() => [useClusterStore(), useTopicsViewStore(), useViewsStore()])
  const open = async (id: string): Promise<void> => {
    await cluster.open(profile(id))
    await vi.advanceTimersByTimeAsync(0)
  }
  const written = () => bridge.made.filter(({ channel }) => channel === 'views:write').map(({ input }) => input)
  await open('a')
  return { topics, views, open, written }
}

describe('how pages were left', () => {
  it('is found again in the next run', async () => {
    const { topics } = await setUp({ a: LEFT })
    expect([topics.text, topics.troubledOnly, topics.internal]).toEqual(['pay', true, true])
    expect([topics.sort, topics.hidden]).toEqual([{ key: 'lag', descending: true }, ['source']])
  })

  it('is kept once it rests, with what other pages have', async () => {
    const { topics, written } = await setUp({ a: LEFT })
    topics.text = 'o'
    topics.text = 'or'
    expect(written()).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    const { topics: before, brokers } = LEFT.pages
    expect(written()).toEqual([
      {
        cluster: 'a',
        views: {
          ...LEFT,
          pages: { topics: { ...before, chosen: { ...before!.chosen, text: 'or' } }, brokers },
        },
      },
    ])
  })

  it('is of each cluster by itself, and none of it is lost when another is opened', async () => {
    const { topics, open, written } = await setUp({ a: LEFT })
    topics.text = 'mine'
    await open('b')
    expect([topics.text, topics.sort.key]).toEqual(['', 'state'])
    topics.text = 'other'
    await vi.advanceTimersByTimeAsync(500)
    expect(written()).toMatchObject([
      { cluster: 'a', views: { pages: { topics: { chosen: { text: 'mine' } } } } },
      { cluster: 'b', views: { pages: { topics: { chosen: { text: 'other' } } } } },
    ])
    await open('a')
    expect(topics.text).toBe('mine')
  })

  it('begins on the page that was shown last, once a run', async () => {
    const { views } = await setUp({ a: LEFT })
    expect([await views.begin('a'), await views.begin('a'), await views.begin('b')]).toEqual(['/topic/orders', '', ''])
  })

  it('is the page shown now once one was', async () => {
    const { views, written } = await setUp({ a: LEFT })
    views.setLast('/brokers')
    expect(await views.begin('a')).toBe('')
    await vi.advanceTimersByTimeAsync(500)
    expect(written()).toMatchObject([{ views: { last: '/brokers', pages: LEFT.pages } }])
  })
})
