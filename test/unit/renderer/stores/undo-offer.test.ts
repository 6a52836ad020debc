import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import type { ChangeState } from '@contract/change'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { UNDO_OFFER_MS, useUndoOfferStore } from '../../../../src-renderer/stores/undo-offer'
import { fakeBridge } from '../../../support/fake-bridge'
import { buildChange, newsOf } from '../../../support/screen-changes'

function setUp() {
  const bridge = fakeBridge()
  const app = createApp({ render: () => null })
  app.provide(BRIDGE, bridge)
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  const store = app.runWithContext(() => useUndoOfferStore())
  const tell = (state: ChangeState, id = 'change-1'): void =>
    bridge.push({ type: 'change', news: { ...newsOf(buildChange({ id })), state } })
  return { store, tell }
}
beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('the way back from what was just applied', () => {
  it('is offered as soon as something of it holds, for a minute', () => {
    const { store, tell } = setUp()
    store.expect(buildChange({ state: 'applying' }))
    expect(store.offer).toBeNull()
    tell('applied', 'another')
    expect(store.offer).toBeNull()
    tell('applied')
    expect(store.offer?.change).toBe('change-1')
    vi.advanceTimersByTime(UNDO_OFFER_MS / 2)
    // It goes on to be verified: the minute does not begin anew.
    tell('verified')
    vi.advanceTimersByTime(UNDO_OFFER_MS / 2)
    expect(store.offer).toBeNull()
    tell('watched')
    expect(store.offer).toBeNull()
  })

  it.each<ChangeState>(['failed', 'conflict', 'undone'])('is not there for what is %s', (state) => {
    const { store, tell } = setUp()
    store.expect(buildChange({ state: 'applying' }))
    tell(state)
    expect(store.offer).toBeNull()
    tell('applied')
    expect(store.offer).toBeNull()
  })

  it('goes when the change is undone, and when a newer one takes its place', () => {
    const { store, tell } = setUp()
    store.expect(buildChange({ state: 'applied' }))
    store.expect(buildChange({ id: 'change-2', state: 'verified' }))
    expect(store.offer?.change).toBe('change-2')
    tell('undone', 'change-2')
    expect(store.offer).toBeNull()
  })

  it('does not promise a way back while it is not known what became of it', () => {
    const { store, tell } = setUp()
    store.expect(buildChange({ state: 'applying' }))
    tell('unknown')
    expect(store.offer).toBeNull()
    tell('applied')
    expect(store.offer).not.toBeNull()
  })
})
