// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  AT_MIN_ISR,
  LAGGING,
  MARK_AT_MIN_BY_DESIGN,
  MARK_LEADER_SILENT,
  NEXT_FENCED,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
} from '@shared/states'
import { behindRecords, behindWords } from '../../../../../src-renderer/features/common/row-words'
import { topicFacts, topicRows } from '../../../../../src-renderer/features/topic/topic-facts'
import { withMinIsr, withMinIsrWords } from '../../../../../src-renderer/features/topic/with-min-isr'
import { applyFrame } from '../../../../../src-renderer/stores/frame-reducer'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'

const NOW = Date.UTC(2026, 10, 23)
const view = applyFrame(
  buildFrame({
    topics: [
      ['a', 2],
      ['b', 4],
    ],
    change: (_, topic, partition) => {
      if (topic === 'a') return { state: AT_MIN_ISR, marks: MARK_AT_MIN_BY_DESIGN }
      if (partition === 1) return { state: UNDER_MIN_ISR, lagRecords: 10, caughtUpAt: NOW - 9000 }
      if (partition === 2) return { state: OFFLINE, lagRecords: Number.NaN, leader: -1 }
      if (partition === 3) return { lagRecords: 30, caughtUpAt: NOW - 2000 }
      return null
    },
  }),
)

describe('a topic', () => {
  it('is summed up from its own rows', () => {
    expect(topicFacts(view, 'b')).toMatchObject({
      partitions: 4,
      worstState: OFFLINE,
      offline: 1,
      refusing: 1,
      byDesign: false,
      replicationFactor: 3,
      minInSyncReplicas: 2,
    })
    expect(topicFacts(view, 'a')).toMatchObject({
      partitions: 2,
      byDesign: true,
      offline: 0,
      refusing: 0,
      oneLossAway: 0,
    })
    expect(topicFacts(view, 'gone')).toBeNull()
  })

  it('counts a silent leader whatever the state says, and what is one loss away', () => {
    const one = applyFrame(
      buildFrame({
        topics: [['c', 3]],
        change: (_row, _topic, partition) =>
          partition === 0 ? { marks: MARK_LEADER_SILENT } : partition === 1 ? { state: AT_MIN_ISR } : null,
      }),
    )
    expect(topicFacts(one, 'c')).toMatchObject({ silent: 1, oneLossAway: 1, offline: 0, refusing: 0 })
  })

  it('counts what keeps acks=all waiting for a silent ISR member, unless only we do not reach it', () => {
    const one = applyFrame(
      buildFrame({
        topics: [['d', 4]],
        change: (_row, _topic, partition) =>
          partition === 3
            ? null
            : { state: partition === 2 ? UNDER_MIN_ISR : LAGGING, next: NEXT_FENCED, nextBroker: partition + 1 },
      }),
    )
    expect(topicFacts(one, 'd')).toMatchObject({ waiting: 2, refusing: 1 })
  })

  it('puts one that is ahead of its leader before any lag, and says by how much', () => {
    const ahead = applyFrame(
      buildFrame({
        topics: [['e', 3]],
        change: (_row, _topic, partition) => ({ state: UNDER_REPLICATED, lagRecords: [40, -500, 7000][partition]! }),
      }),
    )
    const facts = topicFacts(ahead, 'e')!
    expect([...topicRows(ahead, facts, { key: 'behind', descending: true })]).toEqual([1, 2, 0])
    const words = (language: 'en' | 'zh-CN'): string[] =>
      [0, 1, 2].map((row) => behindWords(sayIn(language), ahead.frame, row))
    expect(words('en')).toEqual(['40', '500 ahead', '7,000'])
    expect(words('zh-CN')[1]).toBe('超前 500')
    expect(behindRecords(ahead.frame, 1)).toBeNaN()
  })

  const order = (key: string, descending: boolean): number[] =>
    Array.from(topicRows(view, topicFacts(view, 'b')!, { key, descending }), (row) => view.frame.partition[row]!)
  it.each([
    ['partition', false, [0, 1, 2, 3]],
    ['state', true, [2, 1, 0, 3]],
    ['behind', true, [3, 1, 0, 2]],
    ['late', true, [1, 3, 0, 2]],
    ['leader', false, [2, 3, 0, 1]],
  ] as const)('orders its partitions by %s (descending %s)', (key, descending, expected) =>
    expect(order(key, descending)).toEqual(expected),
  )
})

describe('what another min ISR would do', () => {
  it('is counted from the ISRs, and a replication factor below it counts as itself', () => {
    const facts = topicFacts(view, 'b')!
    const sizes = Array.from({ length: 4 }, (_, at) => at + facts.rows.from).map((row) => {
      const { replicaStart, replicaFlags } = view.frame
      return [...replicaFlags.slice(replicaStart[row], replicaStart[row + 1])].filter((flag) => (flag & 1) !== 0).length
    })
    const led = sizes.filter((_, at) => at !== 2)
    for (const minIsr of [1, 2, 3, 9])
      expect(withMinIsr(view, facts, minIsr)).toEqual({
        partitions: 4,
        judged: led.length,
        refuses: led.filter((n) => n < Math.min(3, minIsr)).length,
        oneLossAway: led.filter((n) => n === Math.min(3, minIsr)).length,
        unread: 0,
      })
  })

  it('says nothing where min ISR is 2 already, is not known, or there is one replica only', () => {
    const facts = topicFacts(view, 'b')!
    const say = sayIn('en')
    expect(withMinIsrWords(say, view, facts)).toBe('')
    expect(withMinIsrWords(say, view, { ...facts, minInSyncReplicas: -1 })).toBe('')
    expect(withMinIsrWords(say, view, { ...facts, minInSyncReplicas: 1, replicationFactor: 1 })).toBe('')
    expect(withMinIsrWords(say, view, { ...facts, minInSyncReplicas: 1 })).toMatch(/^With min ISR 2/)
    const none = { ...facts, minInSyncReplicas: 1, rows: { ...facts.rows, to: facts.rows.from } }
    expect(withMinIsrWords(say, view, none)).toBe('')
  })
})
