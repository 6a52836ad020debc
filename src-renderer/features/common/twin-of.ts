import type { ChartTwin } from '../../ui/chart-twin'
import type { Say } from './say'
import { sentences } from './say'

export interface TwinParts extends Pick<ChartTwin, 'name' | 'columns' | 'rows'> {
  /** read: answers of the brokers since the cluster was opened; kept: what was written down while it was watched. */
  readonly source: 'read' | 'kept'
  /** null: it is of the moment `readAt`. */
  readonly span: { readonly from: number; readonly until: number } | null
  /** Of the newest figure; NaN = nothing was read. */
  readonly readAt: number
  readonly madeAt: number
  readonly notes?: readonly string[]
}

/** The twin of a chart in the language on screen. Its age is the one it has when it is made, and it says so: who reads it later takes no longer for now what was. */
export function twinOf(say: Say, { source, span, readAt, madeAt, notes = [], ...rest }: TwinParts): ChartTwin {
  const { t, f } = say
  const time = (at: number): string => f.time(at, madeAt)
  const isKnown = span === null || Number.isFinite(span.from + span.until)
  return {
    ...rest,
    basis: sentences(say, [
      t(`twin.source.${source}`),
      span === null || !isKnown ? '' : t('twin.span', { from: time(span.from), until: time(span.until) }),
      Number.isNaN(readAt)
        ? t('twin.nothing')
        : t('twin.age', { at: time(readAt), made: time(madeAt), age: f.seconds(Math.max(0, madeAt - readAt)) }),
    ]),
    notes: notes.filter((note) => note !== ''),
    show: t('twin.show', { name: rest.name }),
    close: t('app.close'),
  }
}
