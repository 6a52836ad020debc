/** What the history keeps of the time before a chart's own readings. Pure. */
import type { KeptSeries } from '@contract/kept-samples'
import type { LagSeries } from '@contract/live'

export interface KeptLine {
  readonly line: number
  readonly series: KeptSeries
}

/**
 * Behind what is kept of each line, the readings of `series`. Time alone: records are kept as the highest of the replicas, and the chart of a broker or a topic
 * shows their sum. A kept point is of the span that ends at its time here.
 */
export function withOlder(kept: readonly KeptLine[], series: LagSeries): LagSeries {
  const first = series.at[0] ?? Infinity
  const times = new Set(kept.flatMap(({ series: { at, resolutionMs } }) => at.map((from) => from + resolutionMs)))
  const older = [...times].filter((at) => at < first).sort((a, b) => a - b)
  if (older.length === 0) return series
  const lines = [...new Set([...series.lines, ...kept.map(({ line }) => line)])]
  const rows = older.length + series.at.length
  const fill = (): Float64Array => new Float64Array(rows * lines.length).fill(Number.NaN)
  const [lagRecords, lateMs] = [fill(), fill()]
  const placeOf = new Map(older.map((at, index) => [at, index]))
  for (const { line, series: one } of kept) {
    const column = lines.indexOf(line)
    one.at.forEach((from, index) => {
      const row = placeOf.get(from + one.resolutionMs)
      if (row !== undefined) lateMs[row * lines.length + column] = one.figures.lateMs[index]!
    })
  }
  series.at.forEach((_, index) => {
    series.lines.forEach((line, k) => {
      const to = (older.length + index) * lines.length + lines.indexOf(line)
      lagRecords[to] = series.lagRecords[index * series.lines.length + k]!
      lateMs[to] = series.lateMs[index * series.lines.length + k]!
    })
  })
  return {
    ...series,
    at: Float64Array.from([...older, ...series.at]),
    lines: Int32Array.from(lines),
    lagRecords,
    lateMs,
  }
}
