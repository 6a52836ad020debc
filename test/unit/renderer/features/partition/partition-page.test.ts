import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { UNDER_MIN_ISR, UNKNOWN } from '@shared/states'
import type { LivePartition } from '@contract/live'
import PartitionPage from '../../../../../src-renderer/features/partition/PartitionPage.vue'
import { usePointedStore } from '../../../../../src-renderer/stores/pointed'
import { useLivePartition } from '../../../../../src-renderer/features/partition/use-live-partition'
import { buildDelta, buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'
import { buildLeaderStops, buildLive, buildReplica } from '../../../../support/summaries'

const frame = buildFrame({ topics: [['payments.ledger', 5]] })
const refusing = (): LivePartition =>
  buildLive({
    takenAt: Date.now(),
    state: UNDER_MIN_ISR,
    acceptsAcksAll: 'no',
    highWatermark: 1_229_678,
    leaderStops: buildLeaderStops({ nextLeader: -1, from: 'none', acceptsAcksAll: 'no' }),
    replicas: [
      buildReplica(1),
      buildReplica(2, { inSync: false, logEndOffset: 1_182_672, lagRecords: 48_210, lateMs: 124_000, catchUpRate: -5 }),
    ],
  })
/** The page without its chart. */
const LadderOnly = defineComponent(() => {
  useLivePartition(
    () => 'payments.ledger',
    () => 3,
  )
  return () => null
})

async function open(live: LivePartition | null) {
  const page = await openPage(PartitionPage, { props: { topic: 'payments.ledger', partition: 3 }, frame })
  const pushLive = (next: LivePartition | null, seq: number) =>
    page.push({ type: 'delta', delta: { ...buildDelta(frame, [], () => ({}), seq), live: next } })
  if (live !== null) await pushLive(live, 2)
  return { ...page, pushLive }
}

describe('Partition page', () => {
  it('watches its partition and shows state, ladder and what follows', async () => {
    const { wrapper, asked } = await open(refusing())
    expect(asked('cluster:watch')).toContainEqual({
      cluster: 'orders-eu',
      list: {
        partition: { topic: 'payments.ledger', partition: 3 },
        chart: { kind: 'partition', topic: 'payments.ledger', partition: 3 },
        rows: [],
      },
    })
    expect(wrapper.find('h1').text()).toBe('payments.ledger / 3')
    expect(wrapper.find('[data-accepts]').text()).toBe('Refuses acks=all writes; consumers stop at the high watermark.')
    expect(wrapper.findAll('[data-notes]').map((note) => note.text())).toEqual([
      'LEO 1,230,882',
      '48,210 behind · time lag 2 min 4 s · growing',
    ])
    expect(wrapper.find('[data-high-watermark]').text()).toBe('HW 1,229,678, not advancing (under min ISR)')
    expect(wrapper.find('[data-what-if]').text()).toBe(
      'No other replica is seen that can lead without loss: the partition goes offline, or loses records where unclean election is allowed.',
    )
    wrapper.unmount()
  })

  it('watches its replicas by itself: they live on when the chart is folded away', async () => {
    const { wrapper, asked } = await openPage(LadderOnly, { frame })
    expect(asked('cluster:watch').at(-1)).toMatchObject({
      list: { partition: { topic: 'payments.ledger', partition: 3 }, chart: { kind: 'none' } },
    })
    wrapper.unmount()
    await flushPromises()
    expect(asked('cluster:watch').at(-1)).toMatchObject({ list: { partition: null } })
  })

  it('a leader that has nobody beside it leaves its partition offline', async () => {
    const { wrapper } = await open({
      ...refusing(),
      leaderStops: buildLeaderStops({ nextLeader: -1, from: 'none', acceptsAcksAll: 'no', unclean: null }),
    })
    expect(wrapper.find('[data-what-if]').text()).toBe(
      'No other replica is seen that can lead: the partition goes offline until one returns.',
    )
    wrapper.unmount()
  })

  it('does not show a reading of another partition', async () => {
    const { wrapper } = await open(buildLive({ partition: 2 }))
    expect(wrapper.find('[data-notes]').exists()).toBe(false)
    expect(wrapper.text()).toContain('Waiting for the first live reading of this partition.')
    wrapper.unmount()
  })

  it('goes to the neighbours with [ and ], but not while one types', async () => {
    const { wrapper, router } = await open(null)
    const field = document.createElement('input')
    document.body.append(field)
    field.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true }))
    await flushPromises()
    expect(router.currentRoute.value.name).not.toBe('partition')
    window.document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true }))
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ topic: 'payments.ledger', partition: '4' })
    field.remove()
    wrapper.unmount()
  })

  it('keeps the last picture of a topic that is deleted while it is open, and says so', async () => {
    const { wrapper, push } = await open(refusing())
    await push({ type: 'frame', frame: buildFrame({ topics: [['other', 2]], epoch: 2 }) })
    expect(wrapper.text()).toContain('This partition is no longer seen: deleted, or hidden from this login.')
    expect(wrapper.findAll('[data-notes]')).toHaveLength(2)
    expect(wrapper.find('.ladder').classes()).toContain('stale')
    wrapper.unmount()
  })

  it('keeps what was held, where brokers let go of the partition before Metadata says that it is gone', async () => {
    const { wrapper, push, pushLive } = await open(refusing())
    const letGo = buildReplica(1, { logEndOffset: Number.NaN, lagRecords: Number.NaN, reason: 'not-a-replica' })
    await pushLive({ ...refusing(), state: UNKNOWN, replicas: [letGo, buildReplica(2)] }, 3)
    expect(wrapper.get('[data-notes]').text()).toBe('? broker does not report it')
    await push({ type: 'frame', frame: buildFrame({ topics: [['other', 2]], epoch: 2 }) })
    expect(wrapper.get('[data-notes]').text()).toBe('LEO 1,230,882')
    expect(wrapper.find('[data-accepts]').text()).toContain('Refuses acks=all writes')
    wrapper.unmount()
  })

  it('says that there is no such partition, which is not a deletion', async () => {
    const { wrapper } = await openPage(PartitionPage, { props: { topic: 'payments.ledger', partition: 77 }, frame })
    expect(wrapper.text()).toContain(
      'No partition 77 of payments.ledger is seen: it does not exist, or is hidden from this login.',
    )
    wrapper.unmount()
  })
})

describe('a moment on the partition page', () => {
  it('is what was read then, in ladder and facts, and now again when nobody points', async () => {
    const { wrapper, pushLive } = await open(null)
    const at = (takenAt: number, lagRecords: number): LivePartition =>
      buildLive({
        takenAt,
        replicas: [buildReplica(1), buildReplica(2, { lagRecords, lateMs: 1000, logEndOffset: 1000 })],
      })
    const begun = Date.now() - 5_000
    await pushLive(at(begun, 11), 2)
    await pushLive(at(begun + 1000, 12), 3)
    await pushLive(at(begun + 2000, 13), 4)
    const notes = (): string => wrapper.findAll('[data-notes]')[1]!.text()
    const pointing = usePointedStore()
    expect(notes()).toMatch(/^13 behind/)
    expect(wrapper.find('[data-moment]').exists()).toBe(false)
    pointing.point(begun + 1000)
    await flushPromises()
    expect(notes()).toMatch(/^12 behind/)
    expect(wrapper.find('[data-moment]').text()).toMatch(/^at \d\d:\d\d:\d\d$/)
    expect(wrapper.text()).toMatch(/Details at \d\d:\d\d:\d\d/)
    // Readings come in meanwhile.
    await pushLive(at(begun + 3000, 14), 5)
    expect(notes()).toMatch(/^12 behind/)
    pointing.point(begun - 60_000)
    await flushPromises()
    expect(wrapper.findAll('[data-membership]').every((one) => one.text() === '?')).toBe(true)
    expect(notes()).toBe('LEO ?')
    pointing.leave()
    await flushPromises()
    expect(notes()).toMatch(/^14 behind/)
    wrapper.unmount()
  })

  it('is let go with the page', async () => {
    const { wrapper } = await open(refusing())
    const pointing = usePointedStore()
    pointing.point(Date.now())
    await flushPromises()
    wrapper.unmount()
    expect(pointing.at).toBeNaN()
  })
})
