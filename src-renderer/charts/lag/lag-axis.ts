/** How long the lag chart looks back, and its round marks of time and value. Pure. */
import { niceScale } from '../nice'
import type { LagUnit, TimeSpan } from './lag-lines'

export const LAG_RANGES = ['1m', '5m', '15m', 'all'] as const
export type LagRange = (typeof LAG_RANGES)[number]

const RANGE_MS: Readonly<Record<LagRange, number>> = { '1m': 60_000, '5m': 300_000, '15m': 900_000, all: Infinity }
/** A chart that has just begun is this long. */
const LEAST_MS = 10_000
/** The history keeps as long as the longest range, and forgets in steps: what lacks less than this is all there. */
const NEARLY_MS = 6_000

export interface LagAxis extends TimeSpan {
  /** The first reading, where less is kept than was asked for; else, and where nothing is read, NaN. */
  readonly begins: number
}

/** Exactly the range where so much is kept, else from the first reading. `oldest` NaN = nothing is read. */
export function axisOf(range: LagRange, oldest: number, newest: number): LagAxis {
  const length = RANGE_MS[range]
  const from = Number.isNaN(oldest) ? newest : oldest
  if (from <= newest - length + NEARLY_MS) return { from: newest - length, until: newest, begins: Number.NaN }
  return { from: Math.min(from, newest - LEAST_MS), until: newest, begins: oldest }
}

/** Seconds: steps of a clock. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]
export interface TimeTicks {
  readonly stepMs: number
  readonly at: readonly number[]
}

/** More than these are not read faster. */
const MOST_TICKS = 12

/** Round moments of the clock, as many as have `room` px each. */
export function timeTicks({ from, until }: TimeSpan, width: number, room = 74): TimeTicks {
  const parts = Math.max(1, Math.min(MOST_TICKS, Math.floor(width / room)))
  const wanted = (until - from) / 1000 / parts
  const stepMs = (TIME_STEPS.find((step) => step >= wanted) ?? TIME_STEPS.at(-1)!) * 1000
  const at: number[] = []
  for (let time = Math.ceil(from / stepMs) * stepMs; time <= until; time += stepMs) at.push(time)
  return { stepMs, at }
}

/** Of a duration axis: above a minute whole minutes only, so that no mark reads `1 min 40 s`. */
const SECOND_STEPS = [1, 2, 5, 10, 15, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

/** From 0, in at most `parts` equal round steps. */
export function valueScale(unit: LagUnit, max: number, parts: number): { readonly max: number; readonly step: number } {
  if (unit === 'records') return niceScale(Math.max(10, max), parts)
  const most = Math.max(5, max)
  const step =
    SECOND_STEPS.find((one) => Math.ceil(most / one) <= parts && (one >= 60 || Math.ceil(most / one) * one <= 60)) ??
    Math.ceil(most / parts / 86_400) * 86_400
  return { max: Math.ceil(most / step) * step, step }
}
