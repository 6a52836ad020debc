import { expect, it } from 'vitest'
import type { Limit } from '@contract/summary'
import AppFooter from '../../../../src-renderer/app/AppFooter.vue'
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
    'cannot read: min ISR (not allowed), controller quorum (not offered by this version)',
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
