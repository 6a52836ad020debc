/** How sure what is said of an incident is: who told it, how closely it was looked, and what cannot be known. Pure. */
import type { Incident, KeptEvent } from '@contract/history'
import type { Say } from '../common/say'
import { counted, listed } from '../common/say'
import { gapsIn } from './lanes'
import { isOpen, isSeen } from './span-words'
import { gapWords, unwatchedMs, type Gap } from './watched'

export interface Evidence {
  /** Those that are read, newest first; null = none is read yet. */
  readonly events: readonly KeptEvent[] | null
  /** There are more of them. */
  readonly more: boolean
  /** null = what was watched is not known. */
  readonly gaps: readonly Gap[] | null
}

const NAMED_GAPS = 3

function middle(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Elections that happened between two looks, so that only the last one was seen. */
export const missedElections = (events: readonly KeptEvent[]): number =>
  events.reduce((sum, { kind, elections }) => {
    if (!Number.isFinite(elections)) return sum
    if (kind === 'epochs') return sum + elections
    return kind === 'leader' ? sum + Math.max(0, elections - 1) : sum
  }, 0)

function ofEvents(say: Say, events: readonly KeptEvent[], more: boolean): readonly string[] {
  const tellers = [...new Set(events.map(({ toldBy }) => toldBy).filter((id) => id >= 0))].sort((a, b) => a - b)
  const widths = events.filter((one) => Number.isFinite(one.from) && isSeen(one)).map(({ from, to }) => to - from)
  const missed = missedElections(events)
  return [
    tellers.length === 0 ? '' : say.t('history.sure.told', { who: listed(say, tellers.map(String)) }, tellers.length),
    widths.length === 0
      ? ''
      : say.t('history.sure.looks', {
          typical: say.f.duration(middle(widths)),
          longest: say.f.duration(Math.max(...widths.slice(0, 10_000))),
        }),
    missed === 0 ? '' : counted(say, 'history.sure.missed', missed),
    more ? say.t('history.sure.notAll', { n: say.f.count(events.length) }) : '',
  ]
}

/** Of the incident itself: what is drawn of the time around it is no part of it. */
function ofGaps(say: Say, incident: Incident, around: readonly Gap[] | null, now: number): string {
  if (around === null) return say.t('history.sure.watchUnknown')
  const { began, ended } = incident
  const from = Number.isNaN(began.from) ? began.to : began.from
  const gaps = gapsIn(around, { from, until: isOpen(incident) ? now : ended.to })
  if (gaps.length === 0) return say.t(isOpen(incident) ? 'history.sure.watchedSoFar' : 'history.sure.watched')
  const named = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, NAMED_GAPS)
  return counted(say, 'history.sure.gaps', gaps.length, {
    away: say.f.seconds(unwatchedMs(gaps)),
    longest: listed(
      say,
      named.map((one) => gapWords(say, one, now)),
    ),
  })
}

export function certainty(
  say: Say,
  incident: Incident,
  { events, more, gaps }: Evidence,
  now: number,
): readonly string[] {
  return [
    ofGaps(say, incident, gaps, now),
    ...(events === null ? [] : ofEvents(say, events, more)),
    Number.isNaN(incident.began.from) ? say.t('history.sure.earlier') : '',
    say.t('history.sure.between'),
    say.t(incident.lostAtLeast > 0 ? 'history.sure.lossLeast' : 'history.sure.noLoss'),
    say.t('history.sure.causes', { zone: say.f.zone(now) }),
  ].filter((one) => one !== '')
}
