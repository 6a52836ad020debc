/** What is kept of a topic, as one line of the board shows it. Pure. */
import type { KeptSeries } from '@contract/kept-samples'

export const SPAN_MS = 15 * 60_000
export const STEP_MS = 10_000
/** A sample is taken every 10 s and covers the 10 s before: an older one tells nothing of now. */
const FRESH_MS = 3 * STEP_MS

export interface TopicLine {
  /** By which the leaders' logs grow, records/s; NaN = not known. */
  readonly rate: number
  /** Lag in records by time, one per step, oldest first; NaN = nothing was kept, or it was not known. */
  readonly lag: readonly number[]
}

/**
 * `since`: the picture has been live since then. A sample of before may be another login's, which was not told of this topic and so kept none of its records.
 */
export function topicLine({ at, figures, resolutionMs }: KeptSeries, now: number, since: number): TopicLine {
  const steps = SPAN_MS / STEP_MS
  const lag = new Array<number>(steps).fill(Number.NaN)
  const from = now - SPAN_MS
  at.forEach((time, point) => {
    const step = Math.floor((time - from) / STEP_MS)
    if (step >= 0 && step < steps) lag[step] = figures.lagRecords[point]!
  })
  const last = at.length - 1
  const fresh = last >= 0 && at[last]! >= since && now - (at[last]! + resolutionMs) <= FRESH_MS
  return { rate: fresh ? figures.recordsPerSecond[last]! : Number.NaN, lag }
}

/** Corners of a line in a box, a list for each piece without a gap; `y` grows downwards. A line of nothing but zeros lies on the ground. */
export function sparkLines(values: readonly number[], width: number, height: number): string[] {
  const top = Math.max(...values.filter((value) => !Number.isNaN(value)), 1)
  const lines: string[] = []
  let open: string[] = []
  values.forEach((value, place) => {
    if (Number.isNaN(value)) {
      if (open.length > 0) lines.push(open.join(' '))
      open = []
      return
    }
    const x = ((place + 0.5) / values.length) * width
    const y = height - 1 - (value / top) * (height - 2)
    open.push(`${x.toFixed(1)},${y.toFixed(1)}`)
  })
  if (open.length > 0) lines.push(open.join(' '))
  // A single point is a dash, so that it is seen.
  return lines.map((line) => (line.includes(' ') ? line : `${line} ${nextTo(line)}`))
}

function nextTo(point: string): string {
  const [x = 0, y = 0] = point.split(',').map(Number)
  return `${(x + 1).toFixed(1)},${y.toFixed(1)}`
}
