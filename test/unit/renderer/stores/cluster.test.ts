import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { ok, fail } from '@contract/result'
import { SAVED_CLUSTER } from '@contract/profiles'
import type { ClusterProfile } from '@contract/profiles'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { fakeBridge } from '../../../support/fake-bridge'
import { useClusterStore } from '../../../../src-renderer/stores/cluster'
import { buildDelta, buildFrame } from '../../../support/frames'

/** vi.waitFor gives up after a second by itself. */
const WAIT_MS = 20_000

const profile: ClusterProfile = {
  ...SAVED_CLUSTER.initial,
  id: 'orders-eu',
  name: 'orders-eu',
  bootstrap: ['b1:9092'],
}

function setUp(openAnswer = () => Promise.resolve(ok({ cluster: 'orders-eu' }))) {
  const bridge = fakeBridge({
    'cluster:open': openAnswer,
    'cluster:frame': () => Promise.resolve(ok(null)),
    'cluster:watch': () => Promise.resolve(ok(null)),
    'cluster:close': () => Promise.resolve(ok(null)),
  })
  const app = createApp({ render: () => null })
  app.provide(BRIDGE, bridge)
  app.use(createPinia())
  const store = app.runWithContext(() => useClusterStore())
  const asked = (channel: string): unknown[] =>
    bridge.made.filter((call) => call.channel === channel).map((call) => call.input)
  return { bridge, store, asked }
}

describe('the cluster store', () => {
  it('takes a frame that overtakes the answer of open', async () => {
    const { bridge, store } = setUp()
    const opening = store.open(profile)
    bridge.push({ type: 'frame', frame: buildFrame() })
    expect(await opening).toBeNull()
    expect(store.view?.frame.topics.names).toContain('payments.ledger')
    expect(store.version).toBeGreaterThan(0)
  })

  it('keeps the last picture and asks once for a frame when deltas do not fit', async () => {
    const { bridge, store, asked } = setUp()
    await store.open(profile)
    const frame = buildFrame()
    bridge.push({ type: 'frame', frame })
    const before = asked('cluster:frame').length
    bridge.push({ type: 'delta', delta: buildDelta(frame, [0], () => ({ state: 6 }), 9) })
    bridge.push({ type: 'delta', delta: buildDelta(frame, [0], () => ({ state: 6 }), 10) })
    expect(asked('cluster:frame').length).toBe(before + 1)
    expect(store.view?.frame.columns.state[0]).toBe(1)
    bridge.push({ type: 'frame', frame: buildFrame({ seq: 11 }) })
    expect(store.view?.seq).toBe(11)
  })

  it('leaves messages of another cluster alone', async () => {
    const { bridge, store } = setUp()
    await store.open(profile)
    bridge.push({ type: 'frame', frame: { ...buildFrame(), cluster: 'other' } })
    bridge.push({
      type: 'status',
      status: { cluster: 'other', phase: 'lost', since: 1, takenAt: 1, nextTryAt: 2, problem: null },
    })
    expect(store.view).toBeNull()
    expect(store.status).toBeNull()
  })

  it('is without a cluster after a refused open, and says why', async () => {
    const { store } = setUp(() => Promise.resolve(fail('auth-failed', 'wrong password')))
    const problem = await store.open(profile)
    expect(problem?.code).toBe('auth-failed')
    expect(store.cluster).toBeNull()
  })

  it('sends what is watched, newest holder first, and goes back to the one before', async () => {
    const { store, asked } = setUp()
    await store.open(profile)
    store.watchChart({ kind: 'cluster' })
    const release = store.watchChart({ kind: 'partition', topic: 'a', partition: 3 })
    store.watchPartition({ topic: 'b', partition: 1 })
    await vi.waitFor(
      () =>
        expect(asked('cluster:watch').at(-1)).toEqual({
          cluster: 'orders-eu',
          list: {
            partition: { topic: 'b', partition: 1 },
            chart: { kind: 'partition', topic: 'a', partition: 3 },
            rows: [],
          },
        }),
      WAIT_MS,
    )
    release()
    release()
    store.watchRows([4, 5])
    await vi.waitFor(
      () =>
        expect(asked('cluster:watch').at(-1)).toEqual({
          cluster: 'orders-eu',
          list: { partition: { topic: 'b', partition: 1 }, chart: { kind: 'cluster' }, rows: [4, 5] },
        }),
      WAIT_MS,
    )
  })

  it('says again what is on screen with every whole frame, whose sender may be a new one; rows of another topology are gone', async () => {
    const { bridge, store, asked } = setUp()
    const list = { partition: { topic: 'b', partition: 1 }, chart: { kind: 'none' }, rows: [4] }
    await store.open(profile)
    store.watchPartition({ topic: 'b', partition: 1 })
    store.watchRows([4])
    bridge.push({ type: 'frame', frame: buildFrame() })
    await vi.waitFor(() => expect(asked('cluster:watch').at(-1)).toEqual({ cluster: 'orders-eu', list }), WAIT_MS)
    const before = asked('cluster:watch').length
    bridge.push({ type: 'frame', frame: buildFrame({ epoch: 2 }) })
    await vi.waitFor(() => expect(asked('cluster:watch')).toHaveLength(before + 1), WAIT_MS)
    expect(asked('cluster:watch').at(-1)).toEqual({ cluster: 'orders-eu', list })
    bridge.push({ type: 'frame', frame: buildFrame({ epoch: 3, topics: [['other', 2]] }) })
    await vi.waitFor(
      () => expect(asked('cluster:watch').at(-1)).toEqual({ cluster: 'orders-eu', list: { ...list, rows: [] } }),
      WAIT_MS,
    )
  })

  it('says that a picture is stale when the cluster is lost, and keeps it', async () => {
    const { bridge, store } = setUp()
    await store.open(profile)
    bridge.push({ type: 'frame', frame: buildFrame({ takenAt: Date.now() }) })
    bridge.push({
      type: 'status',
      status: { cluster: 'orders-eu', phase: 'live', since: 1, takenAt: 1, nextTryAt: Number.NaN, problem: null },
    })
    expect(store.stale).toBe(false)
    bridge.push({
      type: 'status',
      status: { cluster: 'orders-eu', phase: 'lost', since: 1, takenAt: 1, nextTryAt: 5, problem: null },
    })
    expect(store.stale).toBe(true)
    expect(store.view).not.toBeNull()
  })

  it('closing forgets the picture', async () => {
    const { bridge, store, asked } = setUp()
    await store.open(profile)
    bridge.push({ type: 'frame', frame: buildFrame() })
    await store.close()
    expect(store.view).toBeNull()
    expect(asked('cluster:close')).toEqual([{ cluster: 'orders-eu' }])
  })
})
