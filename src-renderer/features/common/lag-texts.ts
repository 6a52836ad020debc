import type { ReplicaEventKind } from '@contract/live'
import { evictionRange } from '@shared/eviction'
import type { LagUnit } from '../../charts/lag/lag-lines'
import type { LagTexts } from '../../charts/lag/lag-words'
import type { Say } from './say'

const EVENTS = {
  'left-isr': 'leftIsr',
  'joined-isr': 'joinedIsr',
  leader: 'leader',
  'leader-back': 'leaderBack',
} as const satisfies Record<ReplicaEventKind, string>

interface Named {
  /** Name of line -1. */
  readonly aggregate?: string | undefined
  /** Broker that leads the partition of the chart: it has no lag, which is not the same as an unknown one. */
  readonly leader?: number
  /** The partition has none now. */
  readonly leaderless?: boolean
}

/** The lag chart's words in the language on screen. */
export function lagTexts(
  say: Say,
  unit: LagUnit,
  now: number,
  evictionWindowMs: number,
  { aggregate, leader = -1, leaderless = false }: Named = {},
): LagTexts {
  const { t, f } = say
  const leaves = evictionRange(0, evictionWindowMs)
  const value = (one: number): string => (unit === 'records' ? f.count(one) : f.duration(one * 1000))
  const axis = (one: number): string => (unit === 'records' ? f.count(one) : f.seconds(one * 1000))
  return {
    value,
    newest: (line, one) => (Number.isNaN(one) && line >= 0 && line === leader ? t('chart.leads') : value(one)),
    axis,
    line: (id) => (id < 0 ? (aggregate ?? t('chart.worst')) : t('chart.broker', { broker: id })),
    event: (kind, line) => t(`chart.${EVENTS[kind]}`, { broker: line }),
    minutesAgo: (minutes) => (minutes === 0 ? t('chart.now') : t('chart.minutesAgo', { n: minutes })),
    time: (at) => f.time(at, now),
    window: t('chart.window', { range: f.durationRange(leaves.from, leaves.to) }),
    unknown: t('chart.unknown'),
    summary: (line, newest, max) =>
      t(unit === 'records' ? 'chart.summaryRecords' : 'chart.summarySeconds', { line, now: newest, max }),
    toggle: (line) => t('chart.show', { line }),
    hiddenLines: (n) => t('chart.hidden', { n }),
    empty: t(leaderless ? 'chart.leaderless' : 'chart.empty'),
    table: t('chart.table'),
    timeHeading: t('chart.time'),
  }
}
