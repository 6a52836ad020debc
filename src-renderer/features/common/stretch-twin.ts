import type { ChartTwin } from '../../ui/chart-twin'
import type { Say } from './say'
import { counted } from './say'
import { twinOf, type TwinParts } from './twin-of'

/** Something that was so from one time to another, or that happened at `from` = `to`. */
export interface TwinStretch {
  /** Name of the band that it is drawn in. */
  readonly who: string
  readonly what: string
  readonly from: number
  readonly to: number
  /** What is left out first where there are many: the lowest. */
  readonly weight: number
}

interface Time {
  readonly from: number
  readonly to: number
}

const MOST = 60

/** The parts of a time that lie in none of `gaps`: where nobody watched, a chart shows that and nothing under it. */
export function outsideOf<T extends Time>(time: T, gaps: readonly Time[]): readonly T[] {
  return gaps.reduce<readonly T[]>(
    (parts, gap) =>
      parts.flatMap((part) => {
        if (gap.to <= part.from || gap.from >= part.to) return [part]
        return [
          ...(gap.from > part.from ? [{ ...part, to: gap.from }] : []),
          ...(gap.to < part.to ? [{ ...part, from: gap.to }] : []),
        ]
      }),
    [time],
  )
}

/** Bands over time as a table: a row a stretch, band by band, the newest first. What lies outside of the span is cut off, as it is on the axis. */
export function stretchTwin(
  say: Say,
  stretches: readonly TwinStretch[],
  parts: Omit<TwinParts, 'columns' | 'rows' | 'span'> & {
    readonly span: { readonly from: number; readonly until: number }
  },
): ChartTwin {
  const { t, f } = say
  const { span, madeAt, notes = [] } = parts
  const shown = stretches
    .filter(({ from, to }) => to >= span.from && from <= span.until)
    .map((one) => ({ ...one, from: Math.max(one.from, span.from), to: Math.min(one.to, span.until) }))
  const stay = new Set(shown.toSorted((a, b) => b.weight - a.weight || b.from - a.from).slice(0, MOST))
  const bands = [...new Set(shown.map(({ who }) => who))]
  const rows = bands.flatMap((band) =>
    shown.filter((one) => one.who === band && stay.has(one)).toSorted((a, b) => b.from - a.from),
  )
  return twinOf(say, {
    ...parts,
    columns: [
      t('twin.column.who'),
      t('twin.column.what'),
      t('twin.column.from'),
      t('twin.column.to'),
      t('twin.column.lasted'),
    ],
    rows: rows.map(({ who, what, from, to }) => ({
      key: `${who} ${what} ${from}`,
      cells: [
        who,
        what,
        f.time(from, madeAt),
        to > from ? f.time(to, madeAt) : '',
        to > from ? f.seconds(to - from) : '',
      ],
    })),
    notes: [...notes, shown.length > rows.length ? counted(say, 'twin.left', shown.length - rows.length) : ''],
  })
}
