// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AgreementView, QuorumView, ShortIsrView } from '@contract/quorum'
import { fail, ok } from '@contract/result'
import type { ErrorCode } from '@contract/result'
import QuorumPage from '../../../../../src-renderer/features/quorum/QuorumPage.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import {
  buildAgreement,
  buildReport,
  buildShortIsr,
  disputed,
  member,
  shortRow,
} from '../../../../support/quorum-views'
import { buildBroker, NOW } from '../../../../support/summaries'

let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut()))
afterAll(() => takeBack())

/** Ahead of this machine's clock, which the page then goes by: a picture of now. */
const frame = buildFrame({
  takenAt: Date.now() + 600_000,
  summary: { brokers: [buildBroker(1), buildBroker(2), buildBroker(3)] },
})

async function open(
  quorum: QuorumView,
  isr: ShortIsrView | null = buildShortIsr(),
  agreement: AgreementView | null = buildAgreement(),
  locale: 'en' | 'zh-CN' = 'en',
) {
  const page = await openPage(QuorumPage, {
    frame,
    locale,
    answers: {
      'quorum:read': () => Promise.resolve(ok(quorum)),
      'quorum:isr': () => Promise.resolve(ok(isr)),
      'quorum:agreement': () => Promise.resolve(ok(agreement)),
    },
  })
  const text = (part: string): string => page.wrapper.find(part).text()
  return { ...page, text }
}
const LEADS: QuorumView = { state: 'leads', report: buildReport() }

it('shows voters, observers, ISR beside ELR, epochs, and what each protects', async () => {
  const { wrapper, text } = await open(LEADS)
  expect(text('[data-quorum-title]')).toContain('Controllers: 3 of 3')
  expect(text('[data-may-lose]')).toBe('1 more may fail')
  const voters = wrapper.findAll('[data-voters] [role=row]').map((row) => row.text())
  expect(voters[1]).toContain('102')
  expect(voters[1]).toContain('leads, high watermark 8,412,905')
  expect(voters[3]).toContain('in sync')
  expect(wrapper.findAll('[data-observers] [role=row]')).toHaveLength(4)
  expect(text('[data-observers]')).toContain('source of what is shown')
  expect(text('[data-short-isr]')).toContain('payments.settled / 4')
  expect(text('[data-short-words]')).toContain('broker 2 can lead without losing')
  expect(text('[data-epochs]')).toContain('31')
  expect(text('[data-protects]')).toContain('2 of 3 must agree')
  expect(text('[data-agree]')).toContain(
    'The brokers agree on the partitions of the 13 topics seen, where they were compared.',
  )
})

it('in Chinese too', async () => {
  const { text } = await open(LEADS, buildShortIsr(), buildAgreement(), 'zh-CN')
  expect(text('[data-quorum-title]')).toContain('控制器')
  expect(text('[data-short-words]')).toContain('Broker 2 可以接任')
})

it('without an answer it says since when, keeps what was told last, and says that it is old', async () => {
  const { wrapper, text } = await open({
    state: 'silent',
    since: NOW - 12_000,
    asked: [1, 2, 3],
    last: buildReport({ readAt: NOW - 14_000 }),
  })
  expect(text('[data-quorum-title]')).toContain('No controller answers')
  expect(wrapper.find('[data-quorum-title]').classes()).toContain('danger')
  expect(wrapper.find('[data-voters]').classes()).toContain('stale')
  expect(text('[data-protects]')).toContain('How many there are is unknown now.')
})

it('says of a picture that is old what was seen last', async () => {
  const { text, push, wrapper } = await open(LEADS)
  await push({
    type: 'status',
    status: { cluster: 'orders-eu', phase: 'paused', since: NOW, takenAt: NOW, nextTryAt: NaN, problem: null },
  })
  expect(text('[data-quorum-title]')).toMatch(/^Last seen: Controllers: /)
  expect(wrapper.find('[data-quorum-title]').classes()).not.toContain('well')
})

it('in ZooKeeper mode there is no table of voters', async () => {
  const { wrapper, text } = await open({ state: 'none', controller: 2 }, buildShortIsr([], { elr: false }))
  expect(text('[data-quorum-title]')).toBe('No quorum: the controller is elected through ZooKeeper.')
  expect(wrapper.find('[data-voters]').exists()).toBe(false)
  expect(text('[data-short-isr]')).toContain('keeps no ELR')
})

it('names the right that is missing, and the command that gives it', async () => {
  const { text } = await open({ state: 'unknown', why: 'not-authorized', since: NaN, last: null })
  expect(text('[data-quorum-detail]')).toContain('Describe on the cluster')
  expect(text('[data-quorum-detail]')).toContain(
    'kafka-acls.sh --bootstrap-server b1:9092 --add --allow-principal User:USER --operation Describe --cluster',
  )
})

it('chooses the worst partition until somebody chooses another, and opens it', async () => {
  const rows = [shortRow({ leader: -1, isr: [], elr: [2], lastKnownLeader: 3 }), shortRow({ partition: 9, elr: [] })]
  const { wrapper, text, router } = await open(LEADS, buildShortIsr(rows))
  expect(text('[data-short-words] h3')).toBe('payments.settled / 4')
  expect(text('[data-short-words]')).toContain('Bring broker 3 back first')
  const second = wrapper.findAll('[data-short-isr] [role=row]')[2]!
  await second.trigger('click')
  expect(text('[data-short-words] h3')).toBe('payments.settled / 9')
  await second.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value).toMatchObject({ name: 'partition', params: { partition: '9' } })
})

it('says so when one of two views is stale, when brokers differ, and when somebody is not told any more', async () => {
  const report = buildReport({ members: [member(102, { following: 'leads' }), member(1)] })
  const { text } = await open(
    { state: 'leads', report },
    buildShortIsr([shortRow({ breaches: ['both'] })]),
    buildAgreement({ rows: [disputed()], total: 1 }),
  )
  expect(text('[data-short-words] .breach')).toContain('one of the two answers is older')
  expect(text('[data-agree]')).toContain('Broker 3 differs on 1 partition.')
  expect(text('[data-unheard]')).toContain('brokers 2 and 3')
})

it('offers the command and the table, and asks again each second while it is seen', async () => {
  const { asked } = await open(LEADS)
  const { offer } = useScreenStore()
  expect(offer?.command?.().split('\n')).toEqual([
    'kafka-metadata-quorum.sh --bootstrap-server b1:9092 describe --status',
    'kafka-metadata-quorum.sh --bootstrap-server b1:9092 describe --replication',
  ])
  expect([...(offer?.exportable?.().rows ?? [])]).toHaveLength(6)
  expect(asked('quorum:read')[0]).toEqual({ cluster: 'orders-eu' })
})

it('says why it cannot be asked', async () => {
  const code: ErrorCode = 'not-found'
  const { wrapper } = await openPage(QuorumPage, {
    frame,
    answers: { 'quorum:read': () => Promise.resolve(fail(code, 'closed')) },
  })
  expect(wrapper.find('[role=alert]').exists()).toBe(true)
  expect(wrapper.find('[data-voters]').exists()).toBe(false)
})
