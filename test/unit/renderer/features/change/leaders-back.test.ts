import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import { MARK_NOT_PREFERRED } from '@shared/states'
import LeadersBack from '../../../../../src-renderer/features/change/start/LeadersBack.vue'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { buildFrame } from '../../../../support/frames'
import { openPage, PROFILE } from '../../../../support/open-page'
import { buildElection } from '../../../../support/screen-changes'

const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))
// Row 1 belongs to broker 2 and is led by broker 3.
const frame = buildFrame({
  topics: [['orders.created', 3]],
  change: (row) => (row === 1 ? { leader: 3, marks: MARK_NOT_PREFERRED } : null),
})
async function open(
  props: Record<string, unknown>,
  answer = () => Promise.resolve(ok(buildElection({ id: 'election-1' }))),
  shown = frame,
) {
  const page = await openPage(LeadersBack, { props, frame: shown, answers: { 'change:draft': answer } })
  opened.push(page.wrapper)
  return page
}

describe('leaders back', () => {
  it('drafts an election of exactly these partitions and goes to its page', async () => {
    const { wrapper, asked, router } = await open({ topic: 'orders.created', partition: 1 })
    expect(wrapper.text()).toBe('Move leader back to broker 2')
    await wrapper.find('button').trigger('click')
    await flushPromises()
    expect(asked('change:draft')).toEqual([
      {
        id: '',
        cluster: PROFILE.id,
        draft: { kind: 'election', partitions: [{ topic: 'orders.created', partitions: [1] }] },
      },
    ])
    expect(router.currentRoute.value.params).toEqual({ id: 'election-1' })
  })

  it('is offered for a topic and for the broker that should lead, and nowhere else', async () => {
    expect((await open({ topic: 'orders.created' })).wrapper.text()).toBe('Move leader back to its preferred replica')
    expect((await open({ broker: 2 })).wrapper.text()).toBe('Move 1 leader back to broker 2')
    expect((await open({ broker: 3 })).wrapper.find('button').exists()).toBe(false)
    expect((await open({ topic: 'orders.created', partition: 0 })).wrapper.find('button').exists()).toBe(false)
  })

  it('is not offered where the preferred replica cannot lead now, and says why', async () => {
    const out = buildFrame({
      topics: [['orders.created', 3]],
      change: (row) => (row === 1 ? { leader: 3, marks: MARK_NOT_PREFERRED, out: [2] } : null),
    })
    const { wrapper } = await open({ topic: 'orders.created' }, undefined, out)
    expect(wrapper.text()).toBe('1 leader cannot move back now: its preferred replica is not in the ISR.')
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('says why no change was made', async () => {
    const { wrapper, router } = await open({ broker: 2 }, () => Promise.resolve(fail('storage', 'full') as never))
    await wrapper.find('button').trigger('click')
    await flushPromises()
    expect(useNoticesStore().notice?.text).toContain('No change was created')
    expect(router.currentRoute.value.name).not.toBe('change')
  })
})
