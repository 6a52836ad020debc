import type { LivePoint } from '@contract/live'

/** As long as a chart shows; the main process keeps the same. */
export const KEPT_MS = 15 * 60_000

/** The points with `point` behind them: another subject starts anew, an older or equal time is left out, what is too old falls off. */
export function withPoint(points: readonly LivePoint[], point: LivePoint): readonly LivePoint[] {
  const last = points.at(-1)
  if (last === undefined || last.subject !== point.subject) return [point]
  if (point.at <= last.at) return points
  const from = points.findIndex((kept) => kept.at > point.at - KEPT_MS)
  return [...(from <= 0 ? points : points.slice(from)), point]
}
