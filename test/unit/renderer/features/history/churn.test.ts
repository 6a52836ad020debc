// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { cellsOf, churnOf, flapsOf, scoreOf } from '../../../../../src-renderer/features/history/churn'
import { churnExport } from '../../../../../src-renderer/features/history/churn-export'
import { churnLine, churnReach, placeWords, shortCount } from '../../../../../src-renderer/features/history/churn-words'
import { buildEvent } from '../../../../support/incidents'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('cells', () => {
  it.each([
    ['hour', 12],
    ['day', 24],
    ['week', 28],
  ] as const)('of the last %s are %i on round times, with now in the last one', (range, n) => {
    const cells = cellsOf(range, NOW, [])
    expect(cells).toHaveLength(n)
    expect(cells.at(-1)!.from).toBeLessThanOrEqual(NOW)
    expect(cells.at(-1)!.to).toBeGreaterThanOrEqual(NOW)
    expect(cells.every(({ from, to }) => from % (to - from) === 0)).toBe(true)
    expect(cells.every(({ watched }) => watched === 1)).toBe(true)
  })

  it('know how much of them was watched, of the last one as far as it has come', () => {
    const hour = Math.floor(NOW / HOUR) * HOUR
    const cells = cellsOf('day', NOW, [{ from: hour - 90 * MINUTE, to: hour - 30 * MINUTE, reason: 'asleep' }])
    expect(cells.slice(-3).map(({ watched }) => watched)).toEqual([0.5, 0.5, 1])
    expect(cellsOf('day', NOW, [{ from: hour, to: NOW, reason: 'paused' }]).at(-1)?.watched).toBe(0)
  })
})

describe('departures', () => {
  const left = (
    seq: number,
    ago: number,
    topic: string,
    partition: number,
    broker: number,
    other = 1,
    cause = 'late' as const,
  ) => buildEvent(seq, 'left-isr', ago, { topic, partition, broker, other, cause })
  const events = [
    left(1, HOUR * 3, 'a', 0, 5),
    left(2, HOUR * 2, 'a', 1, 5, 4),
    left(3, HOUR, 'b', 0, 5),
    buildEvent(4, 'left-isr', HOUR, { topic: 'b', partition: 1, broker: 2, other: 1, cause: 'fenced' }),
    buildEvent(5, 'left-isr', HOUR, { topic: 'b', partition: 2, broker: 3, other: 1, cause: 'moved' }),
    buildEvent(6, 'joined-isr', HOUR, { topic: 'b', partition: 0, broker: 5, other: 1 }),
    left(7, HOUR * 40, 'old', 0, 5),
  ]
  const cells = cellsOf('day', NOW, [])

  it.each([
    ['topic', ['a', 'b'], [2, 2]],
    ['partition', ['a / 0', 'a / 1', 'b / 0', 'b / 1'], [1, 1, 1, 1]],
    ['broker', ['broker 5', 'broker 2'], [3, 1]],
    ['pair', ['broker 5, led by 1', 'broker 2, led by 1', 'broker 5, led by 4'], [2, 1, 1]],
  ] as const)('by %s: those in the time, without what a reassignment moved', (by, names, totals) => {
    const { rows, total } = churnOf(events, by, true, cells)
    expect(rows.map((row) => placeWords(en, row))).toEqual(names)
    expect(rows.map((row) => row.total)).toEqual(totals)
    expect(total).toBe(4)
    for (const row of rows) expect(row.counts.reduce((sum, n) => sum + n, 0)).toBe(row.total)
  })

  it('stand in the cell in which they were seen', () => {
    const { rows, most } = churnOf(events, 'broker', true, cells)
    expect(rows[0]?.counts.slice(-4)).toEqual([1, 1, 1, 0])
    expect(most).toBe(1)
  })

  it('without brokers that were away, and how many those are', () => {
    expect(churnOf(events, 'topic', false, cells)).toMatchObject({ total: 3, away: 1 })
  })

  it('beyond ten rows are counted together', () => {
    const many = Array.from({ length: 14 }, (_, at) => left(at + 1, HOUR, `t${at}`, 0, 5))
    expect(churnOf(many, 'topic', true, cells)).toMatchObject({ others: { rows: 4, total: 4 }, total: 14 })
    expect(churnOf(many.slice(0, 11), 'topic', true, cells).rows).toHaveLength(11)
  })

  it('as a file', () => {
    const rows = [...churnExport(churnOf(events, 'broker', true, cells)).rows]
    expect(rows).toHaveLength(48)
    expect(rows[0]?.slice(0, 4)).toEqual([null, null, 5, null])
  })
})

describe('who flaps', () => {
  /** `n` times out and back in after `outMs`, two minutes apart, the last one an hour ago. */
  const flapping = (n: number, outMs: number, broker = 5) =>
    Array.from({ length: n }, (_, at) => {
      const ago = HOUR + (n - at) * 2 * MINUTE
      const where = { topic: 'clicks', partition: 7, broker, other: 1 }
      return [
        buildEvent(at * 2 + 1, 'left-isr', ago, { ...where, cause: 'late' }),
        buildEvent(at * 2 + 2, 'joined-isr', ago - outMs, where),
      ]
    }).flat()

  it.each([
    [40, 1, 63],
    [91, 1, 90],
    [91, 0.5, 45],
    [0, 1, 0],
  ])('the score of %i departures of which %f came back is %i', (n, back, score) => {
    expect(Math.round(scoreOf(n, back))).toBe(score)
  })

  it('a broker and its partition, with how often it was back and how long it was out', () => {
    const found = flapsOf(flapping(20, 40_000), true, NOW)
    expect(found).toMatchObject([
      { broker: 5, topic: '', left: 20, back: 20, known: 20, outMs: 40_000 },
      { broker: -1, topic: 'clicks', partition: 7, left: 20, back: 20 },
    ])
    expect(Math.round(found[0]!.score)).toBe(39)
  })

  it('one that is still out counts against it only after ten minutes', () => {
    const out = (ago: number) => [
      buildEvent(1, 'left-isr', ago, { topic: 'a', partition: 0, broker: 5, cause: 'late' }),
    ]
    expect(flapsOf(out(MINUTE), true, NOW)[0]).toMatchObject({ known: 0, score: Number.NaN })
    expect(flapsOf(out(11 * MINUTE), true, NOW)[0]).toMatchObject({ known: 1, back: 0, score: 0 })
    expect(
      flapsOf(
        [...out(30 * MINUTE), buildEvent(2, 'joined-isr', MINUTE, { topic: 'a', partition: 0, broker: 5 })],
        true,
        NOW,
      )[0],
    ).toMatchObject({ known: 1, back: 0 })
  })

  it('the first line names it, else how many departures there were', () => {
    const cells = cellsOf('day', NOW, [])
    const events = flapping(20, 40_000)
    const churn = churnOf(events, 'topic', true, cells)
    const flaps = flapsOf(events, true, NOW)
    expect(churnLine(en, churn, flaps, 'day')).toBe(
      'Flapping: broker 5 left an ISR 20 times in the last 24 h, 20 of them for less than 10 min.',
    )
    expect(churnLine(zh, churn, flaps, 'day')).toBe(
      '反复进出 ISR：Broker 5，最近 24 小时内移出 20 次，其中 20 次在 10 分钟内回来。',
    )
    expect(churnLine(en, churn, [], 'week')).toBe('Replicas left an ISR 20 times in the last 7 d.')
    expect(churnLine(zh, churnOf([], 'topic', true, cells), [], 'hour')).toBe('最近 1 小时内未见副本移出 ISR。')
  })

  it('says what the counts are, what is left out and how far back was read', () => {
    const gap = { from: NOW - 2 * HOUR, to: NOW - HOUR, reason: 'asleep' } as const
    const away = [buildEvent(1, 'left-isr', HOUR, { topic: 'a', partition: 0, broker: 2, cause: 'fenced' })]
    const churn = churnOf(away, 'topic', false, cellsOf('day', NOW, [gap]))
    const words = churnReach(en, churn, false, NOW - 5 * HOUR, NOW)
    for (const part of ['lower bounds', 'Hatched or dashed', '1 removal is left out', 'Only events since'])
      expect(words).toContain(part)
    const whole = churnReach(zh, churnOf([], 'topic', true, cellsOf('day', NOW, [])), true, Number.NaN, NOW)
    expect(whole).toBe('计数为下限：两次轮询之间移出又回来的副本看不到。因重分配而移走的副本不计入。')
  })

  it('a count fits into a cell', () => {
    expect([0, 7, 999, 1_000, 1_299, 12_900].map(shortCount)).toEqual(['0', '7', '999', '1k', '1.2k', '12k'])
  })
})
