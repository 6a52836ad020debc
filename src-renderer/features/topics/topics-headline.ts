import type { ClusterSummary } from '@contract/summary'
import { OFFLINE, UNDER_MIN_ISR, UNKNOWN } from '@shared/states'
import type { Say } from '../common/say'
import { opening, sentences, shareOf } from '../common/say'
import type { TopicFigures } from './topic-columns'

/** The sentence above the Topics table, worst first. One topic is named, several are counted. */
export function topicsHeadline(
  say: Say,
  names: readonly string[],
  figures: TopicFigures | null,
  reach: ClusterSummary['reach'],
): string {
  const { t, f } = say
  if (figures === null) return t('topics.heading')
  if (names.length === 0) return t(reach === 'all' ? 'board.well.empty' : 'board.unknown.nothing')
  let under = 0
  const silent: number[] = []
  const found = { [OFFLINE]: [] as number[], [UNDER_MIN_ISR]: [] as number[], [UNKNOWN]: [] as number[] }
  figures.worstState.forEach((state, topic) => {
    if (figures.underReplicated[topic]! > 0) under += 1
    if (figures.silent[topic] === 1) silent.push(topic)
    if (state === OFFLINE || state === UNDER_MIN_ISR || state === UNKNOWN) found[state].push(topic)
  })
  const n = f.count(names.length)
  const about = (key: 'offline' | 'silent' | 'refuses' | 'unread', topics: readonly number[]): string =>
    topics.length === 0
      ? ''
      : t(`topics.${key}`, { n: f.count(topics.length), topic: names[topics[0]!] }, topics.length)
  const worst = [about('offline', found[OFFLINE]), about('silent', silent), about('refuses', found[UNDER_MIN_ISR])]
  const unread = about('unread', found[UNKNOWN])
  if (under === 0 && worst.join('') === '' && unread === '') return t('topics.allWell', { n }, names.length)
  return sentences(say, [
    ...worst,
    under === 0 ? '' : t('topics.someUnder', { share: opening(shareOf(say, 'topics', under, names.length)) }, under),
    unread,
  ])
}
