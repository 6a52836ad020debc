/** Scores over time as a stepped line in a box. Pure. */
import type { AuditRun } from '@contract/audit'

export interface ScoreLine {
  /** Of an SVG path, '' below two runs. */
  readonly path: string
  /** Scores at the bottom and at the top of the box. */
  readonly low: number
  readonly high: number
}

const STEP = 20

/** Time from left to right, as far apart as the runs were; a score holds until the next run. */
export function scoreLine(runs: readonly AuditRun[], width: number, height: number): ScoreLine {
  const scores = runs.map(({ score }) => score)
  const low = Math.min(80, Math.floor(Math.min(...scores, 100) / STEP) * STEP)
  const first = runs[0]?.at ?? 0
  const span = (runs.at(-1)?.at ?? 0) - first
  if (runs.length < 2 || span <= 0) return { path: '', low, high: 100 }
  const round = (value: number): number => Math.round(value * 10) / 10
  const x = (at: number): number => round(((at - first) / span) * width)
  const y = (score: number): number => round(height - ((score - low) / (100 - low)) * height)
  const path = runs
    .map(({ at, score }, index) => (index === 0 ? `M${x(at)} ${y(score)}` : `H${x(at)}V${y(score)}`))
    .join('')
  return { path, low, high: 100 }
}
