// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { AT_MIN_ISR, LAGGING, MARK_LEADER_SILENT, OFFLINE, UNDER_MIN_ISR, UNKNOWN } from '@shared/states'
import { cellsByWorst, dimOthers, paintCodes } from '../../../../../src-renderer/charts/matrix/cells'
import { DIM } from '../../../../../src-renderer/charts/matrix/paint'
import { brokerOrder, racksOf } from '../../../../../src-renderer/features/board/broker-order'
import { healthyBlocks, prefixOf } from '../../../../../src-renderer/features/board/map/healthy-blocks'
import {
  hitWords,
  lagLabel,
  rateNow,
  rateWords,
} from '../../../../../src-renderer/features/board/topics/topic-list-words'
import {
  barParts,
  partitionsOf,
  rankTopics,
  topicCodes,
} from '../../../../../src-renderer/features/board/topics/topic-rank'
import { sparkLines, topicLine } from '../../../../../src-renderer/features/board/topics/topic-samples'
import { topicFigures } from '../../../../../src-renderer/features/topics/topic-columns'
import { nameRanks } from '../../../../../src-renderer/features/topics/topic-order'
import { applyFrame } from '../../../../../src-renderer/stores/frame-reducer'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildBroker } from '../../../../support/summaries'

const TOPICS: [string, number][] = [
  ['audit', 3],
  ['carts.eu', 4],
  ['carts.us', 4],
  ['late', 2],
  ['orders', 6],
  ['quiet', 1],
  ['unread', 2],
]
const view = applyFrame(
  buildFrame({
    topics: TOPICS,
    change: (_, topic, partition) => {
      if (topic === 'carts.eu' && partition < 2) return { state: UNDER_MIN_ISR }
      if (topic === 'carts.us' && partition < 3) return { state: UNDER_MIN_ISR }
      if (topic === 'orders') return { state: AT_MIN_ISR }
      if (topic === 'quiet') return { marks: MARK_LEADER_SILENT }
      if (topic === 'late' && partition === 0) return { state: LAGGING }
      if (topic === 'unread' && partition === 0) return { state: UNKNOWN }
      return null
    },
  }),
)
const figures = topicFigures(view, null)
const { names } = view.frame.topics
const ranked = rankTopics(figures, nameRanks(names))
const topic = (name: string): number => names.indexOf(name)
const say = sayIn('en')

describe('topics on the board', () => {
  it('stand by their worst state, then by how many partitions are in it, then by name; not read is neither in trouble nor healthy', () => {
    expect(Array.from(ranked.order, (at) => names[at])).toEqual([
      'quiet',
      'carts.us',
      'carts.eu',
      'orders',
      'late',
      'unread',
      'audit',
    ])
    expect([ranked.troubled, ranked.unread]).toEqual([5, 1])
    expect(partitionsOf(figures, ranked.order.subarray(6))).toBe(3)
  })

  it('say how many partitions are hit, and never "1 of 1"', () => {
    expect(hitWords(say, figures, topic('carts.us'))).toBe('3 of 4 refuse acks=all')
    expect(hitWords(say, figures, topic('orders'))).toBe('all 6 are one loss away')
    expect(hitWords(say, figures, topic('quiet'))).toBe('1 has a silent leader')
    expect(hitWords(say, figures, topic('late'))).toBe('1 of 2 has a lagging follower')
    expect(hitWords(say, figures, topic('unread'))).toBe('1 of 2 is not read')
    expect(hitWords(say, figures, topic('audit'))).toBe('3 partitions')
    expect(hitWords(sayIn('zh-CN'), figures, topic('carts.us'))).toBe('4 个中 3 个拒绝 acks=all')
  })

  it('have a bar worst first', () => {
    expect(barParts(topicCodes(view, topic('carts.us')), [OFFLINE, UNDER_MIN_ISR, 1])).toEqual([
      { code: UNDER_MIN_ISR, count: 3 },
      { code: 1, count: 1 },
    ])
  })
})

describe('the map', () => {
  const cells = cellsByWorst(view.frame, (name, n) => `${name} ${n}`)

  it('has a group per state and topic, the worst first, and nothing that is healthy', () => {
    expect(cells.labels).toEqual(['quiet 1', 'carts.us 3', 'carts.eu 2', 'orders 6', 'late 1', 'unread 1'])
    expect([...cells.start]).toEqual([0, 1, 4, 6, 12, 13, 14])
    const codes = new Uint8Array(cells.rows.length)
    paintCodes(view.frame, cells, codes)
    expect([...codes].every((code) => code !== 1)).toBe(true)
  })

  it('has what is healthy last where all are cells', () => {
    const all = cellsByWorst(view.frame, (name, n) => `${name} ${n}`, true)
    expect(all.labels.slice(0, cells.labels.length)).toEqual(cells.labels)
    expect(all.labels.slice(cells.labels.length)).toEqual(['audit 3', 'carts.eu 2', 'carts.us 1', 'late 1', 'unread 1'])
    expect(new Set(all.rows).size).toBe(view.frame.partition.length)
  })

  it('dims what has no replica on the broker under the pointer', () => {
    const codes = new Uint8Array(cells.rows.length)
    dimOthers(view.frame, cells, 9_999, codes)
    expect([...codes].every((code) => code === DIM)).toBe(true)
    codes.fill(0)
    dimOthers(view.frame, cells, view.frame.replicaBroker[view.frame.replicaStart[cells.rows[0]!]!]!, codes)
    expect(codes[0]).toBe(0)
  })

  it('folds the healthy by the beginning of their names', () => {
    expect(healthyBlocks(view, 'prefix')).toEqual([
      { prefix: 'audit', topics: 1, partitions: 3 },
      { prefix: 'carts.', topics: 2, partitions: 3 },
      { prefix: 'late', topics: 1, partitions: 1 },
      { prefix: 'unread', topics: 1, partitions: 1 },
    ])
    expect(['telemetry.cpu.eu', '__consumer_offsets', 'audit_log', 'plain', '.hidden'].map(prefixOf)).toEqual([
      'telemetry.',
      '__',
      'audit_',
      'plain',
      '.',
    ])
  })

  it('has a block a topic when nearer', () => {
    expect(healthyBlocks(view, 'topic').map(({ prefix, partitions }) => [prefix, partitions])).toEqual([
      ['audit', 3],
      ['carts.eu', 2],
      ['carts.us', 1],
      ['late', 1],
      ['unread', 1],
    ])
  })

  it('puts the smallest of many blocks together, and loses none', () => {
    const many = applyFrame(
      buildFrame({ topics: Array.from({ length: 60 }, (_, n): [string, number] => [`t${n}.x`, 1 + (n % 7)]) }),
    )
    const blocks = healthyBlocks(many, 'prefix')
    expect(blocks).toHaveLength(24)
    expect(blocks.at(-1)!.prefix).toBe('')
    expect(blocks.reduce((sum, { partitions }) => sum + partitions, 0)).toBe(many.frame.partition.length)
    expect(blocks.reduce((sum, { topics }) => sum + topics, 0)).toBe(60)
  })
})

describe('what is kept of a topic', () => {
  const NOW = 1_000_000_000
  const series = (at: number[], lag: number[], rate: number[]) =>
    ({
      resolutionMs: 10_000,
      at,
      figures: { lagRecords: lag, recordsPerSecond: rate },
      unwatched: [],
      unreadable: 0,
    }) as unknown as Parameters<typeof topicLine>[0]

  it('is a rate while the last sample is fresh, and a line with gaps', () => {
    const line = topicLine(series([NOW - 30_000, NOW - 10_000], [5, 7], [3, 4]), NOW, NOW - 60_000)
    expect(line.rate).toBe(4)
    expect(line.lag.slice(-4)).toEqual([Number.NaN, 5, Number.NaN, 7])
    expect(topicLine(series([NOW - 60_000], [5], [3]), NOW, 0).rate).toBeNaN()
    expect(topicLine(series([], [], []), NOW, 0).rate).toBeNaN()
    // Of before the cluster was opened, maybe by a login that saw less.
    expect(topicLine(series([NOW - 10_000], [0], [0]), NOW, NOW - 5_000).rate).toBeNaN()
  })

  it('is no rate of now where a leader is gone or silent: it was kept before', () => {
    const line = { rate: 5, lag: [] }
    expect(TOPICS.map(([name], topic) => [name, rateNow(figures, topic, line)])).toEqual([
      ['audit', 5],
      ['carts.eu', 5],
      ['carts.us', 5],
      ['late', 5],
      ['orders', 5],
      ['quiet', Number.NaN],
      ['unread', 5],
    ])
    expect(rateNow(figures, 1, undefined)).toBeNaN()
    const gone = applyFrame(
      buildFrame({ topics: [['gone', 2]], change: (row) => (row === 0 ? { state: OFFLINE } : null) }),
    )
    expect(rateNow(topicFigures(gone, null), 0, line)).toBeNaN()
  })

  it('says less than one as that, not as none', () => {
    expect([0, 0.2, 1.4, 48_200, Number.NaN].map((rate) => rateWords(say, rate))).toEqual([
      '0',
      '< 1',
      '1',
      '48,200',
      '?',
    ])
  })

  it('is drawn in pieces, none across a gap', () => {
    expect(sparkLines([0, 10, Number.NaN, 10], 40, 12)).toEqual(['5.0,11.0 15.0,1.0', '35.0,1.0 36.0,1.0'])
    expect(sparkLines([Number.NaN], 40, 12)).toEqual([])
  })
})

describe('brokers on the board', () => {
  it('stand by number while they are few, and what needs a look first where they are many', () => {
    const few = [buildBroker(1), buildBroker(2, { listed: false }), buildBroker(3)]
    expect(brokerOrder(few)).toEqual([0, 1, 2])
    const many = Array.from({ length: 14 }, (_, n) => buildBroker(n + 1, n === 9 ? { listed: false } : {}))
    expect(brokerOrder(many).slice(0, 3)).toEqual([9, 0, 1])
    expect(
      racksOf([buildBroker(1, { rack: 'a' }), buildBroker(2, { rack: 'b' }), buildBroker(3, { rack: null })]),
    ).toBe(2)
  })
})

it('says of a little line its highest, its newest and how much of it is not known', () => {
  const say = sayIn('en')
  const said = (...lag: number[]) => lagLabel(say, { rate: 0, lag })
  expect(said(0, 4_310, 12)).toBe('Lag in the last 15 min: highest 4,310 records, newest 12.')
  expect(said(5, Number.NaN, Number.NaN)).toBe(
    'Lag in the last 15 min: highest 5 records, newest ?. Not known for 20 s of it.',
  )
  expect(said(Number.NaN, Number.NaN)).toBe('Lag in the last 15 min: unknown')
})
