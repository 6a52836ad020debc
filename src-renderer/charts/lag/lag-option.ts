/**
 * The lag chart as ECharts options: pure. ECharts draws axes, lines and the eviction band; cursor, labels, rail and hatching lie over it as elements
 * of the page (`LagChart.vue`), so that a new reading takes nothing from under a pointer.
 */
import { evictionRange } from '@shared/eviction'
import type { EChartsCoreOption } from 'echarts/core'
import type { Tokens } from '../tokens'
import { timeTicks, valueScale } from './lag-axis'
import { maxOf, readingBefore } from './lag-lines'
import type { LagLine, LagLines, LagUnit, TimeSpan } from './lag-lines'
import { textWidth } from './lag-labels'
import { lineColor, RAIL_PX } from './lag-plot'
import type { LineRole, Plot } from './lag-plot'

export interface LagOptionInput {
  readonly data: LagLines
  readonly axis: TimeSpan
  readonly scale: { readonly max: number; readonly step: number }
  readonly plot: Plot
  readonly unit: LagUnit
  /** NaN unknown: then no band. */
  readonly evictionWindowMs: number
  readonly hiddenLines: ReadonlySet<number>
  readonly role: (line: number) => LineRole
  /** When what is known of a line was from a last reading, as its broker did not answer. */
  readonly aged: (line: number) => readonly TimeSpan[]
  readonly tokens: Tokens
  readonly words: { axis(value: number): string; clock(at: number, stepMs: number): string; readonly window: string }
}

const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif'
const PARTS_PX = 44
/** More points than this many per px cannot be seen; a bucket keeps its highest. */
const POINTS_PER_PX = 0.75
const BUCKETS_MS = [1, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000]

/** Covers what is shown, and in seconds the eviction band. */
export function scaleOf(
  {
    data,
    axis,
    unit,
    evictionWindowMs,
    hiddenLines,
  }: Pick<LagOptionInput, 'data' | 'axis' | 'unit' | 'evictionWindowMs' | 'hiddenLines'>,
  height: number,
): LagOptionInput['scale'] {
  const first = Math.max(0, readingBefore(data.at, axis.from))
  const end = readingBefore(data.at, axis.until) + 1
  const highest = data.lines
    .filter(({ line }) => !hiddenLines.has(line))
    .reduce((most, { value }) => Math.max(most, maxOf(value, first, end) || 0), 0)
  const band = unit === 'records' || Number.isNaN(evictionWindowMs) ? 0 : evictionRange(0, evictionWindowMs).to / 1000
  return valueScale(unit, Math.max(highest * 1.05, band), Math.min(5, Math.max(2, Math.floor(height / PARTS_PX))))
}

type Pair = readonly [at: number, value: number | null]

/** The line of the axis, `solid` what was read and `dashed` what was of a last reading; both have the point where one becomes the other. */
export function pairsOf(
  { at, gaps }: LagLines,
  { value }: LagLine,
  { from, until }: TimeSpan,
  aged: readonly TimeSpan[],
  width: number,
): { readonly solid: readonly Pair[]; readonly dashed: readonly Pair[] } {
  const parts = { solid: [] as Pair[], dashed: [] as Pair[] }
  const first = Math.max(0, readingBefore(at, from))
  const end = Math.min(at.length, readingBefore(at, until) + 2)
  const wanted = (until - from) / Math.max(1, width * POINTS_PER_PX)
  const bucket = BUCKETS_MS.find((one) => one >= wanted) ?? wanted
  let before: { pair: Pair; old: boolean } | null = null
  let gap = 0
  for (let index = first; index < end;) {
    let best = index
    const slot = Math.floor(at[index]! / bucket)
    const old = isAged(aged, at[index]!)
    for (; index < end && Math.floor(at[index]! / bucket) === slot && isAged(aged, at[index]!) === old; index += 1)
      if (!(value[best]! >= value[index]!)) best = Number.isNaN(value[index]!) ? best : index
    const pair: Pair = [at[best]!, Number.isNaN(value[best]!) ? null : value[best]!]
    while (gap < gaps.length && gaps[gap]!.until <= pair[0]) {
      if (gaps[gap]!.from >= at[first]!)
        for (const part of [parts.solid, parts.dashed]) part.push([gaps[gap]!.from + 1, null])
      before = null
      gap += 1
    }
    const into = old ? parts.dashed : parts.solid
    // The stroke goes on from where the other one ended.
    if (before !== null && before.old !== old) {
      ;(before.old ? parts.dashed : parts.solid).push([pair[0], null])
      into.push(before.pair)
    }
    into.push(pair)
    before = { pair, old }
  }
  return parts
}
const isAged = (aged: readonly TimeSpan[], at: number): boolean =>
  aged.some(({ from, until }) => at > from && at <= until)

/** Lower than this, or narrower than its name, the band has no room for it. */
const BAND_NAME_PX = 16
const BAND_NAME_GAP_PX = 4
/** Room for labels is asked for of the widest letters; a sentence is narrower. */
const SENTENCE_SHARE = 0.85

function bandOf({ unit, evictionWindowMs, tokens, words, scale, plot }: LagOptionInput): object {
  if (unit !== 'seconds' || Number.isNaN(evictionWindowMs)) return {}
  const { from, to } = evictionRange(0, evictionWindowMs)
  const isHigh = (((to - from) / 1000) * plot.height) / scale.max >= BAND_NAME_PX
  const hasRoom = isHigh && SENTENCE_SHARE * textWidth(words.window) + 2 * BAND_NAME_GAP_PX <= plot.width
  return {
    markArea: {
      silent: true,
      itemStyle: { color: tokens['under-replicated'], opacity: 0.13 },
      label: {
        show: hasRoom,
        position: 'insideTopLeft',
        color: tokens['text-2'],
        fontSize: 12,
        distance: BAND_NAME_GAP_PX,
      },
      data: [[{ yAxis: from / 1000, name: words.window }, { yAxis: to / 1000 }]],
    },
  }
}

function seriesOf(input: LagOptionInput): { id: string; data: readonly Pair[] }[] {
  const { data, axis, plot, hiddenLines } = input
  return data.lines.flatMap((line) => {
    const isShown = !hiddenLines.has(line.line)
    const parts = isShown ? pairsOf(data, line, axis, input.aged(line.line), plot.width) : { solid: [], dashed: [] }
    return [
      { id: `${line.line}`, data: parts.solid },
      { id: `${line.line} old`, data: parts.dashed },
    ]
  })
}

/** What changes with every reading. */
function timeOf(input: LagOptionInput): { xAxis: object; series: { id: string; data: readonly Pair[] }[] } {
  const { axis, plot } = input
  return {
    xAxis: { min: axis.from, max: axis.until, axisLabel: { customValues: timeTicks(axis, plot.width).at } },
    series: seriesOf(input),
  }
}

/** Everything. */
export function lagOption(input: LagOptionInput): EChartsCoreOption {
  const { axis, data, plot, role, scale, tokens, words } = input
  const time = timeOf(input)
  const { stepMs } = timeTicks(axis, plot.width)
  const text = { color: tokens['text-3'], fontSize: 12, fontFamily: FONT }
  const stroke = (slot: number, line: number, type: 'solid' | 'dashed') => ({
    type: 'line',
    showSymbol: false,
    animation: false,
    silent: true,
    lineStyle: { color: lineColor(role(line), slot, tokens), width: role(line) === 'in' ? 1.5 : 2, type },
  })
  return {
    animation: false,
    grid: { left: plot.left, right: plot.right, top: plot.top, bottom: plot.bottom },
    xAxis: {
      ...time.xAxis,
      type: 'value',
      axisLine: { lineStyle: { color: tokens['line-strong'] } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        customValues: timeTicks(axis, plot.width).at,
        margin: RAIL_PX + 3,
        formatter: (value: number) => words.clock(value, stepMs),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: scale.max,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: tokens.line } },
      axisLabel: { ...text, formatter: (value: number) => words.axis(value) },
    },
    series: [
      // The band hangs on a series of its own, so that hiding a line does not hide it.
      { id: 'band', type: 'line', data: [], silent: true, animation: false, ...bandOf(input) },
      ...data.lines.flatMap(({ line, slot }, index) => [
        { ...stroke(slot, line, 'solid'), ...time.series[index * 2] },
        { ...stroke(slot, line, 'dashed'), ...time.series[index * 2 + 1] },
      ]),
    ],
  }
}

/** As long as this stays the same, `lagChange` is enough. */
export function lagShape({
  axis,
  data,
  evictionWindowMs,
  plot,
  role,
  scale,
  tokens,
  unit,
  words,
}: LagOptionInput): string {
  const { stepMs } = timeTicks(axis, plot.width)
  return JSON.stringify([
    unit,
    evictionWindowMs,
    words.window,
    words.axis(scale.max),
    words.clock(0, stepMs),
    scale,
    stepMs,
    plot,
    Object.values(tokens),
    data.lines.map(({ line, slot }) => [line, slot, role(line)]),
  ])
}

export const lagChange = (input: LagOptionInput): EChartsCoreOption => timeOf(input)
