import { evictionRange } from '@shared/eviction'
import type { LagUnit } from '../../charts/lag/lag-lines'
import type { LagTexts } from '../../charts/lag/lag-words'
import { twinOf } from './twin-of'
import type { Say } from './say'

interface Named {
  /** The time now, for the age of what was read. */
  readonly clock?: () => number
  /** Name of the one line of a broker or a topic, in place of its own. */
  readonly aggregate?: string | undefined
  /** Broker that leads the partition of the chart: it has no lag, which is not the same as an unknown one. */
  readonly leader?: number
  /** Who led at a moment, -1 = not known, or nobody. */
  readonly leaderAt?: (at: number) => number
  /** Why there is nothing to draw, in place of that nothing is read yet. */
  readonly empty?: string | undefined
}

/** The lag chart's words in the language on screen. */
export function lagTexts(
  say: Say,
  unit: LagUnit,
  now: number,
  evictionWindowMs: number,
  { clock = () => now, aggregate, leader = -1, leaderAt = () => -1, empty }: Named = {},
): LagTexts {
  const { t, f } = say
  const leaves = evictionRange(0, evictionWindowMs)
  const value = (one: number): string => (unit === 'records' ? f.count(one) : f.duration(one * 1000))
  const axis = (one: number): string => (unit === 'records' ? f.count(one) : f.seconds(one * 1000))
  const line = (id: number): string => (id < 0 ? (aggregate ?? t('chart.worst')) : t('chart.broker', { broker: id }))
  const time = (at: number): string => f.time(at, now)
  const span = ({ from, until }: { from: number; until: number }) => ({ from: time(from), until: time(until) })
  const then = (id: number, one: number, at: number): string => {
    if (!Number.isNaN(one)) return value(one)
    return t(id >= 0 && leaderAt(at) === id ? 'chart.leads' : 'chart.unknown')
  }
  return {
    line,
    value,
    end: (id, one) =>
      t('chart.end', {
        line: line(id),
        value: Number.isNaN(one) && id >= 0 && id === leader ? t('chart.leads') : value(one),
      }),
    endOld: (id, one, at) =>
      id >= 0 && id === leader
        ? t('chart.end', { line: line(id), value: t('chart.leads') })
        : t('chart.endOld', { line: line(id), value: value(one), time: time(at) }),
    then,
    axis,
    clock: (at, stepMs) => (stepMs < 60_000 ? f.time(at, at) : f.minute(at)),
    time,
    ago: (ms) => t('chart.ago', { duration: f.seconds(ms) }),
    window: t('chart.window', { range: f.durationRange(leaves.from, leaves.to) }),
    unknown: t('chart.unknown'),
    toggle: (name) => t('chart.show', { line: name }),
    hiddenLines: (n) => t('chart.hidden', { n }),
    more: (n) => t('chart.more', { n }),
    keptSince: (at) => t('chart.keptSince', { time: time(at) }),
    notWatched: (gap) => t('chart.notWatched', span(gap)),
    zoomed: (shown) => t('chart.zoomed', span(shown)),
    said: (at, parts) => t('chart.said', { time: at, what: parts.join(t('board.name.comma')) }),
    happened: (at, what) => t('chart.happened', { time: at, what }),
    twin: ({ lines, rows, highest, stepMs, shown, readAt, hidden }, isAged) => {
      const aged = (said: string, id: number, at: number): string =>
        isAged(id, at) ? t('chart.aged', { value: said }) : said
      return twinOf(say, {
        name: t(unit === 'records' ? 'chart.tableRecords' : 'chart.tableSeconds'),
        source: 'read',
        span: shown,
        readAt,
        madeAt: clock(),
        columns: [t('chart.time'), ...lines.map(line), t('chart.happenedThen')],
        rows:
          rows.length === 0
            ? []
            : [
                ...rows.map(({ at, unwatched, values, events }, row) => ({
                  key: row === 0 ? 'newest' : String(at),
                  cells: [
                    time(at),
                    ...values.map((one, place) =>
                      unwatched ? t('chart.unwatched') : aged(then(lines[place]!, one, at), lines[place]!, at),
                    ),
                    events.join(t('board.name.comma')),
                  ],
                })),
                {
                  key: 'highest',
                  cells: [
                    t('chart.highest'),
                    ...highest.map(({ value: one, at }, place) =>
                      Number.isNaN(one)
                        ? t('chart.unknown')
                        : t('chart.highestAt', { value: aged(value(one), lines[place]!, at), time: time(at) }),
                    ),
                    '',
                  ],
                },
              ],
        notes: [
          rows.length === 0 ? (empty ?? t('chart.empty')) : t('chart.step', { step: f.seconds(stepMs) }),
          hidden > 0 ? t('chart.hidden', { n: hidden }) : '',
        ],
      })
    },
    whole: t('chart.whole'),
    label: t('chart.label'),
    empty: empty ?? t('chart.empty'),
  }
}
