import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it } from 'vitest'
import type { ChangeView } from '@contract/change'
import type { HighwaterBridge } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import { BRIDGE } from '../../../../src-renderer/bridge/bridge'
import { fakeBridge } from '../../../support/fake-bridge'
import { useChangesStore } from '../../../../src-renderer/stores/changes'
import { buildEntry } from '../../../support/journal-entries'
import { buildChange, newsOf } from '../../../support/screen-changes'
import { PROFILE } from '../../../support/open-page'

function open(answers: Partial<HighwaterBridge>) {
  const bridge = fakeBridge(answers)
  const pinia = createPinia()
  createApp({}).use(pinia).provide(BRIDGE, bridge)
  setActivePinia(pinia)
  const asked = (channel: string): number => bridge.made.filter((call) => call.channel === channel).length
  return { bridge, asked, store: useChangesStore() }
}
const getting = (view: () => ChangeView) => ({ 'change:get': () => Promise.resolve(ok(view())) })

describe('the change on screen', () => {
  it('is fetched, and again when news tell of a newer version', async () => {
    let now = buildChange()
    const { bridge, store, asked } = open(getting(() => now))
    store.show('change-1')
    await flushPromises()
    expect(store.view?.version).toBe(3)
    now = buildChange({ version: 4, state: 'validated' })
    bridge.push({ type: 'change', news: newsOf(now) })
    await flushPromises()
    expect(store.view?.state).toBe('validated')
    bridge.push({ type: 'change', news: newsOf(now) })
    await flushPromises()
    expect(asked('change:get')).toBe(2)
  })

  it('asks once more when news came while an answer was on its way', async () => {
    let now = buildChange()
    let release = (): void => undefined
    const { bridge, store } = open({
      'change:get': () => {
        const answer = ok(now)
        return new Promise((resolve) => (release = () => resolve(answer)))
      },
    })
    store.show('change-1')
    now = buildChange({ version: 5 })
    bridge.push({ type: 'change', news: newsOf(now) })
    release()
    await flushPromises()
    release()
    await flushPromises()
    expect(store.view?.version).toBe(5)
  })

  it('does not take an answer that is older than what is on screen', async () => {
    const { store } = open({
      ...getting(() => buildChange({ version: 7, state: 'applied' })),
      'change:verify': () => Promise.resolve(ok(buildChange({ version: 6 }))),
    })
    store.show('change-1')
    await flushPromises()
    await store.run('verify')
    expect(store.view?.state).toBe('applied')
  })

  it('keeps the plan that is on screen as long as it is the same', async () => {
    const { plan } = buildChange()
    let now = buildChange({ plan })
    const { bridge, store } = open(getting(() => now))
    store.show('change-1')
    await flushPromises()
    const shown = store.view?.plan
    const tell = async (next: ChangeView): Promise<void> => {
      now = next
      bridge.push({ type: 'change', news: newsOf(next) })
      await flushPromises()
    }
    await tell(buildChange({ plan: structuredClone(plan), version: 4 }))
    expect(store.view?.version).toBe(4)
    expect(store.view?.plan).toBe(shown)
    await tell(buildChange({ plan: { ...plan!, at: plan!.at + 1 }, version: 5 }))
    expect(store.view?.plan).not.toBe(shown)
  })

  it('takes progress from the news of this change alone', async () => {
    const { bridge, store } = open(getting(() => buildChange()))
    store.show('change-1')
    await flushPromises()
    const progress = { what: 'applying', done: 2, total: 9, stoppable: true } as const
    bridge.push({ type: 'change', news: { ...newsOf(buildChange()), progress } })
    bridge.push({
      type: 'change',
      news: { ...newsOf(buildChange({ id: 'other' })), progress: { ...progress, done: 8 } },
    })
    expect(store.progress).toEqual(progress)
  })

  it('keeps the change and tells why when a step is refused', async () => {
    const { store } = open({
      ...getting(() => buildChange()),
      'change:validate': () => Promise.resolve(fail('timeout', 'no answer')),
    })
    store.show('change-1')
    await flushPromises()
    expect(await store.run('validate')).toBeNull()
    expect(store.problem?.code).toBe('timeout')
    expect(store.view?.state).toBe('planned')
    expect(store.doing).toBe('')
  })

  it('stays when the page that comes is there before the one that goes', async () => {
    const { store } = open(getting(() => buildChange()))
    const leave = store.show('change-1')
    const leaveToo = store.show('change-1')
    leave()
    await flushPromises()
    expect(store.view?.id).toBe('change-1')
    leaveToo()
    expect(store.view).toBeNull()
  })
})

describe('arming', () => {
  it('is as the main process tells it; a cluster that is not read-only needs none', async () => {
    const until = Date.now() + 900_000
    const { bridge, store } = open({
      'cluster:arm': () => Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: until })),
    })
    expect(store.armedUntil(PROFILE)).toBeNaN()
    expect(store.armedUntil({ ...PROFILE, readOnly: false })).toBe(Infinity)
    await store.arm(PROFILE.id, true)
    expect(store.armedUntil(PROFILE)).toBe(until)
    bridge.push({ type: 'armed', armed: { cluster: PROFILE.id, armedUntil: Number.NaN } })
    expect(store.armedUntil(PROFILE)).toBeNaN()
  })

  it('tells why it was refused and stays as it was', async () => {
    const { store } = open({ 'cluster:arm': () => Promise.resolve(fail('not-found', 'not open')) })
    expect((await store.arm(PROFILE.id, true))?.code).toBe('not-found')
    expect(store.armedUntil(PROFILE)).toBeNaN()
  })
})

it('counts the open changes that need a look, not those that wait for their author, and does not know their number when it cannot be read', async () => {
  let readable = true
  const states = ['draft', 'planned', 'confirmed', 'unknown', 'conflict', 'applying', 'verified'] as const
  const entries = states.map((state) => buildEntry(state, { state }))
  const page = () => Promise.resolve(readable ? ok({ entries, next: 0, total: entries.length }) : fail('storage', 'no'))
  const { bridge, store } = open({ 'journal:list': page })
  await store.count()
  expect(store.lookCount).toBe(3)
  readable = false
  bridge.push({ type: 'change', news: newsOf(buildChange({ id: 'other' })) })
  await flushPromises()
  expect(store.lookCount).toBeNaN()
})

it('counts once more when news came while the answer was on its way', async () => {
  let entries = [buildEntry('a', { state: 'unknown' })]
  const pending: (() => void)[] = []
  const { bridge, store } = open({
    'journal:list': () => {
      const answer = ok({ entries, next: 0, total: entries.length })
      return new Promise((resolve) => pending.push(() => resolve(answer)))
    },
  })
  void store.count()
  entries = []
  bridge.push({ type: 'change', news: newsOf(buildChange()) })
  pending[0]!()
  await flushPromises()
  pending[1]!()
  await flushPromises()
  expect([pending.length, store.lookCount]).toEqual([2, 0])
})
