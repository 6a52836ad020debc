import { describe, expect, it } from 'vitest'
import { NO_VIEWS } from '../../../src-main/contract/views'
import { viewRoutes } from '../../../src-main/ipc/routes/views'

const LEFT = {
  last: '/topics',
  pages: { topics: { chosen: { text: 'pay' }, sort: { key: 'lag', descending: true }, hidden: [] } },
}

function setUp(kept?: unknown) {
  const store = new Map<string, unknown>([['saved', kept]])
  const routes = viewRoutes({
    read: (id) => store.get(id),
    write: (id, views) => void store.set(id, views),
    isSaved: (id) => id === 'saved',
  })
  return { routes, store }
}

describe('how the pages of a cluster were left', () => {
  it.each([
    [undefined],
    [null],
    ['text'],
    [{ last: 3 }],
    [{ ...LEFT, more: 1 }],
    [{ ...LEFT, last: 'x'.repeat(3_000) }],
  ])('is as at first where %j is kept', (kept) => {
    expect(setUp(kept).routes['views:read']({ cluster: 'saved' })).toEqual({ ok: true, value: NO_VIEWS })
  })

  it('is read as it was written', () => {
    const { routes } = setUp()
    void routes['views:write']({ cluster: 'saved', views: LEFT })
    expect(routes['views:read']({ cluster: 'saved' })).toEqual({ ok: true, value: LEFT })
  })

  it('is kept of saved clusters only', () => {
    const { routes, store } = setUp()
    expect(routes['views:write']({ cluster: 'from-start', views: LEFT })).toEqual({ ok: true, value: null })
    expect(store.has('from-start')).toBe(false)
  })
})
