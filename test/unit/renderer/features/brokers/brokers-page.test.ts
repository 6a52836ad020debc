import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNDER_REPLICATED } from '@shared/states'
import type { BrokerSummary } from '@contract/summary'
import {
  awayWords,
  brokerLook,
  mayStop,
  shareWords,
  silentBeside,
  stopHint,
  stopWords,
} from '../../../../../src-renderer/features/common/broker-words'
import { brokerLine } from '../../../../../src-renderer/features/brokers/broker-line'
import { brokerOrder } from '../../../../../src-renderer/features/brokers/broker-sort'
import { brokersExport } from '../../../../../src-renderer/features/brokers/brokers-export'
import { answersWords, brokersLine } from '../../../../../src-renderer/features/brokers/brokers-line'
import BrokerPage from '../../../../../src-renderer/features/brokers/BrokerPage.vue'
import BrokersPage from '../../../../../src-renderer/features/brokers/BrokersPage.vue'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { sayIn } from '../../../../support/say'
import { tally } from '@shared/tally'
import { buildBroker, NOW } from '../../../../support/summaries'
import type { Plain } from '../../../../support/summaries'

let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut()))
afterAll(() => takeBack())

const en = sayIn('en')
const zh = sayIn('zh-CN')
const REACH = 'of the 13 topics seen'
const UNSEEN = tally(0, false)
const silent = buildBroker(2, {
  answers: 'no',
  answersSince: NOW - 4000,
  silence: 'timeout',
  lagRecords: Number.NaN,
  lateMs: Number.NaN,
  latencyMs: Number.NaN,
  behind: 240,
})
const BROKERS = [
  buildBroker(1, { stopRefuses: 3 }),
  silent,
  buildBroker(3, { lagRecords: 50, behind: 1, lateMs: 900, stopOffline: 2, stopRefuses: 9, latencyMs: 7 }),
]

describe('brokers in words', () => {
  it('say who is gone, silent or behind, and who may not stop', () => {
    const away = buildBroker(2, { listed: false, answers: 'no', inSync: 0, behind: 240 })
    expect(brokersLine(en, BROKERS, REACH)).toBe(
      'Broker 2 (rack-b) does not answer. Don’t stop any other broker until then.',
    )
    expect(brokersLine(en, [BROKERS[0]!, away, BROKERS[2]!], REACH)).toBe(
      'Broker 2 (rack-b) is gone. Broker 3 (rack-c) is behind. Not safe to stop: brokers 1 and 3.',
    )
    expect(brokersLine(zh, [BROKERS[0]!, away], REACH)).toBe(
      'Broker 2 (rack-b) 已不在集群中。不可停止：Broker 1 (rack-a)。',
    )
    expect(brokersLine(en, [buildBroker(1), buildBroker(2)], REACH)).toBe(
      'All 2 brokers listed answer. Any single broker can stop without a partition of the 13 topics seen refusing writes or going offline, as last read.',
    )
    expect(brokersLine(en, [buildBroker(1, { stopRefuses: UNSEEN })], REACH)).toBe('The only broker listed answers.')
    const many = Array.from({ length: 6 }, (_, index) => buildBroker(index + 1, { stopRefuses: index < 4 ? 1 : 0 }))
    expect(brokersLine(en, many, REACH)).toBe('All 6 brokers listed answer. 4 of 6 brokers are not safe to stop.')
  })

  it('name both consequences of stopping, the worse first, and unknown as unknown', () => {
    expect(BROKERS.map((broker) => stopWords(en, broker, -1))).toEqual([
      '3 would refuse',
      '–',
      'if stopped: 2 offline, 9 refuse',
    ])
    expect(stopWords(en, BROKERS[2]!, -1, true)).toBe('2 offline, 9 refuse')
    expect(stopWords(en, buildBroker(1), -1)).toBe('no outage seen')
    expect(stopWords(en, buildBroker(1, { stopOffline: 2 }), -1)).toBe('2 would go offline')
    expect(stopWords(en, buildBroker(1, { stopOffline: UNSEEN }), -1)).toBe('effect of stopping ?')
    expect(stopWords(en, buildBroker(1, { stopOffline: tally(2, false) }), -1)).toBe('≥ 2 would go offline')
    expect(stopWords(en, buildBroker(1, { listed: false }), -1)).toBe('–')
    const loses = buildBroker(1, { stopLoses: 2 })
    expect([stopWords(en, loses, -1), mayStop(loses, -1)]).toEqual(['2 would lose records', false])
    expect(stopHint(en, loses, -1, REACH)).toMatch(/2 would lose records: their topics allow unclean election\.$/)
    expect(brokerLine(en, loses, -1, NOW, REACH)).toMatch(
      /If it stops now, 2 partitions lose records by unclean election\.$/,
    )
    const all = buildBroker(1, { stopLoses: 2, stopOffline: 1, stopRefuses: 9 })
    expect([stopWords(en, all, -1), stopWords(en, all, -1, true)]).toEqual([
      'if stopped: 2 lose records, 1 offline, 9 refuse',
      '2 lose records, 1 offline, 9 refuse',
    ])
  })

  it.each<[string, Partial<Plain<BrokerSummary>>, number, string, string]>([
    ['both', { stopOffline: 30, stopRefuses: 1250 }, -1, '30 offline, 1,250 refuse', '离线 30，拒绝写入 1,250'],
    ['one', { stopRefuses: 1250 }, -1, '1,250 would refuse', '1,250 个会拒绝写入'],
    ['another one is silent', {}, 12, 'not while 12 is silent', '不可，12 无响应'],
    ['the majority', { stopQuorum: 'loses' }, -1, 'majority lost', '失去控制器多数'],
    ['no controller', { stopQuorum: 'silent' }, -1, 'no controller answers', '控制器均无响应'],
    ['not known', { stopOffline: UNSEEN }, -1, 'effect of stopping ?', '停止影响 ?'],
  ])(
    'fit the column at 1100 px, where a heading asks what stopping costs: %s',
    (_, change, beside, english, chinese) => {
      const words = [en, zh].map((say) => stopWords(say, buildBroker(1, change), beside, true))
      expect(words).toEqual([english, chinese])
      // 144 px are some 24 Latin letters of 13 px, or half as many Chinese ones.
      for (const text of words)
        expect(Array.from(text).reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0)).toBeLessThanOrEqual(24)
    },
  )

  it('say what stopping one does to the controllers, and to what Kafka keeps in its own topics (K8.8)', () => {
    const voter = buildBroker(1, { stopQuorum: 'loses' })
    expect([stopWords(en, voter, -1), mayStop(voter, -1)]).toEqual(['breaks the controller majority', false])
    expect(brokerLine(en, voter, -1, NOW, REACH)).toBe(
      'All 240 of its replicas seen are in sync. Without broker 1 the controllers have no majority: no more leader elections or fencing.',
    )
    expect(brokersLine(en, [voter, buildBroker(2)], REACH)).toBe(
      'All 2 brokers listed answer. Not safe to stop: broker 1 (rack-a).',
    )
    const alone = buildBroker(1, { stopQuorum: 'silent' })
    expect([stopWords(en, alone, -1), mayStop(alone, -1)]).toEqual(['not while no controller answers', false])
    const unknown = buildBroker(1, { stopQuorum: 'unknown' })
    expect([stopWords(en, unknown, -1), mayStop(unknown, -1)]).toEqual(['no outage seen', true])
    expect(brokerLine(en, unknown, -1, NOW, REACH)).toMatch(
      /expected to refuse acks=all writes or go offline\. Whether the controllers would keep their majority is unknown\.$/,
    )
    const coordinator = buildBroker(1, { stopRefuses: 3, stopHalts: ['groups', 'transactions'] })
    expect(brokerLine(en, coordinator, -1, NOW, REACH)).toContain(
      'If it stops now, 3 partitions refuse acks=all writes, consumer groups cannot commit and transactions stop.',
    )
    expect(stopHint(en, coordinator, -1, REACH)).toContain(
      'On some of them, consumer groups cannot commit and transactions stop.',
    )
  })

  it('do not call a broker gone that only lacks our listener (K5.4)', () => {
    const unseen = buildBroker(2, { listed: false, noListener: true, answers: 'no' })
    expect(brokersLine(en, [buildBroker(1), unseen], REACH)).toMatch(
      /^Broker 2 \(rack-b\) lacks the listener you connected through\. Any single broker can stop/,
    )
    expect([awayWords(en, unseen, NOW), answersWords(en, unseen, NOW), brokerLook(unseen)]).toEqual([
      'lacks the listener you connected through',
      'not reachable',
      'watch',
    ])
    expect(brokerLine(en, unseen, -1, NOW, REACH)).toBe(
      'It lacks the listener you connected through: it is in the cluster, but cannot be read from here.',
    )
    const many = Array.from({ length: 4 }, (_, at) => buildBroker(at + 1, { listed: false, noListener: true }))
    expect(brokersLine(en, many, REACH)).toBe('4 of 4 brokers lack the listener you connected through.')
  })

  it('say that a broker is on its way in or out (K8.4)', () => {
    const back = buildBroker(2, { answers: 'no', silence: 'refused', course: 'returning' })
    const leaving = buildBroker(3, { course: 'leaving', inSync: 0, leaders: 0 })
    expect(brokersLine(en, [buildBroker(1), back, leaving], REACH)).toBe(
      'Broker 2 (rack-b) is coming back. Broker 3 (rack-c) is shutting down. Don’t stop any other broker until then.',
    )
    expect([awayWords(en, back, NOW), awayWords(en, leaving, NOW)]).toEqual(['is coming back', 'is shutting down'])
    expect([stopWords(en, back, -1), stopWords(en, leaving, -1)]).toEqual(['–', '–'])
    expect(brokerLine(en, back, -1, NOW, REACH)).toBe(
      'It is coming back: the cluster lists it again, but its port is not open yet.',
    )
    expect(brokerLine(en, leaving, -1, NOW, REACH)).toBe('It is shutting down, leaders are moving away.')
  })

  it('call no broker safe to stop while another one does not answer', () => {
    const well = buildBroker(1)
    const beside = silentBeside([well, silent], 1)
    expect([beside, silentBeside([well, silent], 2), silentBeside([well, { ...silent, listed: false }], 1)]).toEqual([
      2, -1, -1,
    ])
    expect([mayStop(well, -1), mayStop(well, beside), mayStop(BROKERS[0]!, -1)]).toEqual([true, false, false])
    expect(stopWords(en, well, beside)).toBe('not while 2 is silent')
    expect(stopHint(en, buildBroker(1, { stopRefuses: UNSEEN }), -1, REACH)).toBe(
      'Stopping broker 1 now would make ? partitions of the 13 topics seen refuse acks=all writes and take 0 offline.',
    )
    expect(stopHint(en, well, beside, REACH)).toMatch(
      /^Broker 2 does not answer .* stopping broker 1 as well may cost more/,
    )
  })

  it('answer first on the page of one broker', () => {
    const line = (broker: BrokerSummary, beside = -1): string => brokerLine(en, broker, beside, NOW, REACH)
    expect(line(buildBroker(1))).toBe(
      'All 240 of its replicas seen are in sync. If it stops now, no partition of the 13 topics seen is expected to refuse acks=all writes or go offline.',
    )
    expect(line(buildBroker(1, { replicas: 0, inSync: 0 }))).toContain('It holds no replica of the 13 topics seen.')
    expect(line(buildBroker(1, { behind: UNSEEN }))).toContain('Whether its 240 replicas are all in sync is unknown.')
    expect(line(BROKERS[2]!)).toBe(
      'Behind on 1 of 240 replicas, by 1 s at most. If it stops now, 2 partitions go offline and 9 partitions refuse acks=all writes.',
    )
    expect(line(buildBroker(1, { behind: 2, lateMs: Number.NaN, stopRefuses: UNSEEN }))).toBe(
      'Behind on 2 of 240 replicas. What stopping it would cost is unknown.',
    )
    expect(line(buildBroker(1), 2)).toBe(
      'All 240 of its replicas seen are in sync. Do not stop it while broker 2 does not answer.',
    )
    expect(line(silent)).toBe('It has not answered for 4 s. It leads 80 partitions.')
    expect(line(buildBroker(1, { listed: false, answers: 'no' }))).toBe(
      'The cluster no longer lists it. 240 replicas are missing until it comes back.',
    )
    const elsewhere = { ...silent, silence: 'other-cluster', leadsTo: 'nYc5ZyyJSGqxoiA' } as const
    expect(line(elsewhere)).toBe(
      'For 4 s its address has led to a different Kafka cluster (nYc5ZyyJSGqxoiA); its data is not shown, and nothing is written to it. It leads 80 partitions.',
    )
    expect(awayWords(en, elsewhere, NOW)).toBe('address leads to a different cluster')
    expect(awayWords(zh, elsewhere, NOW)).toBe('地址指向另一个集群')
    expect(brokerLine(zh, silent, -1, NOW, REACH)).toBe('它已有 4 秒无响应。它领导 80 个分区。')
  })

  it('claim no figure where no topic is seen (K4.1)', () => {
    const none = 'of any topic: none is seen'
    const blind = buildBroker(1, {
      ...{ replicas: NaN, inSync: NaN, adding: NaN, leaders: NaN, lagRecords: NaN, lateMs: NaN },
      ...{ behind: UNSEEN, stopRefuses: UNSEEN, stopOffline: UNSEEN },
    })
    expect(brokerLine(en, blind, -1, NOW, none)).toBe(
      'It holds no replica of any topic: none is seen. What stopping it would cost is unknown.',
    )
    expect(shareWords(en, blind)).toBe('? of ? replicas in the ISR')
    expect([...brokersExport([blind]).rows][0]!.slice(6, 12)).toEqual(Array(6).fill(null))
    expect(brokersLine(en, [blind], none)).toBe('The only broker listed answers.')
  })

  it('tell silence from absence', () => {
    expect(answersWords(en, silent, NOW)).toBe('no, 4 s')
    expect(answersWords(en, buildBroker(2, { listed: false, answers: 'no' }), NOW)).toBe('gone')
    expect(
      [
        buildBroker(1),
        buildBroker(1, { inSync: 200, adding: 40 }),
        buildBroker(1, { inSync: 239 }),
        buildBroker(1, { inSync: 200 }),
        silent,
      ].map(brokerLook),
    ).toEqual(['well', 'well', 'watch', 'bad', 'bad'])
  })

  it('export what is not known of a silent broker as null', () => {
    const quiet = { ...silent, behind: UNSEEN }
    expect([...brokersExport([quiet]).rows][0]!.slice(9, 12)).toEqual([null, null, null])
    expect(brokersLine(en, [quiet], REACH)).toBe('No broker answers.')
  })

  it('sort unknown last both ways, and export it as null', () => {
    const order = (key: string, descending: boolean): number[] => brokerOrder(BROKERS, '', { key, descending })
    expect(order('latency', true)).toEqual([2, 0, 1])
    expect(order('latency', false)).toEqual([0, 2, 1])
    expect(order('stop', true)).toEqual([2, 0, 1])
    const unread = [buildBroker(1, { behind: UNSEEN }), buildBroker(2, { behind: 1 }), buildBroker(3)]
    for (const descending of [true, false])
      expect(brokerOrder(unread, '', { key: 'behind', descending }).at(-1)).toBe(0)
    expect(brokerOrder(BROKERS, 'rack-b', { key: '', descending: false })).toEqual([1])
    expect([...brokersExport([silent]).rows][0]!.slice(10, 13)).toEqual([null, null, null])
  })
})

describe('broker pages', () => {
  const frame = buildFrame({
    topics: [['alpha', 6]],
    change: (row) =>
      row === 1 || row === 2 || row === 4 ? { state: UNDER_REPLICATED, caughtUpAt: NOW, out: [2] } : null,
    summary: { brokers: BROKERS },
  })

  it('ask for no more than the narrowest window has', async () => {
    const { wrapper } = await openPage(BrokersPage, { frame })
    const tracks = /--tracks: ([^;]+)/.exec(wrapper.find('[role="grid"]').attributes('style') ?? '')![1]!
    const least = [...tracks.matchAll(/(\d+)px/g)].map(([, px]) => Number(px))
    expect(least).toHaveLength(11)
    expect(least.reduce((sum, px) => sum + px, 0)).toBeLessThanOrEqual(908)
    wrapper.unmount()
  })

  it('list every broker and open one', async () => {
    const { wrapper, router } = await openPage(BrokersPage, { frame })
    const rows = wrapper.findAll('[role="row"]').slice(1)
    expect(rows).toHaveLength(3)
    expect(rows[1]!.text()).toContain('240 / 240')
    expect(wrapper.text()).toContain('figures of the only topic seen')
    expect(rows.map((row) => row.findAll('[role="gridcell"]').at(-1)!.text())).toEqual([
      'not while 2 is silent',
      '–',
      'not while 2 is silent',
    ])
    await rows[1]!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ broker: '2' })
    wrapper.unmount()
  })

  it('show one broker with the troubled partitions it holds, and watch it', async () => {
    const { wrapper, asked } = await openPage(BrokerPage, { props: { broker: 2 }, frame })
    expect(wrapper.find('h1').text()).toBe('Broker 2 (rack-b)')
    expect(wrapper.find('[data-broker-line]').text()).toMatch(/^It has not answered for .* It leads 80 partitions\.$/)
    expect(asked('cluster:watch')).toContainEqual(
      expect.objectContaining({ list: { partition: null, chart: { kind: 'broker', broker: 2 }, rows: [] } }),
    )
    expect(
      wrapper
        .findAll('[role="row"]')
        .slice(1)
        .map((row) => row.findAll('[role="gridcell"]')[0]!.text().split('/').at(-1)),
    ).toEqual(['1', '4'])
    wrapper.unmount()
  })

  it('say that there is no such broker', async () => {
    const { wrapper } = await openPage(BrokerPage, { props: { broker: 9 }, frame })
    expect(wrapper.text()).toContain('The cluster does not list broker 9')
    wrapper.unmount()
  })
})
