// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { QuorumView, ShortIsrView, ShortRow } from '@contract/quorum'
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import { protects } from '../../../../../src-renderer/features/quorum/protects'
import { quorumExport } from '../../../../../src-renderer/features/quorum/quorum-export'
import {
  fetchWords,
  followingWords,
  mayLoseWords,
  quorumSentences,
  remarkWords,
  roleWords,
  standingWords,
  unheardWords,
} from '../../../../../src-renderer/features/quorum/quorum-words'
import {
  elrCell,
  isrCell,
  lastCell,
  noRowsWords,
  shortNote,
  shortRowWords,
  withoutElr,
} from '../../../../../src-renderer/features/quorum/short-isr-words'
import { buildFrame } from '../../../../support/frames'
import { buildAgreement, buildReport, buildShortIsr, member, shortRow, word } from '../../../../support/quorum-views'
import { sayIn } from '../../../../support/say'
import { buildBroker, NOW } from '../../../../support/summaries'

const summaryOf = (brokers: readonly BrokerSummary[]): ClusterSummary => buildFrame({ summary: { brokers } }).summary

const en = sayIn('en')
const zh = sayIn('zh-CN')
const GRANT = 'kafka-acls.sh …'
const said = (view: QuorumView, say = en) => quorumSentences(say, view, GRANT, NOW)
const leads = (more: Parameters<typeof buildReport>[0] = {}, say = en) =>
  said({ state: 'leads', report: buildReport(more) }, say)
const summary = summaryOf([buildBroker(1), buildBroker(2), buildBroker(3)])

describe('the sentence of a quorum', () => {
  it('that is well', () => {
    expect(leads()).toEqual({
      title: 'Controllers: 3 of 3 in sync, 1 may fail.',
      detail:
        'Controller 102 leads in epoch 31, first seen at 03:07:01. Reported 1.0 s ago by 102, through broker 3; ages are by its clock.',
      tone: 'well',
    })
    expect(leads({}, zh).title).toBe('控制器：3 个中 3 个同步，还可失去 1 个。')
    expect(leads({ sawItBegin: false }).detail).toContain('already so at 03:07:01, when it was first queried')
  })

  it.each([
    [
      'no more may fail',
      { inStep: 2, mayLose: { atLeast: 0, atMost: 1 } },
      '2 of 3 controllers are in sync: no more may fail.',
      'watch',
    ],
    [
      'below the majority',
      { inStep: 1, mayLose: { atLeast: 0, atMost: 0 } },
      'Only 1 of 3 controllers are in sync. With fewer than 2 the leader steps down.',
      'danger',
    ],
    [
      'one alone',
      { voters: 1, majority: 1, inStep: 1, mayLose: { atLeast: 0, atMost: 0 } },
      'There is a single controller: if it fails, no leader can be elected.',
      'well',
    ],
    ['without a clock', { mayLose: null }, 'Controller 102 leads. How many of the 3 follow is unknown.', 'well'],
  ] as const)('%s', (_what, more, title, tone) => {
    expect(leads(more)).toMatchObject({ title, tone })
  })

  it('names brokers that hear late or are not heard, and voters on a new disk', () => {
    const members = [
      member(102, { following: 'leads' }),
      member(103, { following: 'silent', replaced: true }),
      member(1, { following: 'late' }),
      member(2, { following: 'silent' }),
      member(3, { following: 'silent' }),
    ]
    const { title, tone } = leads({ members })
    expect(title).toContain(
      'Brokers 2 and 3 no longer fetch from the controller that leads. Metadata of broker 1 lags. Controller 103 runs on a new disk and no longer votes.',
    )
    expect(tone).toBe('watch')
  })

  it.each<[string, QuorumView, string, string]>([
    [
      'silent',
      { state: 'silent', since: NOW - 12_000, asked: [1, 2, 3], last: buildReport({ readAt: NOW - 14_000 }) },
      'No controller answers: no leader elections, no fencing, no ISR changes.',
      'Since 03:16:49 (12 s), queried through brokers 1, 2 and 3, which answer. An election is in progress, or the majority is lost. Last reported 14 s ago: controller 102 led in epoch 31.',
    ],
    [
      'asked once in vain',
      { state: 'unknown', why: 'no-answer', since: NOW - 2_000, last: null },
      'The last query to the controllers got no answer.',
      'Queried at 03:16:59. Possibly only that broker fails; others are being queried.',
    ],
    [
      'not allowed',
      { state: 'unknown', why: 'not-authorized', since: NaN, last: null },
      'This login may not read the quorum.',
      'It needs Describe on the cluster. Ask an administrator for it: kafka-acls.sh …',
    ],
    [
      'too old',
      { state: 'unknown', why: 'unsupported', since: NaN, last: null },
      'These brokers do not report their quorum.',
      'DescribeQuorum came with Kafka 3.3.',
    ],
    [
      'not asked yet',
      { state: 'unknown', why: 'not-asked', since: NaN, last: null },
      'The controllers have not been queried yet.',
      '',
    ],
    [
      'ZooKeeper',
      { state: 'none', controller: 2 },
      'No quorum: the controller is elected through ZooKeeper.',
      'Broker 2 is the controller now. ZooKeeper decides which one is next; Highwater does not query it.',
    ],
    [
      'ZooKeeper without a word',
      { state: 'none', controller: -1 },
      'No quorum: the controller is elected through ZooKeeper.',
      'Which broker is the controller now is not reported.',
    ],
  ])('%s', (_what, view, title, detail) => {
    expect(said(view)).toMatchObject({ title, detail })
  })
})

describe('figures of the voters', () => {
  it('how many may fail, and what is odd about their number', () => {
    expect(mayLoseWords(en, buildReport())).toBe('1 more may fail')
    expect(mayLoseWords(en, buildReport({ mayLose: { atLeast: 0, atMost: 1 } }))).toBe(
      '0 more may fail; 1 if the lagging ones catch up',
    )
    expect(mayLoseWords(en, buildReport({ mayLose: null }))).toBe('how many may fail is unknown')
    expect(remarkWords(en, buildReport())).toBe('')
    expect(remarkWords(en, buildReport({ remark: 'even', voters: 4 }))).toBe(
      '4 voters tolerate no more failures than 3',
    )
    expect(remarkWords(en, buildReport({ remark: 'single', voters: 1 }))).toBe('one voter: none may fail')
  })

  it('roles: a combined node is voter and broker', () => {
    const leader = member(102, { following: 'leads' })
    expect(roleWords(en, leader, summary)).toBe('leader')
    expect(roleWords(en, member(101), summary)).toBe('follower')
    expect(roleWords(en, { ...member(1), votes: true }, summary)).toBe('follower, also broker')
    expect(roleWords(en, member(1), summary)).toBe('observer')
    expect(roleWords(en, { ...leader, votes: false }, summary)).toBe('leader, leaving the voters')
  })

  it('states, and no age of the leader', () => {
    const report = buildReport()
    expect(followingWords(en, report.members[0]!, report)).toBe('leads, high watermark 8,412,905')
    expect(fetchWords(en, report.members[0]!)).toBe('–')
    expect(fetchWords(en, report.members[2]!)).toBe('0.2 s')
    expect(fetchWords(en, member(1, { fetchAgeMs: NaN, following: 'never' }))).toBe('?')
    expect(followingWords(en, member(1, { following: 'never' }), report)).toBe('has not fetched in this epoch')
    expect(followingWords(en, member(101, { replaced: true }), report)).toBe(
      'its disk was replaced: this vote no longer counts',
    )
  })

  it('what becomes of the Metadata of a broker', () => {
    const report = buildReport()
    const of = (id: number, agreement = buildAgreement(), brokers = summary) =>
      standingWords(en, member(id, { votes: false }), { agreement, summary: brokers, report })
    expect(of(1)).toBe('source of what is shown')
    expect(of(3)).toBe('newest')
    const late = buildAgreement({ words: [word(1), word(3, { behind: 812, behindReadings: 2, behindSince: NOW })] })
    expect(of(3, late)).toBe('812 behind: compared, not used')
    const once = buildAgreement({ words: [word(1), word(3, { behind: 812, behindReadings: 1, behindSince: NOW })] })
    expect(of(3, once)).toBe('newest')
    expect(of(3, buildAgreement({ words: [word(3, { behind: NaN })] }))).toBe('not read')
    expect(of(9)).toBe('not a listed broker')
    expect(of(103)).toBe('voter 103 on its new disk')
    const away = summaryOf([buildBroker(2, { answers: 'no', silence: 'timeout' })])
    expect(of(2, buildAgreement(), away)).toBe('does not answer Highwater')
  })

  it('brokers that the controllers do not tell of any more', () => {
    expect(unheardWords(en, buildReport(), summary)).toBe('')
    const report = buildReport({ members: [member(102), member(1)] })
    expect(unheardWords(en, report, summary)).toContain('Not listed: brokers 2 and 3.')
  })
})

describe('ISR, ELR and last known leader', () => {
  const view = buildShortIsr()
  const words = (more: Partial<ShortRow>, of: ShortIsrView = view) => shortRowWords(en, shortRow(more), of, NOW)

  it('say who may lead next without loss', () => {
    expect(words({}).next).toMatch(/^If 3 and 1 fail too, broker 2 can lead without losing an acknowledged record/)
    expect(words({}).careful).toContain(
      'Writing min.insync.replicas of payments.settled clears this ELR, whatever the value.',
    )
    expect(words({ elr: [] })).toMatchObject({
      next: 'Besides the ISR (3 and 1) no replica can lead without loss.',
      careful: '',
    })
    expect(words({ elr: null, minIsr: 2 }).next).toContain('Kafka keeps no ELR then')
    expect(words({ elr: null }).next).toBe('Its ELR was not read yet.')
  })

  it('say whom to bring back, and what not to write, where there is no leader', () => {
    const lost = words({ leader: -1, isr: [], elr: [2], lastKnownLeader: 3 })
    expect(lost.next).toContain('Bring broker 3 back first')
    expect(lost.careful).toContain('not even the same value')
    expect(words({ leader: -1, isr: [], elr: [1, 2] }).next).toContain('Brokers 1 and 2 of the ELR can lead')
    expect(words({ leader: -1, isr: [], elr: [] }).next).toContain('only an unclean election would elect one')
  })

  it('say what cannot be so, with where both halves are from', () => {
    expect(words({ breaches: ['elr-beside-full'] }).breach).toBe(
      'There is an ELR although the ISR is at least min ISR. Kafka does not have both at the same moment, so one of the two answers is older. ' +
        'ISR from broker 3 at 03:17:00, ELR from broker 1 at 03:17:00.',
    )
    expect(words({}).breach).toBe('')
  })

  it.each<[Partial<ShortIsrView>, RegExp]>([
    [{ elr: false }, /keeps no ELR/],
    [{ elr: null }, /not known yet/],
    [{ refused: 'not-authorized' }, /lacks Describe/],
    [{ refused: 'unsupported' }, /do not support/],
  ])('say why there is no ELR: %o', (more, expected) => {
    const of = buildShortIsr([], more)
    expect(withoutElr(en, of)).toMatch(expected)
    expect(words({}, of)).toEqual({ next: withoutElr(en, of), careful: '', breach: '' })
  })

  it('say that the whole of it is well only of partitions that are seen', () => {
    expect(noRowsWords(en, view)).toBe('')
    expect(noRowsWords(en, buildShortIsr([]))).toMatch(/^Every partition seen has its full ISR/)
    expect(noRowsWords(en, buildShortIsr([], { partitions: 0 }))).toBe('No topic is seen, so no ISR either.')
    expect(noRowsWords(en, buildShortIsr([], { elr: false }))).toMatch(/keeps no ELR/)
  })

  it('unknown is not empty', () => {
    expect(isrCell(en, [])).toBe('–')
    expect(elrCell(en, shortRow({ elr: null }))).toBe('?')
    expect(elrCell(en, shortRow({ elr: null, minIsr: 2 }))).toBe('–')
    expect(elrCell(en, shortRow({ elr: [] }))).toBe('–')
    expect([lastCell(en, shortRow({ elr: null, leader: -1 })), lastCell(en, shortRow({ lastKnownLeader: 3 }))]).toEqual(
      ['?', '3'],
    )
    expect(shortNote(en, view)).toBe('1 of 1,122 partitions seen lack a replica in the ISR and 1 has an ELR')
    expect(shortNote(en, buildShortIsr([], { elr: null }))).toBe('0 of 1,122 partitions seen lack a replica in the ISR')
  })
})

it('each of them beside its number, and none where it is not known', () => {
  const texts = protects(en, { state: 'leads', report: buildReport() }, buildShortIsr(), buildAgreement())
  expect(texts.map(({ key }) => key)).toEqual([
    'quorum',
    'controller-epoch',
    'leader-epoch',
    'isr',
    'elr',
    'last-leader',
    'offset',
  ])
  const all = texts.map(({ text }) => text).join(' ')
  for (const number of [
    '2 of 3 must agree',
    '31 now',
    '18 (payments.settled / 4)',
    '1,121 of 1,122',
    '1 partition has one',
    '8,412,907',
  ])
    expect(all).toContain(number)
  const none = protects(en, null, null, null).map(({ text }) => text)
  expect(none.join(' ')).not.toMatch(/\d/)
  const zooKeeper = protects(zh, { state: 'none', controller: 1 }, null, null)
  expect(zooKeeper[0]?.text).toContain('ZooKeeper')
})

it('exports voters and observers, unknown as such', () => {
  const table = quorumExport(
    buildReport({ members: [member(102, { following: 'leads' }), member(1, { behind: NaN })] }),
  )
  const rows = [...table.rows]
  expect(rows).toHaveLength(2)
  expect(Object.fromEntries(table.columns.map((column, at) => [column, rows[1]![at]]))).toMatchObject({
    node: 1,
    votes: false,
    behindRecords: NaN,
    leader: 102,
    epoch: 31,
    toldAt: '2026-11-23T03:17:00.000Z',
  })
  expect([...quorumExport(null).rows]).toEqual([])
})
