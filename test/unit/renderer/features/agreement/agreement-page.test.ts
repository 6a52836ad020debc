// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AgreementView, BrokerWord, ListDifference } from '@contract/quorum'
import { ok } from '@contract/result'
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import { agreementExport } from '../../../../../src-renderer/features/agreement/agreement-export'
import AgreementPage from '../../../../../src-renderer/features/agreement/AgreementPage.vue'
import {
  agreementDetail,
  agreementTitle,
  behindCell,
  behindFor,
  brokerRows,
  claimWords,
  controllersCell,
  lasting,
  listLines,
  noOffsets,
  standingCell,
  whatDiffers,
} from '../../../../../src-renderer/features/agreement/agreement-words'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { buildAgreement, buildReport, disputed, member, word } from '../../../../support/quorum-views'
import { sayIn } from '../../../../support/say'
import { buildBroker, NOW } from '../../../../support/summaries'

let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut()))
afterAll(() => takeBack())

const summaryOf = (brokers: readonly BrokerSummary[]): ClusterSummary => buildFrame({ summary: { brokers } }).summary

const en = sayIn('en')
const zh = sayIn('zh-CN')
const BEHIND = word(3, { offset: 8_412_095, behind: 812, behindSince: NOW - 6_300, behindReadings: 7 })
const LIST: ListDifference = {
  broker: 3,
  with: 1,
  since: NOW - 9_000,
  saidAt: NOW - 1_000,
  readings: 9,
  lacks: ['orders.paid'],
  lacksCount: 1,
  has: ['old.topic'],
  hasCount: 30,
  others: 2,
  lacksBrokers: [2],
  hasBrokers: [4, 5],
}

describe('the sentence', () => {
  it.each<[string, Partial<AgreementView>, string, string]>([
    ['agreement', {}, 'The brokers agree on the partitions of the 13 topics seen, where they were compared.', 'well'],
    ['nobody', { words: [], compared: [] }, 'No broker has answered yet.', 'unknown'],
    ['one alone', { words: [word(1)], compared: [] }, 'Only one broker answered: nothing to compare.', 'unknown'],
    ['not yet', { compared: [] }, 'No two brokers have been compared yet.', 'unknown'],
    [
      'one differs, and is late',
      { rows: [disputed()], total: 10, words: [word(1), BEHIND] },
      'Broker 3 differs on 10 partitions. Metadata of broker 3 lags.',
      'watch',
    ],
    [
      'two differ',
      { rows: [disputed(), disputed({ broker: 2 })], total: 2 },
      'Brokers 3 and 2 differ, on 2 partitions in total.',
      'watch',
    ],
    ['lists', { lists: [LIST] }, 'Broker 3 lists different topics or brokers.', 'watch'],
    [
      'behind once is no difference',
      { words: [word(1), { ...BEHIND, behindReadings: 1 }] },
      'The brokers agree on the partitions of the 13 topics seen, where they were compared.',
      'well',
    ],
  ])('%s', (_what, more, title, tone) => {
    expect(agreementTitle(en, buildAgreement(more), buildFrame({}).summary)).toEqual({ title, tone })
  })

  it('is none of partitions where no topic is seen', () => {
    const { summary } = buildFrame({ topics: [], summary: { topics: 0, partitions: 0 } })
    expect(agreementTitle(en, buildAgreement(), summary)).toEqual({
      title: 'No topic is seen: there are no partitions to compare.',
      tone: 'unknown',
    })
  })

  it('leaves out who does not answer, and says so', () => {
    const { summary } = buildFrame({
      summary: { brokers: [buildBroker(1), buildBroker(2, { answers: 'no' }), buildBroker(3)] },
    })
    expect(agreementTitle(en, buildAgreement(), summary)).toEqual({
      title:
        'Brokers 1 and 3 agree on the partitions of the 13 topics seen, where they were compared. Broker 2 does not answer and is not compared.',
      tone: 'watch',
    })
  })

  it('knows nothing of an agreement where one alone is left, and does not call one silent that is not asked', () => {
    const title = (...brokers: readonly ReturnType<typeof buildBroker>[]) =>
      agreementTitle(en, buildAgreement(), buildFrame({ summary: { brokers } }).summary).title
    const dead = (id: number) => buildBroker(id, { answers: 'no' })
    expect(title(buildBroker(1), dead(2), dead(3))).toBe('Only one broker answered: nothing to compare.')
    expect(title(buildBroker(1), buildBroker(2), buildBroker(9, { answers: 'no', noListener: true }))).toBe(
      'The brokers agree on the partitions of the 13 topics seen, where they were compared.',
    )
  })

  it('says who was compared when', () => {
    expect(agreementDetail(en, buildAgreement(), NOW)).toBe(
      'Last compared: brokers 1 and 3, 2.0 s ago. Brokers that answer are compared in pairs, in turn.',
    )
    expect(agreementDetail(zh, buildAgreement({ compared: [] }), NOW)).toBe('')
  })
})

describe('cells', () => {
  const rowOf = (one: BrokerWord | null, answers = true) => ({ broker: 2, word: one, answers })
  const summary = summaryOf([1, 2, 3].map((id) => buildBroker(id)))
  const view = buildAgreement({ words: [word(1), word(2), BEHIND], withoutListener: [9] })

  it('of brokers: who counts, and who is only compared', () => {
    expect(brokerRows(view, summary).map(({ broker }) => broker)).toEqual([1, 2, 3, 9])
    expect(brokerRows(view, summary).map((row) => standingCell(en, row))).toEqual([
      'yes',
      'yes',
      'compared only',
      'no listener here: not queried',
    ])
    const away = summaryOf([buildBroker(2, { answers: 'no', silence: 'timeout' })])
    expect(standingCell(en, brokerRows(view, away)[1]!)).toBe('does not answer')
    expect(standingCell(en, rowOf(word(2, { offset: NaN, behind: NaN })))).toBe('reports no offset')
  })

  it('of how far behind: unknown is not none, and once is not behind', () => {
    expect([behindCell(en, rowOf(BEHIND)), behindFor(en, BEHIND)]).toEqual(['812', 'at least 6.0 s'])
    expect([behindCell(en, rowOf({ ...BEHIND, behindReadings: 1 })), behindFor(en, word(1))]).toEqual(['0', ''])
    expect([behindCell(en, rowOf(null)), behindCell(en, rowOf(word(1, { behind: NaN })))]).toEqual(['?', '?'])
    // It was not behind when it answered last, and what it lacks by now is not known.
    expect(behindCell(en, rowOf(word(2), false))).toBe('?')
    expect(noOffsets(view)).toBe(false)
    expect(noOffsets(buildAgreement({ words: [word(1, { offset: NaN })] }))).toBe(true)
    expect(noOffsets(buildAgreement({ words: [] }))).toBe(false)
  })

  it('of the same broker as the controllers hear it', () => {
    const report = buildReport({ members: [member(1, { behind: 812, fetchAgeMs: 1_900 }), member(3, { behind: NaN })] })
    expect(controllersCell(en, 1, { state: 'leads', report })).toBe('812 behind, 1.9 s since its last fetch')
    expect(controllersCell(en, 2, { state: 'leads', report })).toBe('?')
    expect(controllersCell(en, 1, null)).toBe('?')
    expect(controllersCell(en, 1, { state: 'silent', since: NOW, asked: [1], last: report })).toBe('?')
  })

  it('of what two brokers say', () => {
    expect(whatDiffers(en, disputed())).toBe('ISR')
    expect(whatDiffers(en, disputed({ said: { leader: 2, leaderEpoch: 6, isr: [1] } }))).toBe('leader')
    expect(whatDiffers(en, disputed({ said: { leader: 2, leaderEpoch: 6, isr: [2] } }))).toBe('leader, ISR')
    expect(claimWords(en, { leader: 1, leaderEpoch: 7, isr: [1, 3] })).toBe('leader 1, epoch 7, ISR 1 3')
    expect(claimWords(en, { leader: -1, leaderEpoch: -1, isr: [] })).toBe('leader none, epoch ?, ISR none')
    expect(lasting(en, disputed())).toBe('at least 6.0 s')
  })

  it('of lists', () => {
    expect(listLines(en, LIST)).toEqual([
      'misses 1 topic seen there: orders.paid',
      'has 30 topics not seen there: old.topic …',
      'has 2 topics seen there with other partitions, replicas or another id',
      'does not list broker 2',
      'lists brokers 4 and 5 too',
    ])
    const same = { lacksCount: 0, lacks: [], hasCount: 0, has: [], others: 0, lacksBrokers: [], hasBrokers: [4] }
    expect(listLines(en, { ...LIST, ...same })).toEqual(['lists broker 4 too'])
  })
})

describe('the page', () => {
  const frame = buildFrame({
    takenAt: Date.now() + 600_000,
    summary: { brokers: [buildBroker(1), buildBroker(2), buildBroker(3)] },
  })
  const open = (view: AgreementView | null, locale: 'en' | 'zh-CN' = 'en') =>
    openPage(AgreementPage, {
      frame,
      locale,
      answers: {
        'quorum:agreement': () => Promise.resolve(ok(view)),
        'quorum:read': () => Promise.resolve(ok({ state: 'leads', report: buildReport() })),
      },
    })

  it('tells who is behind, who says what, and which one counts', async () => {
    const { wrapper, router } = await open(
      buildAgreement({ words: [word(1), BEHIND], rows: [disputed()], total: 1, lists: [LIST] }),
    )
    expect(wrapper.find('[data-agreement-title]').text()).toMatch(/^Broker 3 differs on 1 partition\./)
    expect(wrapper.find('[data-agreement-detail]').text()).toContain('Last compared: brokers 1 and 3')
    const brokers = wrapper.find('[data-brokers]').text()
    for (const figure of ['8,412,095', '812', 'at least 6.0 s', 'compared only']) expect(brokers).toContain(figure)
    const rows = wrapper.find('[data-disputed]').text()
    expect(rows).toContain('leader 1, epoch 7, ISR 1 3')
    expect(rows).toContain('it has read more of the controllers’ log')
    expect(wrapper.find('[data-lists]').text()).toContain('Broker 3, compared with broker 1')
    const row = wrapper.findAll('[data-disputed] [role=row]')[1]!
    await row.trigger('click')
    await row.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value).toMatchObject({ name: 'partition', params: { topic: 'clickstream.raw' } })
  })

  it('with agreement says how far it reaches, and that lists depend on rights and listeners', async () => {
    const { wrapper } = await open(buildAgreement({ withoutListener: [4] }))
    expect(wrapper.find('[data-disputed]').text()).toContain('No differences where brokers were compared.')
    expect(wrapper.find('[data-lists]').text()).toContain('may come from permissions or listeners')
    expect(wrapper.find('[data-lists]').text()).toContain('Broker 4 does not have that listener and is not queried.')
  })

  it('before anything was read says so, and shows no table', async () => {
    const { wrapper } = await open(null, 'zh-CN')
    expect(wrapper.find('[data-brokers]').exists()).toBe(false)
    expect(wrapper.find('h1').text()).not.toBe('')
  })
})

it('exports brokers, partitions and lists, each with its own columns', () => {
  const table = agreementExport(buildAgreement({ words: [BEHIND], rows: [disputed()], lists: [LIST] }))
  const rows = [...table.rows].map((row) => Object.fromEntries(table.columns.map((column, at) => [column, row[at]])))
  expect([...table.rows].every((row) => row.length === table.columns.length)).toBe(true)
  expect(rows[0]).toMatchObject({ kind: 'broker', broker: 3, behindAtLeast: 812, topic: null, readings: 7 })
  expect(rows[1]).toMatchObject({
    kind: 'partition',
    topic: 'clickstream.raw',
    saysIsr: '1 3',
    countsIsr: '1',
    whyItCounts: 'offset',
    since: '2026-11-23T03:16:54.000Z',
  })
  expect(rows[2]).toMatchObject({ kind: 'list', lacks: 'orders.paid 2', has: 'old.topic 4 5', readings: 9 })
  expect([...agreementExport(null).rows]).toEqual([])
})
