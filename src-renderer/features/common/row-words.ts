/** One partition row in words: what tables and hover cards say of it. Pure; `now` by the main process's clock. */
import type { ClusterFrame } from '@contract/frame'
import {
  HEALTHY,
  MARK_AT_MIN_BY_DESIGN,
  MARK_ELR,
  MARK_HW_UNKNOWN,
  MARK_DISPUTED,
  MARK_LEADER_SILENT,
  MARK_NOT_PREFERRED,
  MARK_REASSIGNING,
  MARK_THROTTLED,
  NEXT_CATCHES_UP,
  NEXT_FALLS_BEHIND,
  NEXT_FENCED,
  NEXT_LEADER_MOVES,
  NEXT_LEAVES_ISR,
  NEXT_LOSES_RECORDS,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  NEXT_WAITS_FOR_BROKER,
  NEXT_WAITS_FOR_LOG_DIR,
  OFFLINE,
  STATE_NAMES,
} from '@shared/states'
import type { Say } from './say'

export type Rows = Pick<ClusterFrame, 'partition' | 'columns' | 'replicaStart' | 'replicaBroker' | 'replicaFlags'>

export interface NextFacts {
  readonly next: number
  readonly nextFrom: number
  readonly nextTo: number
  readonly nextBroker: number
}

const MARKS = [
  [MARK_LEADER_SILENT, 'leaderSilent'],
  [MARK_DISPUTED, 'disputed'],
  [MARK_HW_UNKNOWN, 'hwUnknown'],
  [MARK_REASSIGNING, 'reassigning'],
  [MARK_THROTTLED, 'throttled'],
  [MARK_ELR, 'elr'],
  [MARK_NOT_PREFERRED, 'notPreferred'],
  [MARK_AT_MIN_BY_DESIGN, 'byDesign'],
] as const

export const stateWord = (say: Say, code: number): string => say.t(`state.${STATE_NAMES[code] ?? 'unknown'}`)

export const markWords = (say: Say, marks: number): string[] =>
  MARKS.filter(([bit]) => (marks & bit) !== 0).map(([, name]) => say.t(`mark.${name}`))

/** `8–23 s` from now; empty when the time is unknown or has passed. */
function ahead(say: Say, facts: NextFacts, now: number): string {
  if (!Number.isFinite(facts.nextTo) || facts.nextTo <= now) return ''
  return say.f.durationRange(Math.max(0, facts.nextFrom - now), facts.nextTo - now)
}

/** What leaving the ISR will cost: in a time, any moment when that has passed, some time when it is not known. */
function cost(say: Say, facts: NextFacts, range: string, key: 'refuses' | 'oneLoss'): string {
  if (range !== '') return say.t(`board.next.${key}In`, { range })
  return say.t(Number.isFinite(facts.nextTo) ? `board.next.${key}Now` : `board.next.${key}`)
}

/** What happens in a known time, and what is said where the time is not known or has passed. */
type Timed = 'leaves' | 'leaderMoves' | 'leaderGone' | 'uncleanLeads' | 'goneOrLoses' | 'fenced'
type Untimed =
  'leavesNow' | 'leaderMovesSoon' | 'leaderGoneSoon' | 'uncleanLeadsSoon' | 'goneOrLosesSoon' | 'fencedSoon'
const ranged = (say: Say, range: string, key: Timed, soon: Untimed, broker: number): string =>
  range === '' ? say.t(`board.next.${soon}`, { broker }) : say.t(`board.next.${key}`, { range, broker })

/** What happens to the partition if nobody does anything. */
export function nextWords(say: Say, facts: NextFacts, now: number): string {
  const range = ahead(say, facts, now)
  switch (facts.next) {
    case NEXT_LEAVES_ISR:
      return ranged(say, range, 'leaves', 'leavesNow', facts.nextBroker)
    case NEXT_CATCHES_UP:
      if (range !== '') return say.t('board.next.catchesUp', { range })
      if (Number.isFinite(facts.nextTo)) return say.t('board.next.catchingUp')
      return say.t(Number.isFinite(facts.nextFrom) ? 'board.next.rejoins' : 'board.next.notCatching')
    case NEXT_REFUSES_WRITES:
      return cost(say, facts, range, 'refuses')
    case NEXT_ONE_LOSS_AWAY:
      return cost(say, facts, range, 'oneLoss')
    case NEXT_WAITS_FOR_BROKER:
      return say.t(facts.nextBroker >= 0 ? 'board.next.waits' : 'board.next.waitsAny', { broker: facts.nextBroker })
    case NEXT_WAITS_FOR_LOG_DIR:
      return say.t('board.next.waitsLogDir', { broker: facts.nextBroker })
    case NEXT_LEADER_MOVES:
      return facts.nextBroker >= 0
        ? ranged(say, range, 'leaderMoves', 'leaderMovesSoon', facts.nextBroker)
        : ranged(say, range, 'leaderGone', 'leaderGoneSoon', facts.nextBroker)
    case NEXT_LOSES_RECORDS:
      return facts.nextBroker >= 0
        ? ranged(say, range, 'uncleanLeads', 'uncleanLeadsSoon', facts.nextBroker)
        : ranged(say, range, 'goneOrLoses', 'goneOrLosesSoon', facts.nextBroker)
    case NEXT_FALLS_BEHIND:
      return say.t('board.next.falls')
    case NEXT_FENCED:
      return ranged(say, range, 'fenced', 'fencedSoon', facts.nextBroker)
    default:
      return ''
  }
}

export const nextOfRow = (rows: Rows, row: number): NextFacts => ({
  next: rows.columns.next[row]!,
  nextFrom: rows.columns.nextFrom[row]!,
  nextTo: rows.columns.nextTo[row]!,
  nextBroker: rows.columns.nextBroker[row]!,
})

/** `1 3 / 1 2 3`: ISR, then all replicas, in assignment order; an empty ISR is an en dash. */
export function isrWords(rows: Rows, row: number): string {
  const all: number[] = []
  const inSync: number[] = []
  for (let at = rows.replicaStart[row]!; at < rows.replicaStart[row + 1]!; at++) {
    all.push(rows.replicaBroker[at]!)
    if ((rows.replicaFlags[at]! & 1) !== 0) inSync.push(rows.replicaBroker[at]!)
  }
  return `${inSync.length === 0 ? '–' : inSync.join(' ')} / ${all.join(' ')}`
}

/** Without a leader that answers there is nothing to be behind of: unknown, not 0. */
const unmeasured = (rows: Rows, row: number): boolean =>
  rows.columns.state[row] === OFFLINE || (rows.columns.marks[row]! & MARK_LEADER_SILENT) !== 0

/** Records that a replica has more than its leader; 0 = none. */
export const aheadRecords = (rows: Rows, row: number): number => {
  const lag = rows.columns.lagRecords[row]!
  return lag < 0 && !unmeasured(rows, row) ? -lag : 0
}

/** Records the worst follower is behind; NaN unknown, also beside one that is ahead; 0 nobody is late. */
export const behindRecords = (rows: Rows, row: number): number => {
  const lag = rows.columns.lagRecords[row]!
  return unmeasured(rows, row) || lag < 0 ? Number.NaN : lag
}

/** `1,230`; `500 ahead` where a replica has more than its leader: whoever is behind then is behind a log that lost records. */
/** One replica alone: there is nobody whose lag could be told. */
export const hasNoFollower = ({ replicaStart }: Rows, row: number): boolean =>
  replicaStart[row + 1]! - replicaStart[row]! === 1

export function behindWords(say: Say, rows: Rows, row: number): string {
  if (hasNoFollower(rows, row)) return say.t('board.name.none')
  const ahead = aheadRecords(rows, row)
  return ahead > 0 ? say.t('board.trouble.ahead', { n: say.f.count(ahead) }) : say.f.count(behindRecords(rows, row))
}

/** ms since the worst follower was last in step; NaN unknown, 0 nobody is late. */
export function lateMs(rows: Rows, row: number, now: number): number {
  if (unmeasured(rows, row)) return Number.NaN
  const at = rows.columns.caughtUpAt[row]!
  if (Number.isFinite(at)) return Math.max(0, now - at)
  return rows.columns.state[row] === HEALTHY ||
    (rows.columns.lagRecords[row] === 0 && rows.columns.worstBroker[row] === -1)
    ? 0
    : Number.NaN
}

export const lateWords = (say: Say, ms: number): string => (ms === 0 ? '–' : say.f.seconds(ms))
