import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Limit } from '@contract/summary'
import AppFooter from '../../../../src-renderer/app/AppFooter.vue'
import { useClockStore } from '../../../../src-renderer/stores/clock'
import { buildFrame } from '../../../support/frames'
import { openPage } from '../../../support/open-page'

const limits: readonly Limit[] = [
  { what: 'min-insync-replicas', reason: 'not-authorized' },
  { what: 'quorum', reason: 'unsupported' },
]
const frameWith = (some: readonly Limit[]) => buildFrame({ topics: [['a', 2]], summary: { limits: some } })

it('names what cannot be read, with the reason', async () => {
  const { wrapper } = await openPage(AppFooter, { frame: frameWith(limits) })
  expect(wrapper.get('[role=note]').text()).toBe(
    'cannot read: min ISR (not allowed), controller quorum (not supported by this version)',
  )
})

it('says so in Chinese too', async () => {
  const { wrapper } = await openPage(AppFooter, { frame: frameWith(limits), locale: 'zh-CN' })
  expect(wrapper.get('[role=note]').text()).toBe('无法读取：最小 ISR（无权限）、控制器仲裁（此版本不支持）')
})

it('says nothing where everything can be read', async () => {
  const { wrapper } = await openPage(AppFooter, { frame: frameWith([]) })
  expect(wrapper.find('[role=note]').exists()).toBe(false)
})

it('says that no controller answers, and none that did (K8.8)', async () => {
  const frame = buildFrame({ topics: [['a', 2]], summary: { quorum: 'silent', controller: -1, voters: null } })
  const { wrapper } = await openPage(AppFooter, { frame })
  expect(wrapper.text()).toContain('kafka 4.4 · no controller answers')
})

describe('the age of what is shown', () => {
  const footerAt = async (intervalMs: number, ageMs: number): Promise<string> => {
    const frame = buildFrame({ topics: [['a', 2]], summary: { intervalMs, sourceBroker: 2 } })
    const { wrapper } = await openPage(AppFooter, { frame })
    useClockStore().now = frame.takenAt + ageMs
    await nextTick()
    return wrapper.get('.phase').text()
  }

  it('is told by the tenth where it is read several times a second', async () => {
    expect(await footerAt(250, 340)).toContain('0.3 s')
  })

  it('is told by the second, and never as less than one, where it is read once a second', async () => {
    expect(await footerAt(1000, 340)).toContain('1 s')
    expect(await footerAt(1000, 1_900)).toContain('2 s')
  })

  it('goes on counting', async () => {
    expect(await footerAt(1000, 42_000)).toContain('42 s')
  })
})

it.each([
  ['en', 'throttled by a quota (900 ms)'],
  ['zh-CN', '受配额限流（900 ms）'],
] as const)('says that a quota holds us back, and for how long (%s)', async (locale, said) => {
  const load = { requestsPerSecond: 4, bytesPerSecond: 1000, heldMs: 900 }
  const { wrapper } = await openPage(AppFooter, {
    frame: buildFrame({ topics: [['a', 2]], summary: { limits: [], load } }),
    locale,
  })
  expect(wrapper.get('[role=note]').text()).toBe(said)
})
