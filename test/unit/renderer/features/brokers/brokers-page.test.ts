import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNDER_REPLICATED } from '@contract/states'
import { brokerLook, stopWords } from '../../../../../src-renderer/features/common/broker-words'
import { brokerOrder } from '../../../../../src-renderer/features/brokers/broker-sort'
import { brokersExport } from '../../../../../src-renderer/features/brokers/brokers-export'
import { answersWords, brokersLine } from '../../../../../src-renderer/features/brokers/brokers-line'
import BrokerPage from '../../../../../src-renderer/features/brokers/BrokerPage.vue'
import BrokersPage from '../../../../../src-renderer/features/brokers/BrokersPage.vue'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { sayIn } from '../../../../support/say'
import { buildBroker, NOW } from '../../../../support/summaries'

let takeBack = (): void => undefined
beforeAll(() => (takeBack = layOut()))
afterAll(() => takeBack())

const en = sayIn('en')
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
  it('say who answers, who is behind and who may stop', () => {
    expect(brokersLine(en, BROKERS)).toBe(
      '1 of 3 brokers does not answer. 2 brokers are behind. 2 brokers may not stop now.',
    )
    expect(brokersLine(en, [buildBroker(1), buildBroker(2)])).toBe('All 2 brokers answer. Any one broker may stop.')
    expect(brokersLine(en, [buildBroker(1, { stopRefuses: -1 })])).toBe('The only broker answers.')
  })

  it('name both consequences of stopping, the worse first, and unknown as unknown', () => {
    expect(BROKERS.map((broker) => stopWords(en, broker))).toEqual([
      '3 would refuse',
      'safe to stop',
      'if stopped: 2 offline, 9 refuse',
    ])
    expect(stopWords(en, BROKERS[2]!, true)).toBe('2 offline, 9 refuse')
    expect(stopWords(en, buildBroker(1, { stopOffline: 2 }))).toBe('2 would go offline')
    expect(stopWords(en, buildBroker(1, { stopOffline: -1 }))).toBe('stop effect ?')
    expect(stopWords(en, buildBroker(1, { listed: false }))).toBe('–')
  })

  it('tell silence from absence', () => {
    expect(answersWords(en, silent, NOW)).toBe('no, 4 s')
    expect(answersWords(en, buildBroker(2, { listed: false, answers: 'no' }), NOW)).toBe('gone')
    expect(
      [buildBroker(1), buildBroker(1, { inSync: 239 }), buildBroker(1, { inSync: 200 }), silent].map(brokerLook),
    ).toEqual(['well', 'watch', 'bad', 'bad'])
  })

  it('sort unknown last both ways, and export it as null', () => {
    const order = (key: string, descending: boolean): number[] => brokerOrder(BROKERS, '', { key, descending })
    expect(order('latency', true)).toEqual([2, 0, 1])
    expect(order('latency', false)).toEqual([0, 2, 1])
    expect(order('stop', true)).toEqual([2, 0, 1])
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

  it('list every broker and open one', async () => {
    const { wrapper, router } = await openPage(BrokersPage, { frame })
    const rows = wrapper.findAll('[role="row"]').slice(1)
    expect(rows).toHaveLength(3)
    expect(rows[1]!.text()).toContain('240 / 240')
    await rows[1]!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params).toEqual({ broker: '2' })
    wrapper.unmount()
  })

  it('show one broker with the troubled partitions it holds, and watch it', async () => {
    const { wrapper, asked } = await openPage(BrokerPage, { props: { broker: 2 }, frame })
    expect(wrapper.find('h1').text()).toBe('Broker 2 (rack-b)')
    expect(asked('cluster:watch')).toContainEqual(expect.objectContaining({ watch: { kind: 'broker', broker: 2 } }))
    expect(
      wrapper
        .findAll('[role="row"]')
        .slice(1)
        .map((row) => row.findAll('[role="gridcell"]')[1]!.text()),
    ).toEqual(['1', '4'])
    wrapper.unmount()
  })

  it('say that there is no such broker', async () => {
    const { wrapper } = await openPage(BrokerPage, { props: { broker: 9 }, frame })
    expect(wrapper.text()).toContain('The cluster has no broker 9')
    wrapper.unmount()
  })
})
