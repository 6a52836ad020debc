import { describe, expect, it } from 'vitest'
import type { LivePoint } from '@contract/live'
import { byMinute, lagLines, MAX_LINES } from '../../../../src-renderer/charts/lag/lag-lines'
import type { LagOptionInput } from '../../../../src-renderer/charts/lag/lag-option'
import { lagOption, lineStyle } from '../../../../src-renderer/charts/lag/lag-option'
import { niceAtLeast, niceScale } from '../../../../src-renderer/charts/nice'
import type { Tokens } from '../../../../src-renderer/charts/tokens'
import { lagTexts } from '../../../../src-renderer/features/common/lag-texts'
import { sayIn } from '../../../support/say'
import { buildSeries, NOW } from '../../../support/summaries'

const tokens = new Proxy({}, { get: (_, name) => `#${String(name)}` }) as Tokens
const point = (at: number, lag: number, late = lag): LivePoint => ({
  subject: 's',
  at,
  lines: Int32Array.of(2),
  lagRecords: Float64Array.of(lag),
  lateMs: Float64Array.of(late),
})

function optionOf(more: Partial<LagOptionInput>) {
  const unit = more.unit ?? 'records'
  const series = buildSeries([2, 3], more.width === 901 ? 2 : 400, (line, index) => line * 100 + index)
  const option = lagOption({
    data: lagLines(series, [], unit, NOW),
    events: [],
    unit,
    evictionWindowMs: 30_000,
    now: NOW,
    width: 900,
    hiddenLines: new Set(),
    tokens,
    words: lagTexts(sayIn('en'), unit, NOW, 30_000),
    ...more,
  })
  return option as unknown as {
    yAxis: { max: number }
    series: {
      name: string
      data: (number | null)[][]
      markArea?: { data: { yAxis: number }[][] }
      markLine?: { data: { xAxis: number; label: { show: boolean; formatter: string } }[] }
    }[]
    tooltip: { renderMode: string; formatter: (items: unknown) => string }
  }
}

describe('lag lines', () => {
  it('says of the line of the leader that it leads, and of another unknown one that it is unknown', () => {
    const words = lagTexts(sayIn('en'), 'records', NOW, 30_000, { leader: 2 })
    expect([words.newest(2, Number.NaN), words.newest(3, Number.NaN), words.newest(3, 12)]).toEqual([
      'leads',
      '?',
      '12',
    ])
    const none = lagTexts(sayIn('en'), 'records', NOW, 30_000, { leaderless: true })
    expect([words.empty, none.empty]).toEqual([
      'The chart fills as readings come in.',
      'No leader: there is nothing to be behind of.',
    ])
  })

  it('appends live points behind the history, once, and cuts at 15 minutes', () => {
    const series = buildSeries([2], 600, () => 5)
    const data = lagLines(series, [point(NOW - 1000, 99), point(NOW, 98), point(NOW + 250, 7)], 'records', NOW + 250)
    expect(data.lines).toHaveLength(1)
    expect(data.lines[0]!.now).toBe(7)
    expect(data.lines[0]!.max).toBe(7)
    expect(data.lines[0]!.at[0]!).toBeGreaterThanOrEqual(NOW + 250 - 15 * 60_000)
    expect(data.latest).toBe(NOW + 250)
  })

  it('keeps unknown as a gap and out of the maximum', () => {
    const data = lagLines(
      null,
      [point(NOW - 500, 3), point(NOW - 250, Number.NaN), point(NOW, Number.NaN)],
      'records',
      NOW,
    )
    expect([...data.lines[0]!.value]).toEqual([3, Number.NaN, Number.NaN])
    expect(data.lines[0]!.max).toBe(3)
    expect(data.lines[0]!.now).toBeNaN()
  })

  it('draws no line over a time in which nothing was read, however often it is read otherwise (K2.2)', () => {
    const breaks = (...at: number[]): number =>
      lagLines(
        null,
        at.map((ago) => point(NOW - ago, 3)),
        'records',
        NOW,
      ).lines[0]!.value.filter(Number.isNaN).length
    expect(breaks(400_000, 399_750, 399_500, 500, 250, 0)).toBe(1)
    expect(breaks(60_500, 60_000, 48_000, 46_000, 44_000)).toBe(1)
    expect(breaks(8_000, 6_000, 4_000, 2_000, 0)).toBe(0)
    expect(breaks(300_000, 240_000, 180_000, 120_000, 60_000, 0)).toBe(0)
    expect(breaks(600_000, 540_000, 480_000, 60_000, 0)).toBe(1)
    const slept = buildSeries([2], 5, () => 5)
    const data = lagLines(slept, [point(NOW + 600_000, 7), point(NOW + 600_250, 7)], 'records', NOW + 600_250)
    expect([...data.lines[0]!.value]).toEqual([5, 5, 5, 5, 5, Number.NaN, 7, 7])
  })

  it('speaks seconds where seconds are asked for', () => {
    expect(lagLines(null, [point(NOW, 1, 2500)], 'seconds', NOW).lines[0]!.now).toBe(2.5)
  })

  it('draws the worst thirty and says how many it leaves out', () => {
    const lines = Array.from({ length: 40 }, (_, index) => index)
    const data = lagLines(
      buildSeries(lines, 3, (line) => line),
      [],
      'records',
      NOW,
    )
    expect(data.lines).toHaveLength(MAX_LINES)
    expect(data.lines[0]!.line).toBe(10)
    expect(data.hidden).toBe(10)
  })

  it('gives the text twin one value a minute, unknown where there was none', () => {
    const rows = byMinute(
      lagLines(
        buildSeries([2], 31, (_, index) => index),
        [],
        'records',
        NOW,
      ).lines,
      NOW,
    )
    expect(rows).toHaveLength(15)
    expect(rows[0]!.values).toEqual([30])
    expect(rows[1]!.values).toEqual([0])
    expect(rows[2]!.values).toEqual([Number.NaN])
  })
})

describe('lag option', () => {
  it('uses canvas text for the tooltip, as the CSP wants', () => {
    expect(optionOf({}).tooltip.renderMode).toBe('richText')
  })

  it('draws the eviction window as a band of 1.0 to 1.5 times, in seconds only and only when it is known', () => {
    const band = optionOf({ unit: 'seconds' }).series[0]!.markArea!.data[0]!
    expect(band.map((end) => end.yAxis)).toEqual([30, 45])
    expect(optionOf({ unit: 'seconds' }).yAxis.max).toBeGreaterThanOrEqual(45)
    expect(optionOf({ unit: 'records' }).series[0]!.markArea).toBeUndefined()
    expect(optionOf({ unit: 'seconds', evictionWindowMs: Number.NaN }).series[0]!.markArea).toBeUndefined()
  })

  it('marks events, drops labels that would lie on each other, and those of hidden lines', () => {
    const events = [
      { at: NOW - 300_000, line: 2, kind: 'left-isr' },
      { at: NOW - 299_000, line: 3, kind: 'left-isr' },
      { at: NOW - 60_000, line: 2, kind: 'joined-isr' },
      { at: NOW - 16 * 60_000, line: 2, kind: 'leader' },
    ] as const
    const marks = optionOf({ events }).series[0]!.markLine!.data
    expect(marks.map((mark) => [mark.xAxis, mark.label.show, mark.label.formatter])).toEqual([
      [-5, true, '2 leaves ISR'],
      [-299 / 60, false, '3 leaves ISR'],
      [-1, true, '2 rejoins'],
    ])
    expect(optionOf({ events, hiddenLines: new Set([2]) }).series[0]!.markLine!.data).toHaveLength(1)
  })

  it('names who left the ISR rather than who leads where both have no room', () => {
    const events = [
      { at: NOW - 301_000, line: 2, kind: 'leader' },
      { at: NOW - 300_000, line: 3, kind: 'left-isr' },
    ] as const
    const marks = optionOf({ events }).series[0]!.markLine!.data
    expect(marks.map((mark) => mark.label.show)).toEqual([false, true])
  })

  it('begins with two minutes and grows to fifteen with its history', () => {
    const axis = (width: number) => (optionOf({ width }) as unknown as { xAxis: { min: number } }).xAxis.min
    expect(axis(901)).toBe(-2)
    expect(axis(900)).toBe(-15)
  })

  it('hides a line by emptying it, so that the others keep their colours', () => {
    const option = optionOf({ hiddenLines: new Set([2]) })
    expect(option.series.map((one) => [one.name, one.data.length])).toEqual([
      ['', 0],
      ['broker 2', 0],
      ['broker 3', 400],
    ])
  })

  it('says in the tooltip when, who and how much', () => {
    const text = optionOf({}).tooltip.formatter([
      { seriesName: 'broker 2', value: [-1, 1234], axisValue: -1 },
      { seriesName: 'broker 3', value: [-1, null], axisValue: -1 },
    ])
    expect(text).toBe('03:16:01\nbroker 2  1,234\nbroker 3  not read')
  })

  it('tells thirty lines apart by colour and dash', () => {
    const styles = new Set(Array.from({ length: 18 }, (_, index) => JSON.stringify(lineStyle(index, tokens))))
    expect(styles.size).toBe(18)
  })
})

describe('nice numbers', () => {
  it.each([
    [0, 1],
    [3, 5],
    [48_210, 50_000],
    [1, 1],
    [0.3, 0.5],
    [Number.NaN, 1],
  ])('%d is covered by %d', (value, nice) => {
    expect(niceAtLeast(value)).toBeCloseTo(nice)
  })
  it.each([
    [48_210, 60_000, 20_000],
    [45, 60, 20],
    [3, 3, 1],
    [9, 10, 5],
  ])('a scale for %d ends at %d in steps of %d', (max, end, step) => {
    expect(niceScale(max, 4)).toEqual({ max: end, step })
  })
})
