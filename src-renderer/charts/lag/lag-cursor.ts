/** Pointer and keys on the time of the lag chart. Pure. */
import { isUnwatched, readingBefore } from './lag-lines'
import type { LagLines, TimeSpan } from './lag-lines'

/** Less is a click. */
const DRAG_PX = 6
/** No closer than can be told apart. */
const LEAST_ZOOM_MS = 2_000

/** px inside the plot, and back. */
export const xOf = (time: number, { from, until }: TimeSpan, width: number): number =>
  ((time - from) / Math.max(1, until - from)) * width
export const timeOf = (x: number, { from, until }: TimeSpan, width: number): number =>
  from + (Math.min(Math.max(x, 0), width) / Math.max(1, width)) * (until - from)

/** The nearest reading of the axis; in a time that was not watched the time itself. NaN: there is none. */
export function snapped({ at, gaps }: LagLines, { from, until }: TimeSpan, time: number): number {
  if (isUnwatched(gaps, time)) return time
  const before = readingBefore(at, time)
  const near = [at[before], at[before + 1]].filter((one) => one !== undefined && one >= from && one <= until)
  return near.reduce<number>(
    (best, one) => (Math.abs(one! - time) < Math.abs(best - time) ? one! : best),
    near[0] ?? Number.NaN,
  )
}

/** The reading so many px to the side, at least the next one, no further than the axis. */
export function stepped(data: LagLines, axis: TimeSpan, time: number, byPx: number, width: number): number {
  const { at } = data
  const now = readingBefore(at, time)
  const goal = time + (byPx / Math.max(1, width)) * (axis.until - axis.from)
  const next = byPx > 0 ? Math.max(now + 1, readingBefore(at, goal)) : Math.min(now - 1, readingBefore(at, goal))
  const first = readingBefore(at, axis.from - 1) + 1
  const last = readingBefore(at, axis.until)
  return at[Math.min(Math.max(next, first), last)] ?? Number.NaN
}

/** What a drag from one time to another asks for; null = nothing. */
export function zoomOf(a: number, b: number, axis: TimeSpan, width: number): TimeSpan | null {
  if (Math.abs(xOf(a, axis, width) - xOf(b, axis, width)) < DRAG_PX) return null
  const from = Math.max(axis.from, Math.min(a, b))
  const until = Math.min(axis.until, Math.max(a, b))
  const lacks = Math.max(0, LEAST_ZOOM_MS - (until - from)) / 2
  return { from: from - lacks, until: until + lacks }
}
