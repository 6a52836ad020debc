/** The figures of the lag chart's table: as the cursor would read them at round moments of what is shown, and the highest of each line. Pure. */
import { timeTicks } from './lag-axis'
import { isUnwatched, readingBefore, valueAt } from './lag-lines'
import type { LagLine, LagLines, TimeSpan } from './lag-lines'
import type { ChartMark } from './lag-rail'

/** At most, beside the newest. */
const ROWS = 16
const TICK_PX = 74

export interface LagTwinRow {
  readonly at: number
  /** Nothing was read then. */
  readonly unwatched: boolean
  /** By line, NaN = not known. */
  readonly values: readonly number[]
  /** What happened from this moment to the one of the row above. */
  readonly events: readonly string[]
}

export interface LagTwin {
  /** Ids, in the order of the columns. */
  readonly lines: readonly number[]
  /** Newest first; none where there is nothing to draw. */
  readonly rows: readonly LagTwinRow[]
  readonly highest: readonly { readonly value: number; readonly at: number }[]
  readonly stepMs: number
  readonly shown: TimeSpan
  /** Of the newest reading that is shown, NaN = none is. */
  readonly readAt: number
  /** Lines that are not drawn. */
  readonly hidden: number
}

/** `lines`: those that are drawn. */
export function lagTwin(
  data: LagLines,
  lines: readonly LagLine[],
  marks: readonly ChartMark[],
  axis: TimeSpan,
): LagTwin {
  const { stepMs, at } = timeTicks(axis, ROWS * TICK_PX)
  const readAt = data.at[readingBefore(data.at, axis.until)] ?? Number.NaN
  const newest = readAt >= axis.from ? readAt : Number.NaN
  const moments = [
    ...(Number.isNaN(newest) ? [] : [newest]),
    ...at.filter((time) => !(time > newest - stepMs / 2)).toReversed(),
  ]
  return {
    lines: lines.map(({ line }) => line),
    rows:
      lines.length === 0
        ? []
        : moments.map((moment, row) => ({
            at: moment,
            unwatched: isUnwatched(data.gaps, moment),
            values: lines.map((line) => valueAt(data, line, moment)),
            events: marks
              .filter((mark) => mark.at >= moment && mark.at < (moments[row - 1] ?? Infinity) && mark.at <= axis.until)
              .toSorted((a, b) => a.at - b.at)
              .map(({ text }) => text),
          })),
    highest: lines.map((line) => highestIn(data, line, axis)),
    stepMs,
    shown: axis,
    readAt: newest,
    hidden: data.hidden,
  }
}

function highestIn({ at }: LagLines, { value }: LagLine, { from, until }: TimeSpan): { value: number; at: number } {
  const best = { value: Number.NaN, at: Number.NaN }
  for (let index = readingBefore(at, from - 1) + 1; index < at.length && at[index]! <= until; index += 1)
    if (!Number.isNaN(value[index]!) && !(value[index]! <= best.value)) {
      best.value = value[index]!
      best.at = at[index]!
    }
  return best
}
