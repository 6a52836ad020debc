import { flushPromises } from '@vue/test-utils'
import { storeToRefs } from 'pinia'
import { defineComponent, h } from 'vue'
import type { Component } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { ClusterStatus } from '@contract/frame'
import { ok } from '@contract/result'
import RefusedLogin from '../../../../../src-renderer/features/connect/RefusedLogin.vue'
import UnreachablePage from '../../../../../src-renderer/features/connect/UnreachablePage.vue'
import { useClusterStore } from '../../../../../src-renderer/stores/cluster'
import type { Language } from '../../../../../src-main/shared/words/language'
import { buildFrame } from '../../../../support/frames'
import { openPage, PROFILE } from '../../../../support/open-page'

const lost = (nextTryAt: number, code: 'auth-failed' | 'unreachable' = 'auth-failed'): ClusterStatus => ({
  cluster: PROFILE.id,
  phase: 'lost',
  since: 1,
  takenAt: Number.NaN,
  nextTryAt,
  problem: { code, step: 'sasl', message: 'b1:9092 refused the login', leadsTo: '' },
})

/** As the app shows it. */
const WhenLost = defineComponent({
  setup() {
    const { status } = storeToRefs(useClusterStore())
    return () => (status.value?.phase === 'lost' ? h(UnreachablePage) : null)
  },
})

let close = (): void => undefined
afterEach(() => close())

async function opened(component: Component = RefusedLogin, locale: Language = 'en') {
  const answers = { 'cluster:retry': () => Promise.resolve(ok(null)) }
  const page = await openPage(component, { locale, answers })
  close = () => page.wrapper.unmount()
  return page
}

describe('a refused login', () => {
  it.each([
    ['en', /orders-eu refused the login\. Highwater does not retry by itself/, 'Try again'],
    ['zh-CN', /orders-eu 拒绝了登录。Highwater 不会自动重试/, '重试'],
  ] as const)('is a stop that a person ends (%s)', async (locale, said, button) => {
    const { wrapper, push, asked } = await opened(RefusedLogin, locale)
    await push({ type: 'status', status: lost(Number.NaN) })
    expect(wrapper.find('[role=alert]').text()).toMatch(said)
    expect(wrapper.find('button').text()).toBe(button)
    await wrapper.find('button').trigger('click')
    await flushPromises()
    expect(asked('cluster:retry')).toEqual([{ cluster: PROFILE.id }])
  })

  it('is nothing to say of while it is tried, and no other trouble is', async () => {
    const { wrapper, push } = await opened()
    expect(wrapper.text()).toBe('')
    await push({ type: 'status', status: lost(1_700_000_000_000) })
    expect(wrapper.text()).toBe('')
    await push({ type: 'status', status: lost(Number.NaN, 'unreachable') })
    expect(wrapper.text()).toBe('')
  })

  it('by single brokers names them, while the cluster is live', async () => {
    const { wrapper, push } = await opened()
    const frame = buildFrame()
    const brokers = frame.summary.brokers.map((broker, n) =>
      n === 0 ? { ...broker, silence: 'auth' as const } : broker,
    )
    await push({ type: 'frame', frame: { ...frame, summary: { ...frame.summary, brokers } } })
    await push({ type: 'status', status: { ...lost(Number.NaN), phase: 'live', problem: null } })
    expect(wrapper.text()).toContain(`Broker ${brokers[0]!.id} refused the login`)
  })

  it.each([
    ['a refused login', lost(Number.NaN), 0],
    ['any other trouble', lost(1_700_000_000_000, 'unreachable'), 1],
  ] as const)('the page of a cluster that has never answered begins with a test: %s', async (_what, status, tests) => {
    const { wrapper, push, asked } = await opened(WhenLost)
    await push({ type: 'status', status })
    expect(asked('task:start')).toHaveLength(tests)
    expect(wrapper.text().includes('does not retry by itself')).toBe(tests === 0)
    expect(wrapper.text().includes('keeps trying')).toBe(tests === 1)
  })
})
