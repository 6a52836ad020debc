/** One incident in sentences: what it cost those who write and read, and who was in it. Pure. */
import type { Incident } from '@contract/history'
import { AT_MIN_ISR, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@shared/states'
import { coverIn, plannedSentence } from '../common/planned-words'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'
import { isOpen, lastedWords, spanWords } from './span-words'

const COSTS = {
  [OFFLINE]: 'offline',
  [UNDER_MIN_ISR]: 'refuses',
  [AT_MIN_ISR]: 'oneAway',
  [UNDER_REPLICATED]: 'short',
} as const
const costOf = (worst: number) => Object.entries(COSTS).find(([code]) => Number(code) === worst)?.[1] ?? null

/** `payments.settled`, `payments.settled and 3 more`: the topics that were in the worst state of all. */
function topicsIn(say: Say, { topics, topicCount }: Incident, worst: number): string {
  const names = topics.filter((one) => one.worst === worst)
  // Topics beyond the bound are no better known than by their number.
  const all = names.length === topics.length ? topicCount : names.length
  const first = names[0]?.topic ?? ''
  return all <= 1 ? first : counted(say, 'history.title.andMore', all - 1, { topic: first })
}

const brokersOf = (say: Say, ids: readonly number[]): string => listed(say, ids.map(String))

/** `broker 2`, `brokers 2 and 5`, a dash where none was in it. */
export const whoWords = (say: Say, { brokers }: Pick<Incident, 'brokers'>): string =>
  brokers.length === 0 ? '–' : say.t('history.who', { who: brokersOf(say, brokers) }, brokers.length)

function costWords(say: Say, incident: Incident): string {
  const worst = incident.topics[0]?.worst ?? 0
  const cost = costOf(worst)
  const time = isOpen(incident) ? 'now' : 'then'
  if (cost === null) {
    if (incident.brokers.length === 0) return say.t('history.title.nothing')
    return say.t(`history.title.${time}.away`, { who: brokersOf(say, incident.brokers) }, incident.brokers.length)
  }
  return counted(say, `history.title.${time}.${cost}`, incident.most[worst] ?? Number.NaN, {
    topics: topicsIn(say, incident, worst),
  })
}

/** What it costs or cost, records that were lost before writes before copies. */
export function incidentTitle(say: Say, incident: Incident): string {
  const lost = incident.lostAtLeast > 0 ? counted(say, 'history.title.lost', incident.lostAtLeast) : ''
  return sentences(say, [lost, costWords(say, incident)])
}

/** `no loss seen`, `≥ 11,946`. None that was seen is not none. */
export const lostWords = (say: Say, { lostAtLeast }: Pick<Incident, 'lostAtLeast'>): string =>
  lostAtLeast > 0 ? say.t('board.figure.atLeast', { n: say.f.count(lostAtLeast) }) : say.t('history.noLoss')

/** What is remarkable beside it, in a word: it is open, was announced, began again. */
export interface Mark {
  readonly word: string
  readonly hint: string
  readonly tone: 'plain' | 'warn'
}

export function marksOf(say: Say, incident: Incident, now: number): readonly Mark[] {
  const { reopened } = incident
  const cover = coverIn(incident, now)
  const marks: Mark[] = []
  if (isOpen(incident))
    marks.push({ word: say.t('history.mark.open'), hint: say.t('history.mark.openHint'), tone: 'warn' })
  if (cover !== 'none')
    marks.push({
      word: say.t(`history.mark.${cover}`),
      hint: plannedSentence(say, incident, now),
      tone: cover === 'maintenance' ? 'plain' : 'warn',
    })
  if (reopened > 0)
    marks.push({
      word: say.t('history.mark.again', { n: say.f.count(reopened) }),
      hint: counted(say, 'board.incident.again', reopened),
      tone: 'plain',
    })
  return marks
}

/** What was in trouble and cannot be read: nobody knows how it is. */
const unreadWords = (say: Say, incident: Incident): string =>
  incident.unread === 0
    ? ''
    : counted(say, isOpen(incident) ? 'history.line.unreadNow' : 'history.line.unreadThen', incident.unread)

/** The line under the title: its number, when, how long, who, and what was counted. */
export function incidentLine(say: Say, incident: Incident, now: number): string {
  const { began, ended, reopened, left, leftLate, elections } = incident
  const times = { id: incident.id, began: spanWords(say, began, now), lasted: lastedWords(say, incident, now) }
  const counts = { left: say.f.count(left), late: say.f.count(leftLate), elections: say.f.count(elections) }
  return sentences(say, [
    isOpen(incident)
      ? say.t('history.line.open', times)
      : say.t('history.line.over', { ...times, ended: spanWords(say, ended, now) }),
    unreadWords(say, incident),
    Number.isNaN(began.from) ? say.t('history.line.earlier') : '',
    incident.brokers.length === 0
      ? ''
      : say.t('history.line.who', { who: brokersOf(say, incident.brokers) }, incident.brokers.length),
    say.t('history.line.counts', counts),
    incident.lostAtLeast > 0 ? '' : say.t('history.line.noLoss'),
    reopened === 0 ? '' : counted(say, 'board.incident.again', reopened),
    plannedSentence(say, incident, now),
  ])
}
