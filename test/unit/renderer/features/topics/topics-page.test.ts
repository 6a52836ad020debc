import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { OFFLINE } from '@shared/states'
import TopicsPage from '../../../../../src-renderer/features/topics/TopicsPage.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildDelta, buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'

/** vi.waitFor gives up after a second by itself. */
const WAIT_MS = 20_000

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
afterAll(() => restore())

const frame = () =>
  buildFrame({
    topics: [
      ['__offsets', 2],
      ['orders.paid', 3],
      ['payments', 2],
    ],
    change: (_, topic, partition) =>
      topic === 'payments' && partition === 1
        ? { state: OFFLINE, leader: -1, lagRecords: Number.NaN, out: [1, 2, 3, 4, 5] }
        : null,
  })
async function open() {
  const page = await openPage(TopicsPage, { frame: frame() })
  const rows = (): string[] => page.wrapper.findAll('[role="rowgroup"] [role="row"]').map((row) => row.text())
  return { ...page, rows }
}

describe('Topics', () => {
  it('says the worst first and lists topics, the worst on top', async () => {
    const { wrapper, rows } = await open()
    expect(wrapper.find('h1').text()).toBe('payments has offline partitions. 1 of 3 topics seen has a replica missing.')
    expect(rows()[0]).toContain('payments')
    expect(rows()[0]).toContain('offline')
    expect(rows()).toHaveLength(3)
    wrapper.unmount()
  })

  it('searches as one types and says when nothing matches', async () => {
    const { wrapper, rows } = await open()
    await wrapper.find('input[type="search"]').setValue('paid ORD')
    expect(rows().map((row) => row.slice(0, 11))).toEqual(['orders.paid'])
    await wrapper.find('input[type="search"]').setValue('zzz')
    expect(wrapper.text()).toContain('No topic matches the filter.')
    wrapper.unmount()
  })

  it('follows a push', async () => {
    const { wrapper, push, store } = await open()
    const row = store.view!.rowOf('orders.paid', 1)
    await push({ type: 'delta', delta: buildDelta(store.view!.frame, [row], () => ({ lagRecords: 1204 })) })
    expect(wrapper.find('[role="rowgroup"]').text()).toContain('1,204')
    wrapper.unmount()
  })

  it('says of no topic at all that there may be some, in the line on top and in the table (K4.1)', async () => {
    const { wrapper } = await openPage(TopicsPage, { frame: buildFrame({ topics: [] }) })
    const said = 'No topic is seen: the cluster has none, or none is visible to this login.'
    expect(wrapper.text().split(said)).toHaveLength(3)
    wrapper.unmount()
  })

  it('opens a topic, and asks for the lags of the rows in sight', async () => {
    const { wrapper, router, asked, store } = await open()
    await vi.waitFor(
      () =>
        expect(asked('cluster:watch').at(-1)).toMatchObject({
          list: { rows: expect.arrayContaining([store.view!.rowOf('payments', 0)]) as number[] },
        }),
      WAIT_MS,
    )
    await wrapper.find('[role="rowgroup"] [role="row"]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ topic: 'payments' })
    wrapper.unmount()
  })

  it('offers its command and its rows as they are on screen', async () => {
    const { wrapper } = await open()
    await wrapper.find('input[type="search"]').setValue('orders')
    const { offer } = useScreenStore()
    expect(offer?.command?.()).toBe('kafka-topics.sh --bootstrap-server b1:9092 --describe')
    expect([...offer!.exportable!().rows].map(([topic]) => topic)).toEqual(['orders.paid'])
    wrapper.unmount()
    expect(useScreenStore().offer).toBeNull()
  })
})
