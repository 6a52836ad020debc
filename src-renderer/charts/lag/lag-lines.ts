/** What the lag chart draws: the fetched history and the live points as one set of columns over one row of times. Pure. */
import type { LagSeries, LivePoint } from '@contract/live'

export const MAX_LINES = 30
/** A step of the fetched history: its values are the highest of so long a time, and its time is that of the newest reading in it. */
const STEP_MS = 2000
/** Readings further apart than this, and than thrice the distance before, have a gap between them. */
const UNREAD_MS = 10_000
const UNREAD_FACTOR = 3
/** The longest interval there is. */
const MOST_USUAL_MS = 60_000

export type LagUnit = 'records' | 'seconds'

export interface TimeSpan {
  readonly from: number
  readonly until: number
}

/** `value` is aligned with `LagLines.at`; NaN = not known then. */
export interface LagLine {
  readonly line: number
  /** Its place among all lines of the subject: what its shade hangs on, so that it stays when another line comes or goes. */
  readonly slot: number
  readonly value: Float64Array
  readonly now: number
  readonly max: number
}

export interface LagLines {
  /** Times of the readings, oldest first. */
  readonly at: Float64Array
  /** In the order of the line ids; the worst MAX_LINES of them. */
  readonly lines: readonly LagLine[]
  readonly hidden: number
  /** From the last reading before to the first one after a time in which nothing was read (asleep, paused, not connected). */
  readonly gaps: readonly TimeSpan[]
}

interface Row {
  readonly at: number
  readonly lines: ArrayLike<number>
  /** Of the first line in `values`. */
  readonly from: number
  readonly values: ArrayLike<number>
}

/** Both sources by time. Where there are points they count: they are what was read, a step of the history is the highest of two seconds. */
function rowsOf(series: LagSeries | null, points: readonly LivePoint[], unit: LagUnit, since: number): Row[] {
  const rows: Row[] = []
  const add = (row: Row): void => {
    if (row.at >= since && !(row.at <= (rows.at(-1)?.at ?? -Infinity))) rows.push(row)
  }
  let next = 0
  const addPoints = (upTo: number): void => {
    for (; next < points.length && points[next]!.at <= upTo; next += 1) {
      const point = points[next]!
      const values = unit === 'records' ? point.lagRecords : point.lateMs
      add({ at: point.at, lines: point.lines, from: 0, values })
    }
  }
  const width = series?.lines.length ?? 0
  series?.at.forEach((at, index) => {
    addPoints(at)
    const before = points[next - 1]?.at ?? -Infinity
    if (before > at - STEP_MS) return
    const values = unit === 'records' ? series.lagRecords : series.lateMs
    add({ at, lines: series.lines, from: index * width, values })
  })
  addPoints(Infinity)
  return rows
}

function gapsOf(at: Float64Array): TimeSpan[] {
  const gaps: TimeSpan[] = []
  for (let index = 1; index < at.length; index += 1) {
    const usual = at[index - 1]! - (at[index - 2] ?? Number.NEGATIVE_INFINITY)
    const distance = at[index]! - at[index - 1]!
    if (distance > Math.max(UNREAD_MS, UNREAD_FACTOR * Math.min(usual, MOST_USUAL_MS)))
      gaps.push({ from: at[index - 1]!, until: at[index]! })
  }
  return gaps
}

/** Largest known value between two places, NaN if none is known. */
export function maxOf(value: Float64Array, from = 0, until = value.length): number {
  let max = Number.NaN
  for (let index = from; index < until; index += 1) if (!(value[index]! <= max)) max = larger(max, value[index]!)
  return max
}
const larger = (max: number, value: number): number => (Number.isNaN(value) ? max : value)

/**
 * What was read since `since`. `points` of another subject than the series are left out by the caller; seconds are seconds here, not ms. A line
 * that was never known (the leader's own) is not drawn.
 */
export function lagLines(
  series: LagSeries | null,
  points: readonly LivePoint[],
  unit: LagUnit,
  since: number,
): LagLines {
  const rows = rowsOf(series, points, unit, since)
  const at = Float64Array.from(rows, (row) => row.at)
  const scale = unit === 'seconds' ? 1000 : 1
  const values = new Map<number, Float64Array>()
  rows.forEach((row, index) => {
    for (let k = 0; k < row.lines.length; k += 1) {
      const line = row.lines[k]!
      let value = values.get(line)
      if (value === undefined) values.set(line, (value = new Float64Array(rows.length).fill(Number.NaN)))
      value[index] = row.values[row.from + k]! / scale
    }
  })
  const all = [...values]
    .sort(([a], [b]) => a - b)
    .map(([line, value], slot): LagLine => ({ line, slot, value, now: value.at(-1) ?? Number.NaN, max: maxOf(value) }))
    .filter(({ max }) => !Number.isNaN(max))
  const worst = all.length <= MAX_LINES ? all : all.toSorted((a, b) => b.max - a.max).slice(0, MAX_LINES)
  return {
    at,
    lines: worst.sort((a, b) => a.line - b.line),
    hidden: all.length - worst.length,
    gaps: gapsOf(at),
  }
}

/** Place of the last reading at or before a time, -1 if there is none. */
export function readingBefore(at: Float64Array, time: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

export const isUnwatched = (gaps: readonly TimeSpan[], time: number): boolean =>
  gaps.some(({ from, until }) => time > from && time < until)

/** What was known of a line at a time: by the last reading until then, NaN while nothing was read. */
export function valueAt({ at, gaps }: LagLines, line: LagLine, time: number): number {
  if (isUnwatched(gaps, time) || time > (at.at(-1) ?? -Infinity) + UNREAD_MS) return Number.NaN
  return line.value[readingBefore(at, time)] ?? Number.NaN
}

/** The last one that was known. */
export function lastKnown({ at }: LagLines, line: LagLine): { readonly at: number; readonly value: number } {
  let index = line.value.length - 1
  while (index >= 0 && Number.isNaN(line.value[index]!)) index -= 1
  return { at: at[index] ?? Number.NaN, value: line.value[index] ?? Number.NaN }
}
