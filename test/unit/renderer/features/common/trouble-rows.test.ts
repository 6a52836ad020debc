import { describe, expect, it } from 'vitest'
import {
  AT_MIN_ISR,
  LAGGING,
  MARK_LEADER_SILENT,
  NEXT_CATCHES_UP,
  NEXT_FALLS_BEHIND,
  NEXT_FENCED,
  NEXT_LEADER_MOVES,
  NEXT_LEAVES_ISR,
  NEXT_LOSES_RECORDS,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  NEXT_WAITS_FOR_BROKER,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
  UNKNOWN,
} from '@shared/states'
import {
  behindRecords,
  isrWords,
  lateMs,
  markWords,
  nextWords,
} from '../../../../../src-renderer/features/common/row-words'
import { troubleExport } from '../../../../../src-renderer/features/common/trouble-export'
import {
  filterRows,
  sortRows,
  troubleRows,
  troubleView,
} from '../../../../../src-renderer/features/common/trouble-rows'
import { viewOfFrame } from '../../../../../src-renderer/stores/frame-view'
import type { RowChange } from '../../../../support/frames'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { NOW } from '../../../../support/summaries'

const en = sayIn('en')
const zh = sayIn('zh-CN')
const WORST = { key: '', descending: true }
/** Rows 0-3 are alpha 0-3, rows 4-7 beta 0-3; replicas of row r are on brokers 1+r%5, … */
const CHANGES: readonly (RowChange | null)[] = [
  null,
  { state: LAGGING, caughtUpAt: NOW - 5000, lagRecords: 900 },
  { state: UNDER_MIN_ISR, caughtUpAt: NOW - 60_000, lagRecords: 48_210, out: [3, 4] },
  { marks: MARK_LEADER_SILENT },
  { state: UNKNOWN },
  { state: OFFLINE, leader: -1, lagRecords: Number.NaN, out: [1, 2, 3] },
  { state: UNDER_MIN_ISR, caughtUpAt: NOW - 90_000, lagRecords: 12, out: [2, 3] },
  { state: AT_MIN_ISR, caughtUpAt: NOW - 1000, lagRecords: 5, out: [3] },
]
const view = viewOfFrame(
  buildFrame({
    topics: [
      ['alpha', 4],
      ['beta', 4],
    ],
    change: (row) => CHANGES[row]!,
  }),
)
const sorted = (key: string, descending = true): number[] => [
  ...sortRows(view, troubleRows(view), { key, descending }, NOW),
]

describe('trouble rows', () => {
  it('holds lagging and worse and silent leaders, not the unread', () => {
    expect([...troubleRows(view)]).toEqual([1, 2, 3, 5, 6, 7])
    expect([...troubleRows(view, 'unknown')]).toEqual([4])
    expect([...troubleRows(view, 'silent')]).toEqual([3])
    expect([...troubleRows(view, 'under-min-isr')]).toEqual([2, 6])
  })

  it('sorts worst first: gravity, then the time lag', () => {
    expect(sorted('')).toEqual([5, 3, 6, 2, 7, 1])
  })

  it('sorts thousands as comparing each two would, equal ones in the order of the rows', () => {
    const behind = (row: number): number => (row * 7919) % 997 ** 2
    const many = viewOfFrame(
      buildFrame({ topics: [['many', 5000]], change: (row) => ({ state: LAGGING, lagRecords: behind(row) % 4001 }) }),
    )
    const lag = many.frame.columns.lagRecords
    const rows = troubleRows(many)
    expect([...sortRows(many, rows, { key: 'behind', descending: true }, NOW)]).toEqual(
      [...rows].sort((a, b) => lag[b]! - lag[a]! || a - b),
    )
    expect([...sortRows(many, rows, { key: 'behind', descending: false }, NOW)]).toEqual(
      [...rows].sort((a, b) => lag[a]! - lag[b]! || a - b),
    )
  })

  it('sorts by every column, unknown last', () => {
    expect(sorted('topic', false)).toEqual([1, 2, 3, 5, 6, 7])
    expect(sorted('behind')).toEqual([2, 1, 6, 7, 3, 5])
    expect(sorted('late')).toEqual([6, 2, 1, 7, 3, 5])
    expect(sorted('partition', false)).toEqual([1, 5, 2, 6, 3, 7])
  })

  it.each([
    ['beta', [5, 6, 7]],
    ['BETA offline', [5]],
    ['under min', [2, 6]],
    ['broker 1', [5, 3]],
    ['broker:3 beta', [5, 6, 7]],
    ['broker:4 alpha', [1, 2, 3]],
    ['2', [2, 6]],
    ['nothing', []],
  ])('filters by "%s"', (text, rows) => {
    expect([...filterRows(en, view, troubleRows(view), text)].sort()).toEqual([...rows].sort())
  })

  it('takes the words of the language on screen too', () => {
    expect([...filterRows(zh, view, troubleRows(view), '离线')]).toEqual([5])
  })

  it('tells how many there are before the filter', () => {
    const { rows, all } = troubleView(en, view, { text: 'alpha', state: '' }, WORST, NOW)
    expect([[...rows], all]).toEqual([[3, 2, 1], 6])
  })

  it('exports who is behind and who is ahead as two figures, unknown as null', () => {
    const lags = [900, -500, Number.NaN]
    const some = viewOfFrame(
      buildFrame({ topics: [['alpha', 3]], change: (row) => ({ state: LAGGING, lagRecords: lags[row]! }) }),
    )
    const { columns, rows } = troubleExport(en, some, Uint32Array.of(0, 1, 2), 'in-trouble', NOW)
    const at = columns.indexOf('lagRecords')
    expect([...rows].map((row) => row.slice(at, at + 2))).toEqual([
      [900, 0],
      [null, 500],
      [null, null],
    ])
  })

  it('keeps the order right for 200,000 rows in trouble', () => {
    const big = viewOfFrame(
      buildFrame({
        partitions: 200_000,
        change: (row) => ({ state: UNDER_REPLICATED, caughtUpAt: NOW - ((row * 7919) % 100_003) }),
      }),
    )
    const rows = sortRows(big, troubleRows(big), WORST, NOW)
    expect(rows).toHaveLength(200_000)
    const at = big.frame.columns.caughtUpAt
    for (let index = 1; index < rows.length; index += 97)
      expect(at[rows[index]!]!).toBeGreaterThanOrEqual(at[rows[index - 1]!]! - 200)
  })
})

describe('row words', () => {
  const next = (code: number, nextFrom = Number.NaN, nextTo = Number.NaN, nextBroker = 3): string =>
    nextWords(en, { next: code, nextFrom, nextTo, nextBroker }, NOW)
  it.each([
    [next(NEXT_LEAVES_ISR, NOW + 8000, NOW + 23_000), 'leaves ISR in 8–23 s'],
    [next(NEXT_LEAVES_ISR, NOW - 8000, NOW - 1), 'may leave the ISR any moment'],
    [next(NEXT_CATCHES_UP, NOW + 45_000, NOW + 180_000), 'caught up in 45 s – 3 min'],
    [next(NEXT_CATCHES_UP, NOW - 9000, NOW - 1), 'catching up'],
    [next(NEXT_CATCHES_UP, NOW), 'caught up, not in the ISR yet'],
    [next(NEXT_LOSES_RECORDS, NOW + 1000, NOW + 5000), 'broker 3 leads in 1–5 s and records are lost'],
    [next(NEXT_LOSES_RECORDS), 'broker 3 leads when the leader is fenced, and records are lost'],
    [next(NEXT_LOSES_RECORDS, NOW + 1000, NOW + 5000, -1), 'goes offline or loses records in 1–5 s'],
    [next(NEXT_LOSES_RECORDS, Number.NaN, Number.NaN, -1), 'goes offline or loses records when its leader is fenced'],
    [next(NEXT_CATCHES_UP), 'not catching up'],
    [next(NEXT_REFUSES_WRITES), 'will refuse acks=all'],
    [next(NEXT_REFUSES_WRITES, NOW + 3000, NOW + 8000), 'refuses acks=all in 3–8 s'],
    [next(NEXT_REFUSES_WRITES, NOW - 9000, NOW - 1), 'may refuse acks=all any moment'],
    [next(NEXT_ONE_LOSS_AWAY), 'will be one loss away'],
    [next(NEXT_ONE_LOSS_AWAY, NOW + 3000, NOW + 8000), 'one loss away in 3–8 s'],
    [next(NEXT_WAITS_FOR_BROKER), 'needs broker 3'],
    [next(NEXT_WAITS_FOR_BROKER, Number.NaN, Number.NaN, -1), 'waits for an ISR member'],
    [next(NEXT_LEADER_MOVES, NOW + 1000, NOW + 5000), 'broker 3 leads in 1–5 s'],
    [next(NEXT_LEADER_MOVES), 'broker 3 leads soon'],
    [next(NEXT_LEADER_MOVES, NOW + 1000, NOW + 5000, -1), 'goes offline in 1–5 s'],
    [next(NEXT_FALLS_BEHIND), 'falling further behind'],
    [next(NEXT_FENCED, NOW - 1000, NOW + 3000), 'broker 3 is fenced in 0–3 s'],
    [next(NEXT_FENCED), 'broker 3 is about to be fenced'],
    [next(0), ''],
  ])('%s', (text, wanted) => {
    expect(text).toBe(wanted)
  })

  it('lists ISR and replicas in assignment order, an empty ISR as a dash', () => {
    expect(isrWords(view.frame, 2)).toBe('5 / 3 4 5')
    expect(isrWords(view.frame, 5)).toBe('– / 1 2 3')
  })

  it('never calls unknown zero', () => {
    expect(lateMs(view.frame, 0, NOW)).toBe(0)
    expect(lateMs(view.frame, 2, NOW)).toBe(60_000)
    expect(lateMs(view.frame, 5, NOW)).toBeNaN()
    expect(lateMs(view.frame, 3, NOW)).toBeNaN()
    expect(behindRecords(view.frame, 3)).toBeNaN()
    expect(behindRecords(view.frame, 0)).toBe(0)
  })

  it('names every mark', () => {
    expect(markWords(en, 0xff)).toHaveLength(8)
    expect(markWords(zh, MARK_LEADER_SILENT)).toEqual([zh.t('mark.leaderSilent')])
  })
})
