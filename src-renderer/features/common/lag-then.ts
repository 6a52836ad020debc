import type { LagSeries, LivePoint } from '@contract/live'
import { lagLines, valueAt } from '../../charts/lag/lag-lines'

/** What was read of a line at a moment; NaN = not known then. */
export interface LagThen {
  readonly line: number
  readonly lagRecords: number
  readonly lateMs: number
}

/** The same figures that the chart shows, in both units. */
export function lagAt(series: LagSeries | null, points: readonly LivePoint[], at: number): readonly LagThen[] {
  const records = lagLines(series, points, 'records', -Infinity)
  const seconds = lagLines(series, points, 'seconds', -Infinity)
  const lines = new Set([...records.lines, ...seconds.lines].map(({ line }) => line))
  const of = (data: typeof records, line: number): number => {
    const found = data.lines.find((one) => one.line === line)
    return found === undefined ? Number.NaN : valueAt(data, found, at)
  }
  return [...lines].map((line) => ({ line, lagRecords: of(records, line), lateMs: of(seconds, line) * 1000 }))
}
