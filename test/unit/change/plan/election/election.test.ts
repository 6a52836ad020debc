import { describe, expect, it } from 'vitest'
import { judgeElection } from '../../../../../src-main/change/plan/election/judge-election'
import type { ElectionFacts } from '../../../../../src-main/change/plan/election/judge-election'
import { planElection } from '../../../../../src-main/change/plan/election/election-items'
import type { ElectionItem } from '../../../../../src-main/contract/change'
import { factsOf, readingOf, readingOfPartitions } from '../../../../support/columns'
import type { PartitionRow } from '../../../../support/columns'
import { known, unknown } from '../../../../support/guard-facts'
import { toldEffect } from '../../../../support/told-effect'

const RF3 = [2, 1, 3]
const all = factsOf([1, 2, 3])
const plan = (rows: readonly PartitionRow[], numbers = rows.map((_, at) => at), facts = all) =>
  planElection(readingOfPartitions(rows), facts, [{ topic: 't', partitions: numbers }])

describe('planning a preferred election', () => {
  it.each<[string, PartitionRow, ElectionItem['fate']]>([
    ['led by another in-sync replica', { replicas: RF3, leader: 1 }, 'moves'],
    ['led by the preferred one', { replicas: RF3, leader: 2 }, 'already'],
    ['preferred one out of the ISR', { replicas: RF3, leader: 1, isr: [1, 3] }, 'not-in-sync'],
    ['preferred one marked offline', { replicas: RF3, leader: 1, offline: [2] }, 'preferred-silent'],
    ['no leader', { replicas: RF3, leader: -1, isr: [], error: 5 }, 'offline'],
    ['Metadata does not know it any more', { replicas: RF3, leader: 1, error: 3 }, 'gone'],
  ])('%s', (_, row, fate) => {
    expect(plan([row]).items).toEqual([{ topic: 't', partition: 0, leader: row.leader, preferred: 2, fate }])
  })

  it('a broker that does not answer cannot take over', () => {
    expect(plan([{ replicas: RF3, leader: 1 }], [0], factsOf([1, 2, 3], { 2: 5 })).items[0]!.fate).toBe(
      'preferred-silent',
    )
  })

  it('partitions and topics that are not there are gone', () => {
    const { items } = planElection(readingOfPartitions([{ replicas: RF3 }]), all, [
      { topic: 't', partitions: [7] },
      { topic: 'u', partitions: [0] },
    ])
    expect(items.map(({ fate, leader, preferred }) => [fate, leader, preferred])).toEqual([
      ['gone', -1, -1],
      ['gone', -1, -1],
    ])
  })

  it('takes each partition once, in the order of the draft', () => {
    const rows = [
      { replicas: RF3, leader: 1 },
      { replicas: RF3, leader: 3 },
    ]
    const { items } = planElection(readingOfPartitions(rows), all, [
      { topic: 't', partitions: [1, 1] },
      { topic: 't', partitions: [0, 1] },
    ])
    expect(items.map(({ partition }) => partition)).toEqual([1, 0])
  })

  it('counts leaders of the whole cluster, brokers without any included', () => {
    const reading = readingOf([
      {
        name: 't',
        partitions: [
          { replicas: RF3, leader: 1 },
          { replicas: RF3, leader: 1 },
          { replicas: RF3, leader: 3, isr: [1, 3] },
        ],
      },
      {
        name: 'other',
        partitions: [
          { replicas: [1], leader: 1 },
          { replicas: [1], leader: -1, isr: [] },
        ],
      },
    ])
    expect(planElection(reading, all, [{ topic: 't', partitions: [0, 1, 2] }]).leaders).toEqual([
      { broker: 1, before: 3, after: 1 },
      { broker: 2, before: 0, after: 2 },
      { broker: 3, before: 1, after: 1 },
    ])
  })
})

describe('effects of a preferred election', () => {
  const quiet = { metadataAt: 1000, offline: [], reassignments: known([]), rebalances: known(false) }
  const judged = (rows: readonly PartitionRow[], facts: ElectionFacts = quiet) => {
    const { items, leaders } = plan(rows)
    return judgeElection(items, leaders, facts).map(toldEffect)
  }
  const shown = (effects: ReturnType<typeof judged>): string[] =>
    effects.map(({ variant, level, partitionCount }) => `${variant} ${level} ${partitionCount}`)

  it('what moves, what is there already, and what cannot', () => {
    const rows = [
      { replicas: RF3, leader: 1 },
      { replicas: RF3, leader: 2 },
      { replicas: RF3, leader: 1, isr: [1, 3] },
      { replicas: RF3, leader: 3, isr: [1, 3] },
      { replicas: RF3, leader: -1, isr: [] },
      { replicas: RF3, leader: 1, offline: [2] },
      { replicas: RF3, leader: 1, error: 3 },
    ]
    expect(shown(judged(rows))).toEqual([
      'not-in-sync warn 2',
      'gone warn 1',
      'offline warn 1',
      'preferred-silent warn 1',
      'already info 1',
      'balance info 1',
      'moves info 1',
      'not-by-itself info 1',
    ])
  })

  it('names who hands over to whom, and the balance', () => {
    const effects = judged([
      { replicas: RF3, leader: 1 },
      { replicas: [1, 2, 3], leader: 1 },
    ])
    expect(effects.find(({ variant }) => variant === 'moves')).toMatchObject({
      rows: [{ partition: 0, text: '1 → 2', note: NaN }],
      figures: { askedCount: 2 },
      readAt: 1000,
    })
    expect(effects.find(({ variant }) => variant === 'balance')!.figures).toMatchObject({
      brokerCount: 3,
      mostBeforeCount: 2,
      mostAfterCount: 1,
      leastBeforeCount: 0,
      leastAfterCount: 0,
    })
  })

  it('knows no leader from broker 0', () => {
    const rows = judged([
      { replicas: RF3, leader: -1, isr: [] },
      { replicas: RF3, leader: 0 },
    ]).flatMap((effect) => effect.rows)
    expect(new Set(rows.map(({ text }) => text))).toEqual(new Set(['- → 2', '0 → 2']))
  })

  it('says that nothing moves', () => {
    expect(shown(judged([{ replicas: RF3, leader: 2 }]))).toEqual(['nothing-moves warn 0', 'already info 1'])
  })

  it.each<[string, ElectionFacts['rebalances'], string]>([
    ['on', known(true), 'by-itself'],
    ['off', known(false), 'not-by-itself'],
    ['not told, or brokers differ', unknown('no right'), 'by-itself-unknown'],
  ])('says whether Kafka does it by itself (findings K9.7): %s', (_, rebalances, variant) => {
    const told = judged([{ replicas: RF3, leader: 1 }], { ...quiet, rebalances }).map((effect) => effect.variant)
    expect(told.filter((one) => one.includes('by-itself'))).toEqual([variant])
    expect(judged([{ replicas: RF3, leader: 2 }], { ...quiet, rebalances }).map((one) => one.variant)).not.toContain(
      variant,
    )
  })

  it('goes in batches above a hundred', () => {
    const rows = (count: number) => Array.from({ length: count }, () => ({ replicas: RF3, leader: 1 }))
    expect(judged(rows(100)).some(({ variant }) => variant === 'in-batches')).toBe(false)
    expect(judged(rows(101)).find(({ variant }) => variant === 'in-batches')!.figures).toMatchObject({
      batchCount: 2,
      batchSizeCount: 100,
    })
  })

  it('warns on a busy cluster, and where that is not known', () => {
    const offline = [{ topic: 'x', partition: 0 }]
    expect(shown(judged([{ replicas: RF3, leader: 2 }], { ...quiet, offline }))).toContain('offline warn 1')
    const blind = judgeElection([], [], { ...quiet, reassignments: unknown('no right') }).map(toldEffect)
    expect(blind[0]).toMatchObject({ id: 'busy-cluster.reassignments-unknown', level: 'unknown', reason: 'no right' })
  })
})
