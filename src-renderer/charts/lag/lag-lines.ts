/** What the lag chart draws: the fetched history and the live points behind it as one series, cut to the time on screen. Pure. */
import type { LagSeries, LivePoint } from '@contract/live'

export const SHOWN_MS = 15 * 60_000
export const MAX_LINES = 30
/** Readings further apart than this, and than thrice the distance before, have a gap between them. */
const UNREAD_MS = 10_000
const UNREAD_FACTOR = 3
/** The longest interval there is. */
const MOST_USUAL_MS = 60_000

export type LagUnit = 'records' | 'seconds'

/** Time-major values of one line; NaN = not read. */
export interface LagLine {
  readonly line: number
  /** Its place among all lines of the subject: what colour and dash hang on, so that they stay when another line comes or goes. */
  readonly slot: number
  readonly at: Float64Array
  readonly value: Float64Array
  readonly now: number
  readonly max: number
}

export interface LagLines {
  /** In the order of the line ids; the worst MAX_LINES of them. */
  readonly lines: readonly LagLine[]
  readonly hidden: number
  readonly latest: number
}

type Sample = readonly [at: number, value: number]

function collect(
  series: LagSeries | null,
  points: readonly LivePoint[],
  unit: LagUnit,
  since: number,
): Map<number, Sample[]> {
  const found = new Map<number, Sample[]>()
  const add = (line: number, at: number, value: number): void => {
    const samples = found.get(line)
    if (samples === undefined) {
      found.set(line, [[at, value]])
      return
    }
    const last = samples.at(-1)![0]
    const usual = last - (samples.at(-2)?.[0] ?? Number.NEGATIVE_INFINITY)
    // Nothing was read in between (asleep, paused, not connected): no line is drawn over that.
    if (at - last > Math.max(UNREAD_MS, UNREAD_FACTOR * Math.min(usual, MOST_USUAL_MS)))
      samples.push([last + 1, Number.NaN])
    samples.push([at, value])
  }
  const width = series?.lines.length ?? 0
  const values = unit === 'records' ? series?.lagRecords : series?.lateMs
  series?.at.forEach((at, index) => {
    if (at >= since) for (let k = 0; k < width; k++) add(series.lines[k]!, at, values![index * width + k]!)
  })
  const last = series?.at.at(-1) ?? -Infinity
  for (const point of points) {
    if (point.at <= last || point.at < since) continue
    point.lines.forEach((line, k) => add(line, point.at, (unit === 'records' ? point.lagRecords : point.lateMs)[k]!))
  }
  return found
}

function toLine(line: number, slot: number, samples: readonly Sample[], unit: LagUnit): LagLine {
  const scale = unit === 'seconds' ? 1000 : 1
  const value = Float64Array.from(samples, (sample) => sample[1] / scale)
  let max = Number.NaN
  for (const one of value) if (!(one <= max)) max = Number.isNaN(one) ? max : one
  return {
    line,
    slot,
    at: Float64Array.from(samples, (sample) => sample[0]),
    value,
    now: value.at(-1) ?? Number.NaN,
    max,
  }
}

/**
 * `points` of another subject than the series are left out by the caller; seconds are seconds here, not ms. A line that was never known
 * (the leader's own) is not drawn.
 */
export function lagLines(series: LagSeries | null, points: readonly LivePoint[], unit: LagUnit, now: number): LagLines {
  const collected = [...collect(series, points, unit, now - SHOWN_MS)].sort(([a], [b]) => a - b)
  const all = collected
    .map(([line, samples], slot) => toLine(line, slot, samples, unit))
    .filter((line) => !Number.isNaN(line.max))
  const latest = all.reduce((most, one) => Math.max(most, one.at.at(-1) ?? 0), 0)
  if (all.length <= MAX_LINES) return { lines: all, hidden: 0, latest }
  const worst = all.sort((a, b) => b.max - a.max).slice(0, MAX_LINES)
  return { lines: worst.sort((a, b) => a.line - b.line), hidden: all.length - MAX_LINES, latest }
}

/** One row a minute for the text twin: the newest value of each line in that minute. */
export function byMinute(
  lines: readonly LagLine[],
  now: number,
): { readonly at: number; readonly values: readonly number[] }[] {
  return Array.from({ length: 15 }, (_, index) => {
    const to = now - index * 60_000
    const values = lines.map((line) => {
      for (let k = line.at.length - 1; k >= 0; k--) {
        if (line.at[k]! <= to) return line.at[k]! > to - 60_000 ? line.value[k]! : Number.NaN
      }
      return Number.NaN
    })
    return { at: to, values }
  })
}
