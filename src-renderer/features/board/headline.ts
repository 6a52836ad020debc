/** The board's first lines: pure composition of the facts in `summary.headline` into sentences of the language on screen. */
import type { ClusterStatus } from '@contract/frame'
import type { OpenIncident } from '@contract/history'
import type { ClusterSummary } from '@contract/summary'
import { UNKNOWN } from '@shared/states'
import { tally } from '@shared/tally'
import type { Tally } from '@shared/tally'
import {
  awaySentence,
  causeSentence,
  culpritSentence,
  damage,
  nobodyAnswers,
  silences,
  silentDetail,
  silentSentence,
  standing,
  unreachableOf,
  unseenSentence,
} from './culprit-words'
import { failedSentence, foldersSentence, isHeadline, withFailedLogDir } from './log-dir-words'
import { nextStep } from '../next/step-words'
import { anyMayStop, isSilentToUs, isUnsafe } from '../common/broker-words'
import { reachWords } from '../common/reach-words'
import { noLoss } from '../loss/loss-words'
import { coverIn, plannedSentence } from '../common/planned-words'
import type { Say } from '../common/say'
import { counted, listed, sentences, tallyWords } from '../common/say'

export interface Figure {
  readonly id: 'unreachable' | 'refused' | 'oneLoss' | 'underReplicated' | 'offline'
  readonly value: Tally
  readonly text: string
  readonly label: string
  /** State name of the colour token. */
  readonly state: string
  /** The trouble filter that lists what it counts. */
  readonly filter: string
}

export interface HeadlineView {
  readonly level: string
  readonly sentence: string
  readonly detail: string
  /** What to do about it, '' = nothing. */
  readonly next: string
  readonly figures: readonly Figure[]
  /** Share of all replicas that are in sync: height of the water. NaN = nothing read. */
  readonly inSyncShare: number
  readonly gaugeText: string
}

type Facts = Pick<ClusterStatus, 'phase' | 'takenAt'>

function nobodySentence(say: Say, summary: ClusterSummary): string {
  const { oneLossAway, underReplicated, lagging, level } = summary.headline
  const reach = reachWords(say, summary)
  if (oneLossAway.atLeast > 0) return counted(say, 'board.counts.oneLoss', oneLossAway)
  if (underReplicated.atLeast > 0) return counted(say, 'board.counts.underReplicated', underReplicated)
  if (lagging.atLeast > 0) return counted(say, 'board.counts.lagging', lagging)
  if (summary.partitions === 0) return say.t(level === 'well' ? 'board.well.empty' : 'board.unknown.nothing')
  if (unreadOf(summary) > 0) return say.t('board.unknown.rest', { reach })
  if (summary.quorum === 'silent') return standing(say, summary)
  return counted(say, level === 'well' ? 'board.well.all' : 'board.unknown.writes', summary.partitions, { reach })
}

const unreadOf = ({ counts }: ClusterSummary): number => counts[UNKNOWN] ?? 0

/** What of the partitions seen is not known, whatever else is said. */
function notKnown(say: Say, summary: ClusterSummary): string[] {
  const { minIsrUnknown, limits } = summary
  const unread = unreadOf(summary)
  const denied = limits.some(({ what, reason }) => what === 'min-insync-replicas' && reason === 'not-authorized')
  return [
    unread > 0 ? counted(say, 'board.unknown.unread', unread, { all: say.f.count(summary.partitions) }) : '',
    minIsrUnknown > 0
      ? counted(say, denied ? 'board.unknown.minIsrDenied' : 'board.unknown.minIsr', minIsrUnknown)
      : '',
  ]
}

const HOUR_MS = 3_600_000

function wellDetail(say: Say, summary: ClusterSummary, now: number): string[] {
  const { nearest, headline } = summary
  const unsafe = summary.brokers.filter(isUnsafe)
  const voters = unsafe.filter(({ stopQuorum }) => stopQuorum === 'loses').map(({ id }) => String(id))
  const near =
    nearest === null
      ? say.t(now - headline.since < HOUR_MS ? 'board.well.nobodyLateSince' : 'board.well.nobodyLate')
      : say.t(nearest.lateMs > summary.evictionWindowMs ? 'board.well.latest' : 'board.well.nearest', {
          late: say.f.duration(nearest.lateMs),
          window: say.f.seconds(summary.evictionWindowMs),
          topic: nearest.topic,
          partition: nearest.partition,
          broker: nearest.broker,
        })
  if (unsafe.length === 0) return [near, anyMayStop(say, summary.brokers, reachWords(say, summary))]
  const all = unsafe.length === summary.brokers.length && voters.length === 0
  return [
    near,
    all
      ? say.t('board.well.noneMayStop')
      : say.t(
          'board.well.someMayNotStop',
          {
            who: listed(
              say,
              unsafe.map((one) => String(one.id)),
            ),
          },
          unsafe.length,
        ),
    voters.length === 0
      ? ''
      : say.t(voters.length === 1 ? 'board.controller.majority' : 'board.controller.majorityMany', {
          who: listed(say, voters),
        }),
  ]
}

/** Up to this many are named, more are counted. */
const NAMED = 3

/** Brokers that left and came back look well in between. `often`: of those that left more than once alone, where what is wrong now is said. */
function departed(say: Say, { departures }: ClusterSummary, often: boolean): string {
  const told = departures.filter(({ times }) => times > 1 || !often)
  if (told.length === 0) return ''
  const all = told.reduce((sum, { times }) => sum + times, 0)
  if (told.length > NAMED) return counted(say, 'board.departed.many', all, { brokers: say.f.count(told.length) })
  const who = told.map(({ broker, times }) => counted(say, 'board.departed.times', times, { broker }))
  return say.t('board.departed.who', { who: listed(say, who) })
}

/** Without a controller there is nothing to wait for: said before anything else. */
const noController = (say: Say, { quorum }: ClusterSummary): string =>
  quorum === 'silent' ? say.t('board.controller.silent') : ''

/** A broker that is gone has been silent before: the trouble began with the silence. */
function startOf({ headline, brokers }: ClusterSummary): number {
  const { culprit, silent, since: at } = headline
  const named = [...silent, ...(culprit?.brokers ?? []), ...(culprit?.kind === 'follower-broker' ? [culprit] : [])]
  const away = brokers.filter(({ id, answers }) => answers === 'no' && named.some(({ broker }) => broker === id))
  return Math.min(at, ...away.map(({ answersSince }) => answersSince).filter((one) => Number.isFinite(one)))
}

/** Looks follow one another more closely; what lies further apart began while nobody looked. */
const ONE_LOOK_MS = 5_000

/** An incident has one start, over phases, restarts of Highwater and breaks. `seenSince`: since when the present state was seen from its beginning, NaN = it was not. */
function ofIncident(say: Say, incident: OpenIncident, start: number, seenSince: number, now: number): string {
  const { id, began, phases, unread, reopened } = incident
  const { f, t } = say
  const at = Number.isFinite(start) && began.to - began.from <= ONE_LOOK_MS ? Math.min(start, began.to) : began.to
  const times = { time: f.time(at, now), duration: f.seconds(now - at) }
  const gap = phases.findLast(({ kind, to }) => kind === 'unwatched' && !(seenSince >= to))
  const whole =
    began.to - began.from <= ONE_LOOK_MS
      ? t('board.since', times)
      : Number.isNaN(began.from)
        ? t('board.incident.before', times)
        : t('board.sinceUnseen', { ...times, from: f.time(began.from, now) })
  return sentences(say, [
    t(coverIn(incident, now) === 'maintenance' ? 'board.incident.maintenance' : 'board.incident.number', { id }),
    whole,
    gap === undefined ? '' : t('board.incident.gap', { from: f.time(gap.from, now), to: f.time(gap.to, now) }),
    unread === 0 ? '' : counted(say, 'history.line.unreadNow', unread),
    reopened === 0 ? '' : counted(say, 'board.incident.again', reopened),
    plannedSentence(say, incident, now),
  ])
}

/** What was so in the first picture began before, and nobody here knows when; what was so after a gap, somewhere in it. */
function since(say: Say, summary: ClusterSummary, now: number): string {
  const { since: seen, sinceAfter, began, level } = summary.headline
  const calm = level === 'well' || level === 'unknown'
  if (summary.incident !== null && !calm)
    return ofIncident(say, summary.incident, startOf(summary), began === 'seen' ? seen : Number.NaN, now)
  const at = began === 'seen' ? startOf(summary) : seen
  if (!Number.isFinite(at)) return ''
  const times = { time: say.f.time(at, now), duration: say.f.seconds(now - at) }
  if (began !== 'unseen') return say.t(began === 'opening' ? 'board.sinceOpening' : 'board.since', times)
  return say.t(calm ? 'board.sinceSeen' : 'board.sinceUnseen', { ...times, from: say.f.time(sinceAfter, now) })
}

function follows(say: Say, summary: ClusterSummary, now: number): string[] {
  const { headline } = summary
  // A leader that is gone evicts nobody, and who follows the next one has a new window.
  const leaderless = headline.silent.some((one) => one.leads > 0 && !isSilentToUs(one))
  const leaving =
    headline.leaving === null || leaderless
      ? ''
      : counted(
          say,
          headline.underReplicated.atLeast > 0 ? 'board.leavingMore' : 'board.leaving',
          headline.leaving.replicas,
          {
            within: say.f.seconds(Math.max(1000, headline.leaving.by - now)),
          },
        )
  const healed = Number.isFinite(headline.healedAt)
    ? say.t('board.healed', { duration: say.f.seconds(Math.max(1000, headline.healedAt - now)) })
    : ''
  return [
    departed(say, summary, headline.level !== 'well'),
    leaving,
    healed,
    summary.disputed > 0 ? counted(say, 'board.disputed', summary.disputed) : '',
  ]
}

function lines(say: Say, summary: ClusterSummary, now: number, lost: boolean): { sentence: string; detail: string } {
  const { headline } = summary
  if (headline.level === 'unread')
    return { sentence: say.t('board.unread.sentence'), detail: say.t('board.unread.detail') }
  const bad = damage(say, headline)
  const unseen = unseenSentence(say, headline)
  const none = noController(say, summary)
  const noneDetail = none === '' ? '' : say.t('board.controller.detail')
  const start = since(say, summary, now)
  if (nobodyAnswers(summary))
    return { sentence: say.t('board.silent.all'), detail: sentences(say, [start, say.t('board.silent.allDetail')]) }
  if (headline.silent.length > 0) {
    return {
      sentence: sentences(say, [
        none,
        silentSentence(say, headline.silent),
        awaySentence(say, headline.culprit, headline.silent),
        ...bad,
        unseen,
      ]),
      detail: lost
        ? sentences(say, [start, silences(say, headline.silent)])
        : sentences(say, [
            start,
            noneDetail,
            silentDetail(say, summary, now),
            failedSentence(say, withFailedLogDir(summary)),
            ...follows(say, summary, now),
            ...notKnown(say, summary),
          ]),
    }
  }
  const failed = withFailedLogDir(summary)
  if (isHeadline(summary, failed)) {
    return {
      sentence: sentences(say, [failedSentence(say, failed), ...(bad.length > 0 ? bad : [standing(say, summary)])]),
      detail: sentences(say, [
        start,
        foldersSentence(say, failed),
        ...follows(say, summary, now),
        ...notKnown(say, summary),
      ]),
    }
  }
  if (headline.culprit !== null) {
    return {
      sentence: sentences(say, [
        none,
        culpritSentence(say, headline.culprit),
        ...(bad.length > 0 ? bad : [standing(say, summary)]),
        unseen,
      ]),
      detail: sentences(say, [
        start,
        noneDetail,
        passing(headline, now) ? '' : causeSentence(say, headline.culprit),
        failedSentence(say, failed),
        ...follows(say, summary, now),
        ...notKnown(say, summary),
      ]),
    }
  }
  const more = headline.level === 'well' ? wellDetail(say, summary, now) : []
  const seen = bad.length > 0 ? sentences(say, bad) : nobodySentence(say, summary)
  return {
    sentence: sentences(say, [none, ...(bad.length > 0 ? [seen, unseen] : [unseen, seen])]),
    detail: sentences(say, [start, noneDetail, ...more, ...follows(say, summary, now), ...notKnown(say, summary)]),
  }
}

/** What is said of acknowledged records where no alarm is open; the bar over every page says the rest. */
function withLoss<T extends { detail: string }>(say: Say, summary: ClusterSummary, inner: T, now: number): T {
  if (summary.headline.level === 'unread') return inner
  return { ...inner, detail: sentences(say, [inner.detail, noLoss(say, summary, now)]) }
}

/** A lost cluster keeps its last picture; the sentence says first that it is one (what is done about it stands in the bar above). */
function overlay(
  say: Say,
  status: Facts,
  inner: { sentence: string; detail: string },
  now: number,
): { sentence: string; detail: string } {
  if (status.phase !== 'lost') return inner
  if (!Number.isFinite(status.takenAt)) return { sentence: say.t('board.lost.never'), detail: '' }
  return {
    ...inner,
    sentence: say.t('board.lost.sentence', { age: say.f.seconds(now - status.takenAt), sentence: inner.sentence }),
  }
}

export function figuresOf(say: Say, summary: ClusterSummary): Figure[] {
  const { headline } = summary
  const unread = headline.level === 'unread'
  const figure = (id: Figure['id'], value: Tally, state: string, filter = state): Figure => {
    const shown = unread ? tally(0, false) : value
    return { id, value: shown, text: tallyWords(say, shown), label: say.t(`board.figure.${id}`), state, filter }
  }
  // Until they are fenced, what silent brokers lead counts nowhere else: Metadata still calls it fine.
  const unreachable = unreachableOf(headline)
  return [
    ...(unreachable > 0 ? [figure('unreachable', tally(unreachable), 'silent')] : []),
    figure('refused', headline.writesRefused, 'under-min-isr'),
    figure('oneLoss', headline.oneLossAway, 'at-min-isr'),
    figure('underReplicated', headline.underReplicated, 'under-replicated', 'missing'),
    figure('offline', headline.offline, 'offline'),
  ]
}

/** Cause and next step are claimed only when it has lasted: a follower that is late for a moment, or nearly back, has none worth a name. */
const CAUSE_AFTER_MS = 5000

const passing = ({ culprit, level, since: at, healedAt }: ClusterSummary['headline'], now: number): boolean =>
  culprit?.cause === 'slow' && (Number.isFinite(healedAt) || (level === 'watch' && now - at < CAUSE_AFTER_MS))

/** `now` by the same clock as the summary's times (main process). */
export function headlineView(say: Say, summary: ClusterSummary, status: Facts, now: number): HeadlineView {
  const inSync = summary.brokers.reduce((sum, broker) => sum + Math.max(0, broker.inSync), 0)
  const read = summary.headline.level !== 'unread' && summary.replicas > 0
  return {
    level: summary.headline.level,
    ...overlay(say, status, withLoss(say, summary, lines(say, summary, now, status.phase === 'lost'), now), now),
    next:
      (status.phase === 'lost' && !nobodyAnswers(summary)) || passing(summary.headline, now)
        ? ''
        : nextStep(say, summary),
    figures: figuresOf(say, summary),
    inSyncShare: read ? Math.min(1, inSync / summary.replicas) : Number.NaN,
    gaugeText: read
      ? say.t('board.gauge', { inSync: say.f.count(inSync), all: say.f.count(summary.replicas) })
      : say.t(summary.headline.level === 'unread' ? 'board.unread.sentence' : 'board.unknown.nothing'),
  }
}
