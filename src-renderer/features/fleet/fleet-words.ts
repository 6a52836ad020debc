/** Sentences about saved clusters beside each other: by the same words as the board's. Pure. */
import type { FleetRow } from '@contract/fleet'
import { UNWATCHED } from '@contract/fleet'
import { printable } from '@shared/printable'
import { HEALTHY, STATE_NAMES } from '@shared/states'
import { headlineView } from '../board/headline'
import { countdown } from '../common/countdown'
import { errorKey } from '../common/error-text'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'
import type { TwinStretch } from '../common/stretch-twin'
import { isSeen, isUnwatched, runsOf, troubleOf } from './standing'

/** What is older than so many polls, and than this, is not of now. */
const STALE_POLLS = 3
const STALE_MS = 10_000

export const ageOf = ({ status }: FleetRow, now: number): number => Math.max(0, now - (status?.takenAt ?? Number.NaN))

export const isOld = (row: FleetRow, now: number): boolean =>
  ageOf(row, now) > Math.max(STALE_MS, STALE_POLLS * (row.summary?.intervalMs ?? 0))

/** The board's own sentence; '' = there is no picture. */
const boardSentence = (say: Say, { summary, status }: FleetRow, now: number): string =>
  summary === null || summary.headline.level === 'unread'
    ? ''
    : headlineView(say, summary, { phase: 'live', takenAt: status?.takenAt ?? Number.NaN }, now).sentence

const lastSeen = (say: Say, row: FleetRow, now: number): string => {
  const sentence = boardSentence(say, row, now)
  return sentence === '' ? '' : say.t('fleet.lastSeen', { age: say.f.seconds(ageOf(row, now)), sentence })
}

/** How it stands, in one sentence. Of what nobody watches it says just that. */
export function sentenceOf(say: Say, row: FleetRow, now: number): string {
  const { state, status } = row
  if (isUnwatched(row)) return say.t(state === 'off' ? 'fleet.unwatched' : `settings.watch.of.${state}`)
  if (state === 'blind') {
    const since = say.t('fleet.unreachable', { since: say.f.time(status?.since ?? Number.NaN, now) })
    const problem = status?.problem ?? null
    return sentences(say, [since, problem === null ? '' : say.t(errorKey(problem))])
  }
  if (state === 'connecting') return sentences(say, [say.t('fleet.connecting'), lastSeen(say, row, now)])
  if (state === 'paused') return sentences(say, [say.t('fleet.paused'), lastSeen(say, row, now)])
  const sentence = boardSentence(say, row, now)
  if (sentence === '') return say.t('board.unread.sentence')
  return isOld(row, now) ? lastSeen(say, row, now) : sentence
}

/** What the sentence stands on: how much there is, and how old that is. `lastSeenAt` of what is not watched, NaN = never. */
export function basisOf(say: Say, row: FleetRow, now: number, lastSeenAt: number): string {
  const { summary } = row
  const parts: string[] = []
  if (row.open) parts.push(say.t('connect.isOpen'))
  if (summary !== null && summary.headline.level !== 'unread') {
    parts.push(counted(say, 'fleet.partitions', summary.partitions))
    parts.push(counted(say, 'fleet.brokers', summary.brokers.length))
    if (summary.kafkaVersion !== '') parts.push(`Kafka ${printable(summary.kafkaVersion)}`)
    parts.push(say.t('fleet.age', { age: say.f.seconds(ageOf(row, now)) }))
  } else if (row.status === null)
    parts.push(
      Number.isFinite(lastSeenAt)
        ? say.t('connect.seen', { at: say.f.time(lastSeenAt, now) })
        : say.t('connect.neverSeen'),
    )
  return parts.join(' · ')
}

export interface SinceWords {
  /** '' = it is not known since when. */
  readonly at: string
  readonly duration: string
}

/** Since when it is so: an incident has one start. What was so at the first look began before. */
export function sinceOf(say: Say, row: FleetRow, now: number): SinceWords {
  const { summary, status, state } = row
  const words = (at: number, before: boolean): SinceWords =>
    Number.isFinite(at)
      ? {
          at: before ? say.t('fleet.before', { at: say.f.time(at, now) }) : say.f.time(at, now),
          duration: before
            ? say.t('fleet.atLeast', { duration: say.f.seconds(now - at) })
            : say.f.seconds(Math.max(0, now - at)),
        }
      : { at: '', duration: '' }
  if (isUnwatched(row)) return words(Number.NaN, false)
  if (!isSeen(row)) return words(state === 'connecting' ? Number.NaN : (status?.since ?? Number.NaN), false)
  if (summary === null) return words(Number.NaN, false)
  const { headline, incident } = summary
  if (incident !== null && troubleOf(row) !== null) return words(incident.began.to, Number.isNaN(incident.began.from))
  return words(headline.since, headline.began !== 'seen')
}

export function changesOf(
  say: Say,
  { armedUntil, readOnly }: Pick<FleetRow, 'armedUntil' | 'readOnly'>,
  now: number,
): { readonly text: string; readonly isArmed: boolean } {
  if (!readOnly) return { text: say.t('fleet.takesChanges'), isArmed: true }
  return armedUntil > now
    ? { text: say.t('arm.armed', { left: countdown(armedUntil - now) }), isArmed: true }
    : { text: say.t('app.readOnly'), isArmed: false }
}

const NAMED = 3

function names(say: Say, rows: readonly FleetRow[]): string {
  const shown = rows.slice(0, NAMED).map(({ name }) => printable(name))
  return rows.length > NAMED
    ? say.t('fleet.namesMore', { names: shown.join(say.t('board.name.comma')), n: rows.length - NAMED })
    : listed(say, shown)
}

/** `rows` in the order of the list. What is not known of some stands beside what is known of the others. */
export function fleetHeadline(
  say: Say,
  rows: readonly FleetRow[],
): { readonly sentence: string; readonly detail: string } {
  const trouble = rows.filter((row) => troubleOf(row) !== null)
  const blind = rows.filter(({ state }) => state === 'blind')
  const unwatched = rows.filter(isUnwatched)
  const well = rows.filter((row) => isSeen(row) && row.known && troubleOf(row) === null)
  const open = rows.length - trouble.length - blind.length - unwatched.length - well.length
  const sentence =
    trouble.length > 0
      ? counted(say, 'fleet.needYou', trouble.length, { all: say.f.count(rows.length), names: names(say, trouble) })
      : blind.length > 0
        ? counted(say, 'fleet.noneReached', blind.length, { names: names(say, blind) })
        : well.length === 0
          ? say.t(open > 0 ? 'fleet.reading' : 'fleet.nothingWatched')
          : well.length === rows.length
            ? counted(say, 'fleet.allWell', rows.length)
            : counted(say, 'fleet.someWell', well.length)
  return {
    sentence,
    detail: sentences(say, [
      trouble.length > 0 && blind.length > 0
        ? counted(say, 'fleet.noneReached', blind.length, { names: names(say, blind) })
        : '',
      trouble.length + blind.length > 0 && well.length > 0 ? counted(say, 'fleet.someWell', well.length) : '',
      open > 0 && trouble.length + blind.length + well.length > 0 ? counted(say, 'fleet.notRead', open) : '',
      unwatched.length > 0 && unwatched.length < rows.length ? counted(say, 'fleet.notWatched', unwatched.length) : '',
    ]),
  }
}

const stateWord = (say: Say, state: number): string =>
  state === UNWATCHED ? say.t('fleet.strip.unwatched') : say.t(`state.${STATE_NAMES[state] ?? 'unknown'}`)

/** What is left out first of a long table: calm. */
const weightOf = (state: number): number => (state > HEALTHY ? state : state === HEALTHY ? 0 : 1)

/** A lane as the stretches of its table. */
export function twinStretches(
  say: Say,
  who: string,
  states: readonly number[],
  { from, stepMs }: { readonly from: number; readonly stepMs: number },
): readonly TwinStretch[] {
  let at = from
  return runsOf(states).map(({ state, cells }) => {
    const began = at
    at += cells * stepMs
    return { who, what: stateWord(say, state), from: began, to: at, weight: weightOf(state) }
  })
}

/** A strip for those who hear it: how long in which state, worst first. */
export function stripWords(say: Say, states: readonly number[], stepMs: number): string {
  const cells = new Map<number, number>()
  for (const state of states) cells.set(state, (cells.get(state) ?? 0) + 1)
  const parts = [...cells.entries()]
    .sort(([a], [b]) => b - a)
    .map(([state, n]) =>
      say.t('fleet.strip.part', {
        state: stateWord(say, state),
        duration: say.f.seconds(n * stepMs),
      }),
    )
  return say.t('fleet.strip.words', { span: say.f.seconds(states.length * stepMs), parts: listed(say, parts) })
}
