/** A moment of the past in words. Pure. What is said of it is what was known then, in the tense of the page that said it: the time stands before every sentence. */
import type { PastBoard, PastBroker, PastNothing, PastStanding } from '@contract/past'
import { HEALTHY, UNKNOWN } from '@shared/states'
import { awaySentence, culpritSentence, damage, silentSentence } from '../board/culprit-words'
import { counted, sentences, type Say } from '../common/say'

/** `03:17:01 (1 h 12 min ago)` */
export const momentText = (say: Say, at: number, now: number): string =>
  say.t('past.moment', { time: say.f.time(at, now), ago: say.f.seconds(Math.max(1_000, now - at)) })

/** Why there is nothing to show, and what is nearest. */
export function nothingText(say: Say, { lack, seenBefore, seenAfter }: PastNothing, now: number): string {
  return sentences(say, [
    say.t(`past.lack.${lack}`),
    Number.isFinite(seenBefore) ? say.t('past.seenBefore', { time: say.f.time(seenBefore, now) }) : '',
    Number.isFinite(seenAfter) ? say.t('past.seenAfter', { time: say.f.time(seenAfter, now) }) : '',
  ])
}

/** What the board said first. */
export function boardSentence(say: Say, board: PastBoard): string {
  const { headline, counts, partitions, quorum, changing, minIsrUnknown } = board
  const { silent, culprit, oneLossAway, underReplicated } = headline
  const none = quorum === 'silent' ? say.t('board.controller.silent') : ''
  const bad = damage(say, headline)
  const moving = changing > 0 ? counted(say, 'past.changing', changing) : ''
  const who =
    silent.length > 0
      ? [silentSentence(say, silent), awaySentence(say, culprit, silent)]
      : [culprit === null ? '' : culpritSentence(say, culprit)]
  const rest = (): string => {
    if (bad.length > 0) return ''
    if (oneLossAway.atLeast > 0) return counted(say, 'board.counts.oneLoss', oneLossAway)
    if (underReplicated.atLeast > 0) return counted(say, 'board.counts.underReplicated', underReplicated)
    if (silent.length > 0 || changing > 0) return ''
    const open = counts[UNKNOWN] ?? 0
    return open > 0 ? counted(say, 'past.open', open) : counted(say, 'past.inFull', partitions)
  }
  const unread = minIsrUnknown > 0 ? counted(say, 'board.unknown.minIsr', minIsrUnknown) : ''
  return sentences(say, [none, ...who, ...bad, rest(), moving, unread])
}

/** Name of the state's tokens, and its word. Of a partition whose replicas were all in the ISR nothing is said of lag. */
export const stateWord = (say: Say, state: number, name: string): string =>
  state === HEALTHY ? say.t('past.state.inFull') : say.t(`state.${name as 'unknown'}`)

export const stateHint = (say: Say, state: number, name: string): string =>
  state === HEALTHY ? say.t('past.state.inFullHint') : say.t(`stateMeaning.${name as 'unknown'}`)

export const leaderText = ({ leader, state }: PastStanding): string =>
  leader >= 0 ? String(leader) : state === UNKNOWN ? '?' : '–'

/** A row of which nothing was told. */
export const isUntold = ({ state, leader, epoch }: PastStanding): boolean =>
  state === UNKNOWN && leader < 0 && epoch < 0

export const isrText = (say: Say, inSync: readonly number[]): string =>
  inSync.length === 0 ? '–' : inSync.map(String).join(say.t('board.name.comma'))

/** How a broker stood, in one word or two. */
export function brokerWord(say: Say, one: PastBroker): string {
  if (one.noListener) return say.t('past.broker.noListener')
  if (!one.listed) return say.t('past.broker.gone')
  if (one.course === 'leaving') return say.t('past.broker.leaving')
  if (one.course === 'returning') return say.t('past.broker.returning')
  return say.t(`past.broker.${one.answers}`)
}
