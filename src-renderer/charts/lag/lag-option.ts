/** The lag chart as an ECharts option: pure. Canvas renderer and richText tooltips, because the page's CSP forbids inline styles. */
import type { LagSeries } from '@contract/live'
import { evictionRange } from '@shared/eviction'
import type { EChartsCoreOption } from 'echarts/core'
import { niceScale } from '../nice'
import type { Tokens } from '../tokens'
import type { LagLine, LagLines, LagUnit } from './lag-lines'
import { SHOWN_MS } from './lag-lines'
import type { LagWords } from './lag-words'

export interface LagOptionInput {
  readonly data: LagLines
  readonly events: LagSeries['events']
  readonly unit: LagUnit
  /** NaN unknown: then no band. */
  readonly evictionWindowMs: number
  readonly now: number
  /** Of the whole chart, px. */
  readonly width: number
  readonly hiddenLines: ReadonlySet<number>
  readonly tokens: Tokens
  readonly words: LagWords
}

const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif'
const MAX_EVENTS = 12
const LEFT = 62
const RIGHT = 16
/** About how wide a label is at 12 px: Chinese characters are square. */
const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (char > '\u2e80' ? 12.5 : 7), 6)
/** As long as there is history for, so that a chart that just began is not an empty one. */
const SPANS = [
  { minutes: 2, step: 1 },
  { minutes: 5, step: 1 },
  { minutes: SHOWN_MS / 60_000, step: 5 },
] as const
const minutes = (at: number, now: number): number => (at - now) / 60_000

/** Colour and dash of the n-th line: six colours, then dashed, then dotted, so that thirty stay apart. */
export function lineStyle(
  slot: number,
  tokens: Tokens,
): { readonly color: string; readonly type: 'solid' | 'dashed' | 'dotted' } {
  const color = tokens[`series-${(slot % 6) + 1}` as keyof Tokens]
  return { color, type: (['solid', 'dashed', 'dotted'] as const)[Math.floor(slot / 6) % 3]! }
}

function top(input: LagOptionInput): { max: number; step: number } {
  const shown = input.data.lines.filter((line) => !input.hiddenLines.has(line.line))
  const highest = shown.reduce((most, line) => Math.max(most, Number.isNaN(line.max) ? 0 : line.max), 0)
  if (input.unit === 'records') return niceScale(Math.max(10, highest * 1.05), 4)
  const band = Number.isNaN(input.evictionWindowMs) ? 0 : evictionRange(0, input.evictionWindowMs).to / 1000
  return niceScale(Math.max(5, highest * 1.05, band), 4)
}

export function spanOf(data: LagLines, now: number): (typeof SPANS)[number] {
  const oldest = data.lines.reduce((least, line) => Math.min(least, line.at[0] ?? now), now)
  return SPANS.find((span) => now - oldest <= span.minutes * 60_000) ?? SPANS[2]
}

interface EventMark {
  readonly x: number
  readonly formatter: string
  readonly align: 'left' | 'right'
  /** Room its label takes, minutes. */
  readonly from: number
  readonly to: number
}

/** Which labels are shown: none over another, and who left or joined the ISR before who leads. */
function labelled(marks: readonly EventMark[], events: LagSeries['events']): ReadonlySet<number> {
  const shown = new Set<number>()
  const order = [...marks.keys()].sort((a, b) => rank(events[a]!) - rank(events[b]!) || a - b)
  for (const index of order) {
    const { from, to } = marks[index]!
    if (![...shown].some((other) => from < marks[other]!.to && to > marks[other]!.from)) shown.add(index)
  }
  return shown
}

const rank = ({ kind }: LagSeries['events'][number]): number => (kind === 'leader' || kind === 'leader-back' ? 1 : 0)

function eventMarks(input: LagOptionInput, span: number): unknown[] {
  const perMinute = (input.width - LEFT - RIGHT) / span
  const events = input.events
    .filter((event) => event.at >= input.now - span * 60_000 && !input.hiddenLines.has(event.line))
    .slice(-MAX_EVENTS)
  const marks = events.map((event): EventMark => {
    const x = minutes(event.at, input.now)
    const formatter = input.words.event(event.kind, event.line)
    const wide = textWidth(formatter) / perMinute
    // It hangs on the left of its line, except near the left edge.
    return x - wide < -span
      ? { x, formatter, align: 'left', from: x, to: x + wide }
      : { x, formatter, align: 'right', from: x - wide, to: x }
  })
  const shown = labelled(marks, events)
  return marks.map(({ x, formatter, align }, index) => ({
    xAxis: x,
    label: { show: shown.has(index), formatter, position: 'end', align, distance: 2 },
  }))
}

function bandOf(input: LagOptionInput): object {
  if (input.unit !== 'seconds' || Number.isNaN(input.evictionWindowMs)) return {}
  const { from, to } = evictionRange(0, input.evictionWindowMs)
  return {
    markArea: {
      silent: true,
      itemStyle: { color: input.tokens['under-replicated'], opacity: 0.13 },
      label: { show: true, position: 'insideTopLeft', color: input.tokens['text-2'], fontSize: 12, distance: 4 },
      data: [[{ yAxis: from / 1000, name: input.words.window }, { yAxis: to / 1000 }]],
    },
  }
}

const pairs = (line: LagLine, now: number): (number | null)[][] =>
  Array.from(line.at, (at, index) => [minutes(at, now), Number.isNaN(line.value[index]!) ? null : line.value[index]!])

function seriesOf(input: LagOptionInput, span: number): object[] {
  const { tokens } = input
  // Marks and band hang on a series of their own, so that hiding a line does not hide them.
  const marks = {
    type: 'line',
    name: '',
    data: [],
    silent: true,
    animation: false,
    ...bandOf(input),
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: eventMarks(input, span),
      lineStyle: { color: tokens['text-3'], type: [3, 3], width: 1 },
      label: { color: tokens['text-2'], fontSize: 12 },
    },
  }
  const lines = input.data.lines.map((line) => ({
    type: 'line',
    name: input.words.line(line.line),
    showSymbol: false,
    animation: false,
    silent: true,
    lineStyle: { ...lineStyle(line.slot, tokens), width: 1.8 },
    itemStyle: { color: lineStyle(line.slot, tokens).color },
    data: input.hiddenLines.has(line.line) ? [] : pairs(line, input.now),
  }))
  return [marks, ...lines]
}

interface TooltipItem {
  readonly seriesName?: string
  readonly value?: unknown
  readonly axisValue?: unknown
}

function tooltipText(input: LagOptionInput, items: readonly TooltipItem[]): string {
  const x = Number(items[0]?.axisValue)
  const rows = items
    .filter((item) => item.seriesName !== undefined && item.seriesName !== '')
    .map((item) => {
      const value = (item.value as readonly (number | null)[])[1]
      return `${item.seriesName!}  ${typeof value === 'number' ? input.words.value(value) : input.words.unknown}`
    })
  return [input.words.time(input.now + x * 60_000), ...rows].join('\n')
}

export function lagOption(input: LagOptionInput): EChartsCoreOption {
  const { tokens, words } = input
  const scale = top(input)
  const span = spanOf(input.data, input.now)
  const text = { color: tokens['text-3'], fontSize: 12 }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: LEFT, right: RIGHT, top: 20, bottom: 22 },
    xAxis: {
      type: 'value',
      min: -span.minutes,
      max: 0,
      interval: span.step,
      axisLine: { lineStyle: { color: tokens['line-strong'] } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        formatter: (value: number) => words.minutesAgo(-value),
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
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
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      transitionDuration: 0,
      confine: true,
      backgroundColor: tokens.raised,
      borderColor: tokens['line-strong'],
      borderWidth: 1,
      padding: [6, 8],
      shadowBlur: 0,
      shadowColor: 'transparent',
      textStyle: { color: tokens.text, fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: tokens['text-3'] } },
      formatter: (items: unknown) => tooltipText(input, items as TooltipItem[]),
    },
    series: seriesOf(input, span.minutes),
  }
}
