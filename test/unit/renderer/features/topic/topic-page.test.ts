import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SOURCE_DENIED } from '@contract/config'
import {
  AT_MIN_ISR,
  LAGGING,
  MARK_AT_MIN_BY_DESIGN,
  MARK_LEADER_SILENT,
  OFFLINE,
  UNDER_MIN_ISR,
  UNKNOWN,
  UNKNOWN_TOLERANCE,
} from '@shared/states'
import TopicPage from '../../../../../src-renderer/features/topic/TopicPage.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
afterAll(() => restore())

const frame = buildFrame({
  topics: [
    ['orders', 3],
    ['design', 2],
  ],
  change: (_, topic, partition) => {
    if (topic === 'design') return { state: AT_MIN_ISR, marks: MARK_AT_MIN_BY_DESIGN }
    return partition === 2 ? { state: UNDER_MIN_ISR, lagRecords: 48_210, out: [3, 4, 5] } : null
  },
})

describe('Topic', () => {
  it('says whether it takes writes, its settings with their source, and watches its lag', async () => {
    const { wrapper, asked } = await openPage(TopicPage, { props: { topic: 'orders' }, frame })
    expect(wrapper.text()).toContain('1 of 3 partitions refuses acks=all writes.')
    expect(wrapper.text()).toContain('3 partitions, min ISR 2 (topic), RF 3.')
    expect(wrapper.findAll('[role="rowgroup"] [role="row"]')).toHaveLength(3)
    expect(asked('cluster:watch')).toContainEqual(
      expect.objectContaining({
        list: expect.objectContaining({ chart: { kind: 'topic', topic: 'orders' } }) as unknown,
      }),
    )
    expect(useScreenStore().offer?.command?.()).toContain('--topic orders')
    wrapper.unmount()
  })

  it('shows no lag behind a leader that is not there, and calls a silent one silent', async () => {
    const away = buildFrame({
      topics: [['orders', 3]],
      change: (row) =>
        [{ marks: MARK_LEADER_SILENT, lagRecords: 0 }, { state: LAGGING, lagRecords: 7 }, null][row] ?? null,
    })
    const { wrapper, push } = await openPage(TopicPage, { props: { topic: 'orders' }, frame: away })
    const behind = (): string[] =>
      wrapper.findAll('[role="rowgroup"] [role="row"]').map((row) => row.findAll('[role="gridcell"]')[4]!.text())
    expect(behind()).toEqual(['?', '7', '0'])
    expect(wrapper.find('.head').text()).toContain('leader silent')
    expect(wrapper.find('[data-writes]').text()).toBe('1 of 3 partitions has a leader that does not answer.')
    await push({
      type: 'frame',
      frame: buildFrame({
        topics: [['orders', 3]],
        epoch: 2,
        change: () => ({ state: OFFLINE, leader: -1, lagRecords: 0 }),
      }),
    })
    expect(behind()).toEqual(['?', '?', '?'])
    wrapper.unmount()
  })

  it('says once that it is at min ISR by design', async () => {
    const { wrapper } = await openPage(TopicPage, { props: { topic: 'design' }, frame })
    expect(wrapper.text().match(/not a new fault/g)).toHaveLength(1)
    wrapper.unmount()
  })

  it('claims no accepted write where min ISR is not known, and says which right is missing (K4.3)', async () => {
    const denied = buildFrame({ topics: [['orders', 3]], change: () => ({ tolerance: UNKNOWN_TOLERANCE }) })
    denied.topics.minInSyncReplicas.fill(-1)
    denied.topics.minInSyncReplicasSource.fill(SOURCE_DENIED)
    const { wrapper, push } = await openPage(TopicPage, { props: { topic: 'orders' }, frame: denied })
    expect(wrapper.find('[data-writes]').text()).toBe(
      'Whether all 3 partitions accept acks=all writes is unknown: this login lacks DescribeConfigs on topic orders.',
    )
    expect(wrapper.text()).toContain('min ISR ? (this login lacks DescribeConfigs), RF 3.')
    const unread = buildFrame({ topics: [['orders', 3]], epoch: 2, change: () => ({ tolerance: UNKNOWN_TOLERANCE }) })
    unread.topics.minInSyncReplicasSource.fill(0)
    await push({ type: 'frame', frame: unread })
    expect(wrapper.find('[data-writes]').text()).toContain('is unknown: min ISR was not read.')
    await push({ type: 'frame', frame: buildFrame({ topics: [['orders', 3]], epoch: 3 }) })
    expect(wrapper.find('[data-writes]').text()).toBe(
      'All 3 partitions have enough replicas in the ISR for acks=all writes.',
    )
    wrapper.unmount()
  })

  it('takes a partition that was not read for no healthy one', async () => {
    const some = buildFrame({
      topics: [['orders', 3]],
      change: (row) => (row === 1 ? { state: UNKNOWN, tolerance: UNKNOWN_TOLERANCE } : null),
    })
    const { wrapper } = await openPage(TopicPage, { props: { topic: 'orders' }, frame: some })
    expect(wrapper.find('[data-writes]').text()).toBe('1 of 3 partitions was not read yet, or cannot be read.')
    expect(wrapper.find('.head').text()).toContain('unknown')
    wrapper.unmount()
  })

  it('opens a partition by its number', async () => {
    const { wrapper, router } = await openPage(TopicPage, { props: { topic: 'orders' }, frame })
    await wrapper.findAll('[role="rowgroup"] [role="row"]')[1]!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ topic: 'orders', partition: '1' })
    wrapper.unmount()
  })

  it('keeps the last picture of a topic that is deleted, and takes a new one of that name', async () => {
    const { wrapper, push } = await openPage(TopicPage, { props: { topic: 'orders' }, frame })
    await push({ type: 'frame', frame: buildFrame({ topics: [['design', 2]], epoch: 2 }) })
    expect(wrapper.text()).toContain(
      'orders is no longer seen: deleted, or hidden from this login. This is its last state.',
    )
    expect(wrapper.findAll('[role="rowgroup"] [role="row"]')).toHaveLength(3)
    await push({
      type: 'frame',
      frame: buildFrame({
        topics: [
          ['design', 2],
          ['orders', 1],
        ],
        epoch: 3,
      }),
    })
    expect(wrapper.text()).not.toContain('last picture')
    expect(wrapper.findAll('[role="rowgroup"] [role="row"]')).toHaveLength(1)
    wrapper.unmount()
  })

  it('says that there is no such topic', async () => {
    const { wrapper } = await openPage(TopicPage, { props: { topic: 'nope' }, frame })
    expect(wrapper.text()).toContain('No topic nope is seen: it does not exist, or is hidden from this login.')
    wrapper.unmount()
  })
})
