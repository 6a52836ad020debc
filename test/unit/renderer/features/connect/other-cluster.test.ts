import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { ClusterStatus } from '@contract/frame'
import { fail, ok } from '@contract/result'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import UnreachablePage from '../../../../../src-renderer/features/connect/UnreachablePage.vue'
import OtherCluster from '../../../../../src-renderer/features/connect/OtherCluster.vue'
import type { Language } from '../../../../../src-main/shared/words/language'
import { openPage, PROFILE } from '../../../../support/open-page'
import { buildFrame } from '../../../../support/frames'

const B = 'nYc5ZyyJSGqxoiA'
const lost = (code: 'other-cluster' | 'unreachable', leadsTo = B): ClusterStatus => ({
  cluster: PROFILE.id,
  phase: 'lost',
  since: 1,
  takenAt: Number.NaN,
  nextTryAt: Number.NaN,
  problem: { code, step: 'metadata', message: `b1:9092 leads to a different Kafka cluster (${leadsTo})`, leadsTo },
})

let close = (): void => undefined
afterEach(() => close())

async function opened(component = OtherCluster, locale: Language = 'en', answer = ok({ cluster: PROFILE.id })) {
  const page = await openPage(component, { locale, answers: { 'cluster:reopen': () => Promise.resolve(answer) } })
  close = () => page.wrapper.unmount()
  const press = async (text: string): Promise<void> => {
    const button = page.wrapper.findAll('button').find((one) => one.text() === text)
    if (button === undefined) throw new Error(`no button ${text}`)
    await button.trigger('click')
    await flushPromises()
  }
  return { ...page, press }
}

describe('addresses that lead to another cluster', () => {
  it.each([
    ['en', /addresses of orders-eu now lead to a different Kafka cluster \(nYc5ZyyJSGqxoiA\)/],
    ['zh-CN', /orders-eu 的地址现在指向另一个 Kafka 集群（nYc5ZyyJSGqxoiA）/],
  ] as const)('are a stop with a choice (%s), and no other trouble is', async (locale, said) => {
    const { wrapper, push } = await opened(OtherCluster, locale)
    expect(wrapper.text()).toBe('')
    await push({ type: 'status', status: lost('unreachable') })
    expect(wrapper.text()).toBe('')
    await push({ type: 'status', status: lost('other-cluster') })
    expect(wrapper.find('[role=alert]').text()).toMatch(said)
    expect(wrapper.findAll('button')).toHaveLength(2)
  })

  it('are opened as they are now when a person says so; what was on screen is gone', async () => {
    const { push, press, asked, store, wrapper } = await opened()
    await push({ type: 'frame', frame: buildFrame() })
    await push({ type: 'status', status: lost('other-cluster') })
    await press('Open the other cluster')
    expect(asked('cluster:reopen')).toEqual([{ id: PROFILE.id }])
    expect([store.cluster?.id, store.view, store.status]).toEqual([PROFILE.id, null, null])
    expect(wrapper.text()).toBe('')
  })

  it('are closed, and nothing else is done', async () => {
    const { push, press, asked, store } = await opened()
    await push({ type: 'status', status: lost('other-cluster') })
    await press('Close it')
    expect([asked('cluster:close'), asked('cluster:reopen'), store.cluster]).toEqual([
      [{ cluster: PROFILE.id }],
      [],
      null,
    ])
  })

  it('say why they could not be opened', async () => {
    const refused = fail('auth-failed', 'orders-eu needs the password of ops')
    const { push, press, store } = await opened(OtherCluster, 'en', refused)
    await push({ type: 'status', status: lost('other-cluster', '') })
    await press('Open the other cluster')
    expect(store.cluster).toBeNull()
    expect(useNoticesStore().notice?.text).toBe(
      'orders-eu could not be opened: Sign-in was refused. Check user name, password and mechanism.',
    )
  })

  it('are said on the page of a cluster that has never answered', async () => {
    const { wrapper, push } = await opened(UnreachablePage)
    await push({ type: 'status', status: lost('other-cluster') })
    expect(wrapper.find('[role=alert]').text()).toContain('Open the other cluster')
  })
})
