/** Time on a canvas, and what wheel, keys and handles make of a range. Pure. */
import type { Range } from './view'

export const LEAST_MS = 5_000

export const xOf = (at: number, { from, until }: Range, left: number, width: number): number =>
  left + ((at - from) / (until - from)) * width

export const timeAt = (x: number, { from, until }: Range, left: number, width: number): number =>
  from + ((x - left) / Math.max(1, width)) * (until - from)

/** Within `whole`, and no shorter than can be told apart. */
export function within({ from, until }: Range, whole: Range): Range {
  const most = whole.until - whole.from
  const length = Math.min(most, Math.max(Math.min(LEAST_MS, most), until - from))
  const start = Math.min(Math.max(from, whole.from), whole.until - length)
  return { from: start, until: start + length }
}

/** `factor` below 1 goes closer; `at` stays where it is on screen. */
export function zoomed({ from, until }: Range, factor: number, at: number, whole: Range): Range {
  const length = Math.min(whole.until - whole.from, Math.max(LEAST_MS, (until - from) * factor))
  const share = (at - from) / Math.max(1, until - from)
  const start = at - share * length
  return within({ from: start, until: start + length }, whole)
}

/** By a share of what is seen. */
export function moved({ from, until }: Range, share: number, whole: Range): Range {
  const by = (until - from) * share
  return within({ from: from + by, until: until + by }, whole)
}

export type Grip = 'from' | 'until' | 'all'

/** One handle, or all of it, brought to where the pointer is; `grabbed`: the time at which it was taken hold of. */
export function dragged(range: Range, grip: Grip, at: number, grabbed: number, whole: Range): Range {
  if (grip === 'all') return within({ from: range.from + at - grabbed, until: range.until + at - grabbed }, whole)
  const to = Math.min(Math.max(at, whole.from), whole.until)
  return grip === 'from'
    ? { from: Math.min(to, range.until - LEAST_MS), until: range.until }
    : { from: range.from, until: Math.max(to, range.from + LEAST_MS) }
}
