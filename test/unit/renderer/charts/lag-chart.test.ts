import { describe, expect, it } from 'vitest'
import type { LivePoint } from '@contract/live'
import { axisOf, timeTicks, valueScale } from '../../../../src-renderer/charts/lag/lag-axis'
import { snapped, stepped, timeOf, xOf, zoomOf } from '../../../../src-renderer/charts/lag/lag-cursor'
import { placeLabels } from '../../../../src-renderer/charts/lag/lag-labels'
import { lagLines, lastKnown, MAX_LINES, valueAt } from '../../../../src-renderer/charts/lag/lag-lines'
import type { LagOptionInput } from '../../../../src-renderer/charts/lag/lag-option'
import { lagOption, lagShape, pairsOf, scaleOf } from '../../../../src-renderer/charts/lag/lag-option'
import { lineColor, plotOf, steadyRoom } from '../../../../src-renderer/charts/lag/lag-plot'
import type { LineRole } from '../../../../src-renderer/charts/lag/lag-plot'
import { dotAt, nextDot, railDots } from '../../../../src-renderer/charts/lag/lag-rail'
import type { ChartMark } from '../../../../src-renderer/charts/lag/lag-rail'
import { niceAtLeast, niceScale } from '../../../../src-renderer/charts/nice'
import type { Tokens } from '../../../../src-renderer/charts/tokens'
import { lagTexts } from '../../../../src-renderer/features/common/lag-texts'
import { sayIn } from '../../../support/say'
import { buildSeries, NOW } from '../../../support/summaries'

const tokens = new Proxy({}, { get: (_, name) => `#${String(name)}`, ownKeys: () => [] }) as Tokens
const point = (at: number, lag: number, late = lag): LivePoint => ({
  subject: 's',
  at,
  lines: Int32Array.of(2),
  lagRecords: Float64Array.of(lag),
  lateMs: Float64Array.of(late),
})
const all = -Infinity

describe('lag lines', () => {
  it('says of the line of the leader that it leads, and of another unknown one that it is unknown', () => {
    const words = lagTexts(sayIn('en'), 'records', NOW, 30_000, { leader: 2 })
    expect([words.end(2, Number.NaN), words.end(3, Number.NaN), words.end(3, 12)]).toEqual([
      'broker 2, leads',
      'broker 3, ?',
      'broker 3, 12',
    ])
    expect([words.endOld(2, 5, NOW), words.endOld(3, 5, NOW)]).toEqual(['broker 2, leads', 'broker 3, 5 at 03:17:01'])
  })

  it('appends live points behind the history, once', () => {
    const series = buildSeries([2], 400, () => 5)
    const data = lagLines(series, [point(NOW + 1000, 98), point(NOW + 1250, 7)], 'records', all)
    expect(data.at).toHaveLength(402)
    expect(data.lines[0]!.now).toBe(7)
    expect(data.lines[0]!.max).toBe(98)
  })

  it('believes a reading before the step of the history that it is in: that is the highest of two seconds', () => {
    const series = buildSeries([2], 3, () => 50)
    const data = lagLines(series, [point(NOW - 2100, 7), point(NOW - 1000, 8), point(NOW, 9)], 'records', all)
    expect([...data.at].map((at) => at - NOW)).toEqual([-4000, -2100, -1000, 0])
    expect([...data.lines[0]!.value]).toEqual([50, 7, 8, 9])
  })

  it('fills what was pushed to nobody, as the window was hidden, from the history', () => {
    const series = buildSeries([2], 10, (_, index) => index)
    const data = lagLines(series, [point(NOW - 18_000, 70), point(NOW - 250, 71), point(NOW, 72)], 'records', all)
    expect([...data.lines[0]!.value]).toEqual([70, 1, 2, 3, 4, 5, 6, 7, 8, 71, 72])
    expect(data.gaps).toEqual([])
  })

  it('keeps unknown as a gap and out of the maximum, and knows what was known last', () => {
    const points = [point(NOW - 500, 3), point(NOW - 250, Number.NaN), point(NOW, Number.NaN)]
    const data = lagLines(null, points, 'records', all)
    const line = data.lines[0]!
    expect([...line.value]).toEqual([3, Number.NaN, Number.NaN])
    expect(line.max).toBe(3)
    expect(line.now).toBeNaN()
    expect(lastKnown(data, line)).toEqual({ at: NOW - 500, value: 3 })
    expect([valueAt(data, line, NOW - 300), valueAt(data, line, NOW), valueAt(data, line, NOW - 501)]).toEqual([
      3,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('draws no line over a time in which nothing was read, however often it is read otherwise (K2.2)', () => {
    const gaps = (...at: number[]) =>
      lagLines(
        null,
        at.map((ago) => point(NOW - ago, 3)),
        'records',
        all,
      ).gaps.map(({ from, until }) => [NOW - from, NOW - until])
    expect(gaps(400_000, 399_750, 399_500, 500, 250, 0)).toEqual([[399_500, 500]])
    expect(gaps(60_500, 60_000, 48_000, 46_000, 44_000)).toEqual([[60_000, 48_000]])
    expect(gaps(8_000, 6_000, 4_000, 2_000, 0)).toEqual([])
    expect(gaps(300_000, 240_000, 180_000, 120_000, 60_000, 0)).toEqual([])
    expect(gaps(600_000, 540_000, 480_000, 60_000, 0)).toEqual([[480_000, 60_000]])
    const slept = lagLines(
      buildSeries([2], 5, () => 5),
      [point(NOW + 600_000, 7), point(NOW + 600_250, 7)],
      'records',
      all,
    )
    expect(slept.gaps).toEqual([{ from: NOW, until: NOW + 600_000 }])
    expect(valueAt(slept, slept.lines[0]!, NOW + 300_000)).toBeNaN()
    const { solid } = pairsOf(slept, slept.lines[0]!, { from: NOW - 10_000, until: NOW + 600_250 }, [], 1e6)
    expect(solid.slice(-3)).toEqual([
      [NOW + 1, null],
      [NOW + 600_000, 7],
      [NOW + 600_250, 7],
    ])
  })

  it('speaks seconds where seconds are asked for', () => {
    expect(lagLines(null, [point(NOW, 1, 2500)], 'seconds', all).lines[0]!.now).toBe(2.5)
  })

  it('draws the worst thirty and says how many it leaves out', () => {
    const lines = Array.from({ length: 40 }, (_, index) => index)
    const series = buildSeries(lines, 3, (line) => line)
    const data = lagLines(series, [], 'records', all)
    expect(data.lines).toHaveLength(MAX_LINES)
    expect(data.lines[0]!.line).toBe(10)
    expect(data.hidden).toBe(10)
  })
})

describe('time axis', () => {
  it.each([
    ['1m', 900_000, 60_000, false],
    ['5m', 900_000, 300_000, false],
    ['15m', 900_000, 900_000, false],
    ['15m', 897_000, 900_000, false],
    ['15m', 330_000, 330_000, true],
    ['5m', 20_000, 20_000, true],
    ['all', 700_000, 700_000, true],
    ['1m', 2_000, 10_000, true],
  ] as const)('%s with %d ms kept shows %d ms', (range, kept, shown, isShort) => {
    const axis = axisOf(range, NOW - kept, NOW)
    expect([axis.until - axis.from, axis.until, axis.begins]).toEqual([shown, NOW, isShort ? NOW - kept : Number.NaN])
  })

  it('is short and ends now when nothing is read', () => {
    expect(axisOf('15m', Number.NaN, NOW)).toEqual({ from: NOW - 10_000, until: NOW, begins: Number.NaN })
  })

  it.each([
    [60_000, 600, 10_000],
    [300_000, 600, 60_000],
    [330_000, 600, 60_000],
    [900_000, 600, 120_000],
    [900_000, 300, 300_000],
    [10_000, 600, 2_000],
    [2_000, 600, 1_000],
  ])('of %d ms over %d px has a mark every %d ms, on the clock', (span, width, stepMs) => {
    const ticks = timeTicks({ from: NOW - span, until: NOW }, width)
    expect(ticks.stepMs).toBe(stepMs)
    expect(ticks.at.length).toBeGreaterThan(0)
    expect(ticks.at.every((at) => at % stepMs === 0 && at >= NOW - span && at <= NOW)).toBe(true)
  })
})

describe('value axis', () => {
  it.each([
    ['records', 0, 10],
    ['records', 48_210, 20_000],
    ['records', 97_000, 50_000],
    ['seconds', 0, 2],
    ['seconds', 45, 15],
    ['seconds', 100, 60],
    ['seconds', 250, 120],
    ['seconds', 700, 300],
  ] as const)('%s up to %d go in steps of %d', (unit, max, step) => {
    const scale = valueScale(unit, max, 4)
    expect(scale.max).toBeGreaterThanOrEqual(max)
    expect(scale.max % scale.step).toBe(0)
    expect(scale.step).toBe(max === 0 && unit === 'records' ? 5 : step)
  })

  it('has whole minutes above a minute: never 1 min 40 s', () => {
    const words = lagTexts(sayIn('en'), 'seconds', NOW, 30_000)
    for (let max = 5; max < 20_000; max += 7) {
      const { max: top, step } = valueScale('seconds', max, 2 + (max % 4))
      for (let one = step; one <= top; one += step) expect(words.axis(one)).toMatch(/^\d+ (s|min|h)( \d+ min)?$/)
    }
  })
})

describe('labels at line ends', () => {
  it.each([
    ['apart: where they want to be', [10, 50, 90], [10, 50, 90]],
    ['together: around their middle', [50, 50], [42, 58]],
    ['in order of value, not of name', [90, 10, 88], [97, 10, 81]],
    ['at the bottom: pushed up', [100, 100, 100], [68, 84, 100]],
    ['a chain', [20, 30, 40, 90], [14, 30, 46, 90]],
  ])('%s', (_, wanted, placed) => {
    expect(placeLabels(wanted, 0, 100)).toEqual(placed)
  })

  it('lie at the step there is room for, when there are too many', () => {
    const placed = placeLabels(new Array<number>(11).fill(0), 0, 100)
    expect(placed).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  })

  it.each([
    [0, 120, 120],
    [120, 121, 121],
    [120, 60, 120],
    [120, 30, 30],
  ])('have the room they had (%d px) when they need a little less (%d px)', (before, wanted, room) => {
    expect(steadyRoom(before, wanted)).toBe(room)
  })

  it('take a share of the chart, however long they are', () => {
    const plot = plotOf({ width: 900, height: 300 }, ['10,000'], 2826)
    expect(plot.right).toBe(360)
    expect(plot.left + plot.width + plot.right).toBe(900)
  })
})

describe('events', () => {
  const mark = (ago: number, tone: ChartMark['tone'] = 'neutral', line = 2): ChartMark => ({
    at: NOW - ago,
    line,
    tone,
    text: `${ago}`,
  })
  const axis = { from: NOW - 100_000, until: NOW }

  it('are dots in order; what would lie on another one belongs to it, and the gravest colours it', () => {
    const dots = railDots([mark(0), mark(50_000, 'good'), mark(49_500, 'bad'), mark(200_000)], axis, 1000)
    expect(
      dots.map(({ at, until, tone, marks }) => [NOW - at, NOW - until, tone, marks.map(({ text }) => text)]),
    ).toEqual([
      [50_000, 49_500, 'bad', ['50000', '49500']],
      [0, 0, 'neutral', ['0']],
    ])
  })

  it('are found near a moment, and one after the other', () => {
    const dots = railDots([mark(80_000), mark(40_000)], axis, 1000)
    expect(dotAt(dots, NOW - 80_500, 600)?.at).toBe(NOW - 80_000)
    expect(dotAt(dots, NOW - 81_000, 600)).toBeNull()
    expect(nextDot(dots, NOW - 80_000, 1)?.at).toBe(NOW - 40_000)
    expect(nextDot(dots, NOW - 40_000, -1)?.at).toBe(NOW - 80_000)
    expect([nextDot(dots, NOW, 1), nextDot(dots, NOW - 80_000, -1)]).toEqual([null, null])
  })
})

describe('cursor', () => {
  const axis = { from: NOW - 100_000, until: NOW }
  const data = lagLines(
    null,
    [point(NOW - 90_000, 1), point(NOW - 50_000, 2), point(NOW - 49_000, 3), point(NOW, 4)],
    'records',
    all,
  )

  it('stands on readings, and on the time itself where nothing was read', () => {
    expect(snapped(data, axis, NOW - 49_400)).toBe(NOW - 49_000)
    expect(snapped(data, axis, NOW - 49_600)).toBe(NOW - 50_000)
    expect(snapped(data, axis, NOW - 99_000)).toBe(NOW - 90_000)
    expect(snapped(data, axis, NOW - 20_000)).toBe(NOW - 20_000)
    expect(snapped(lagLines(null, [], 'records', all), axis, NOW)).toBeNaN()
  })

  it('goes by readings, at least to the next one, and not off the axis', () => {
    expect(stepped(data, axis, NOW - 50_000, 3, 1000)).toBe(NOW - 49_000)
    expect(stepped(data, axis, NOW - 49_000, -3, 1000)).toBe(NOW - 50_000)
    expect(stepped(data, axis, NOW - 90_000, 500, 1000)).toBe(NOW - 49_000)
    expect(stepped(data, axis, NOW, 3, 1000)).toBe(NOW)
    expect(stepped(data, { from: NOW - 60_000, until: NOW }, NOW - 50_000, -30, 1000)).toBe(NOW - 50_000)
  })

  it('zooms to what is dragged over, either way, and no closer than two seconds', () => {
    expect(zoomOf(NOW - 20_000, NOW - 30_000, axis, 1000)).toEqual({ from: NOW - 30_000, until: NOW - 20_000 })
    expect(zoomOf(NOW - 20_000, NOW - 20_500, axis, 1000)).toBeNull()
    expect(zoomOf(NOW - 20_000, NOW - 19_200, axis, 1000)).toEqual({ from: NOW - 20_600, until: NOW - 18_600 })
    expect(zoomOf(NOW - 20_000, NOW + 9_000, axis, 1000)).toEqual({ from: NOW - 20_000, until: NOW })
  })

  it('knows px and time', () => {
    expect(timeOf(xOf(NOW - 1234, axis, 800), axis, 800)).toBeCloseTo(NOW - 1234)
    expect([timeOf(-5, axis, 800), timeOf(900, axis, 800)]).toEqual([axis.from, axis.until])
  })
})

describe('lag option', () => {
  const series = buildSeries([2, 3], 400, (line, index) => line * 100 + index)
  const role = (line: number): LineRole => (line === 2 ? 'out' : 'in')
  function inputOf(more: Partial<LagOptionInput> = {}): LagOptionInput {
    const unit = more.unit ?? 'records'
    const data = lagLines(series, [], unit, all)
    const axis = { from: NOW - 798_000, until: NOW }
    const base = {
      data,
      axis,
      unit,
      evictionWindowMs: 30_000,
      hiddenLines: new Set<number>(),
      role,
      aged: () => [],
      tokens,
      words: lagTexts(sayIn('en'), unit, NOW, 30_000),
      plot: plotOf({ width: 1300, height: 300 }, ['1,000'], 120),
      ...more,
    }
    return { ...base, scale: more.scale ?? scaleOf(base, 300) }
  }
  const optionOf = (more: Partial<LagOptionInput> = {}) =>
    lagOption(inputOf(more)) as unknown as {
      xAxis: { min: number; max: number; axisLabel: { customValues: number[]; formatter(at: number): string } }
      yAxis: { max: number; interval: number }
      series: {
        id: string
        data: (number | null)[][]
        lineStyle: { color: string; type: string }
        markArea?: { label: { show: boolean }; data: { yAxis: number; name?: string }[][] }
      }[]
    }

  it('draws the eviction window as a named band of 1.0 to 1.5 times, in seconds only and only when it is known', () => {
    const [from, to] = optionOf({ unit: 'seconds' }).series[0]!.markArea!.data[0]!
    expect([from!.yAxis, to!.yAxis]).toEqual([30, 45])
    expect(from!.name).toBe('leaves the ISR in this band, 30–45 s')
    expect(optionOf({ unit: 'seconds' }).yAxis.max).toBe(50)
    expect(optionOf({ unit: 'records' }).series[0]!.markArea).toBeUndefined()
    expect(optionOf({ unit: 'seconds', evictionWindowMs: Number.NaN }).series[0]!.markArea).toBeUndefined()
  })

  it('leaves the name of the band out where it would run over the end of the plot', () => {
    const shown = (width: number) =>
      optionOf({ unit: 'seconds', plot: plotOf({ width, height: 300 }, ['50 s'], 120) }).series[0]!.markArea!.label.show
    expect([shown(1300), shown(420), shown(330)]).toEqual([true, true, false])
  })

  it('colours lines by their role, and marks time on the clock', () => {
    const { series: drawn, xAxis } = optionOf()
    expect(drawn.map(({ id }) => id)).toEqual(['band', '2', '2 old', '3', '3 old'])
    expect([drawn[1]!.lineStyle, drawn[2]!.lineStyle]).toMatchObject([
      { color: '#under-replicated', type: 'solid' },
      { color: '#under-replicated', type: 'dashed' },
    ])
    expect(xAxis.axisLabel.formatter(xAxis.axisLabel.customValues[0]!)).toMatch(/^\d\d:\d\d$/)
  })

  it('has a colour of its own for each role', () => {
    const roles = ['leader', 'in', 'asked', 'out'] as const
    expect(new Set(roles.map((one) => lineColor(one, 0, tokens))).size).toBe(4)
    expect(lineColor('in', 0, tokens)).not.toBe(lineColor('in', 1, tokens))
  })

  it('dashes what was of a last reading, and the two strokes meet', () => {
    const data = lagLines(
      null,
      Array.from({ length: 5 }, (_, index) => point(NOW - 4000 + index * 1000, index)),
      'records',
      all,
    )
    const aged = [{ from: NOW - 3000, until: NOW - 1000 }]
    const { solid, dashed } = pairsOf(data, data.lines[0]!, { from: NOW - 4000, until: NOW }, aged, 1e6)
    expect(solid.map(([at, value]) => [at - NOW, value])).toEqual([
      [-4000, 0],
      [-3000, 1],
      [-2000, null],
      [-1000, 3],
      [0, 4],
    ])
    expect(dashed.map(([at, value]) => [at - NOW, value])).toEqual([
      [-3000, 1],
      [-2000, 2],
      [-1000, 3],
      [0, null],
    ])
  })

  it('draws no more points than can be seen, and loses no peak', () => {
    const points = Array.from({ length: 3600 }, (_, index) =>
      point(NOW - (3599 - index) * 250, index === 1801 ? 999 : 1),
    )
    const data = lagLines(null, points, 'records', all)
    const { solid } = pairsOf(data, data.lines[0]!, { from: NOW - 900_000, until: NOW }, [], 600)
    expect(solid.length).toBeLessThan(600)
    expect(solid.filter(([, value]) => value === 999)).toHaveLength(1)
  })

  it('leaves room for what is shown only: hiding a line empties it and frees the axis', () => {
    const option = optionOf({ hiddenLines: new Set([3]) })
    expect(option.series.map(({ id, data }) => [id, data.length > 0])).toEqual([
      ['band', false],
      ['2', true],
      ['2 old', false],
      ['3', false],
      ['3 old', false],
    ])
  })

  it('needs only new data while neither lines, roles, axes, size nor theme change', () => {
    const shape = lagShape(inputOf())
    const later = { from: NOW - 797_000, until: NOW + 1000 }
    expect(lagShape(inputOf({ axis: later }))).toBe(shape)
    expect(lagShape(inputOf({ role: () => 'asked' }))).not.toBe(shape)
    expect(lagShape(inputOf({ scale: { max: 9, step: 3 } }))).not.toBe(shape)
    expect(lagShape(inputOf({ plot: plotOf({ width: 700, height: 300 }, [], 100) }))).not.toBe(shape)
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
    [97_000, 100_000, 50_000],
  ])('a scale for %d ends at %d in steps of %d', (max, end, step) => {
    expect(niceScale(max, 4)).toEqual({ max: end, step })
  })
})
