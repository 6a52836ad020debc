import { evictionRange } from '@shared/eviction'
import type { LagUnit } from '../../charts/lag/lag-lines'
import type { LagTexts } from '../../charts/lag/lag-words'
import type { Say } from './say'

interface Named {
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
  { aggregate, leader = -1, leaderAt = () => -1, empty }: Named = {},
): LagTexts {
  const { t, f } = say
  const leaves = evictionRange(0, evictionWindowMs)
  const value = (one: number): string => (unit === 'records' ? f.count(one) : f.duration(one * 1000))
  const axis = (one: number): string => (unit === 'records' ? f.count(one) : f.seconds(one * 1000))
  const line = (id: number): string => (id < 0 ? (aggregate ?? t('chart.worst')) : t('chart.broker', { broker: id }))
  const time = (at: number): string => f.time(at, now)
  const span = ({ from, until }: { from: number; until: number }) => ({ from: time(from), until: time(until) })
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
    then: (id, one, at) => {
      if (!Number.isNaN(one)) return value(one)
      return t(id >= 0 && leaderAt(at) === id ? 'chart.leads' : 'chart.unknown')
    },
    axis,
    clock: (at, stepMs) => (stepMs < 60_000 ? f.time(at, at) : f.minute(at)),
    time,
    ago: (ms) => t('chart.ago', { duration: f.seconds(ms) }),
    window: t('chart.window', { range: f.durationRange(leaves.from, leaves.to) }),
    unknown: t('chart.unknown'),
    summary: (name, newest, max) =>
      t(unit === 'records' ? 'chart.summaryRecords' : 'chart.summarySeconds', { line: name, now: newest, max }),
    toggle: (name) => t('chart.show', { line: name }),
    hiddenLines: (n) => t('chart.hidden', { n }),
    more: (n) => t('chart.more', { n }),
    keptSince: (at) => t('chart.keptSince', { time: time(at) }),
    notWatched: (gap) => t('chart.notWatched', span(gap)),
    zoomed: (shown) => t('chart.zoomed', span(shown)),
    said: (at, parts) => t('chart.said', { time: at, what: parts.join(t('board.name.comma')) }),
    happened: (at, what) => t('chart.happened', { time: at, what }),
    whole: t('chart.whole'),
    label: t('chart.label'),
    empty: empty ?? t('chart.empty'),
    table: t('chart.table'),
    timeHeading: t('chart.time'),
  }
}
