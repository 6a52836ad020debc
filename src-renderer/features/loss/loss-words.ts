/** What is said of lost records: pure sentences of the facts in `summary.loss` and of one finding. */
import type { KeptLoss } from '@contract/loss'
import type { ClusterSummary } from '@contract/summary'
import { UNKNOWN } from '@shared/states'
import { reachWords } from '../common/reach-words'
import { counted, listed, sentences } from '../common/say'
import type { Say } from '../common/say'

export interface LossWords {
  readonly sentence: string
  readonly detail: string
}

const brokers = (say: Say, ids: readonly number[]): string => listed(say, ids.map(String))

/** It runs, and so it has cut its log back. */
export const isBack = ({ brokers: known }: ClusterSummary, id: number): boolean =>
  known.some((one) => one.id === id && one.listed && one.answers === 'yes')

/** Brokers that may still have lost records and do not run: starting one before its log is copied destroys them. */
export const stillAway = (summary: ClusterSummary): readonly number[] =>
  summary.loss.open === 0 ? [] : summary.loss.holders.filter((id) => !isBack(summary, id))

/** What comes before starting any of `starts`, or any broker at all: '' = none of them may still have lost records. */
export function copyFirst(say: Say, summary: ClusterSummary, starts: readonly number[] | null = null): string {
  const keepers = stillAway(summary).filter((id) => starts === null || starts.includes(id))
  return keepers.length === 0
    ? ''
    : counted(say, 'board.step.copyFirst', keepers.length, { who: brokers(say, keepers) })
}

/** Who may still have the records, and what not to do. Of a broker that answers again it is said that it has cut its log back. */
function where(say: Say, summary: ClusterSummary): string {
  const away = stillAway(summary)
  const back = summary.loss.holders.filter((id) => isBack(summary, id))
  return sentences(say, [
    away.length > 0 ? say.t('loss.away', { who: brokers(say, away) }, away.length) : '',
    back.length > 0 ? say.t('loss.back', { who: brokers(say, back) }, back.length) : '',
  ])
}

/** The bar over every page; null while no alarm is open. */
export function lossBar(say: Say, summary: ClusterSummary, now: number): LossWords | null {
  const { loss } = summary
  const [first] = loss.topics
  if (loss.open === 0 || first === undefined) return null
  const topic =
    loss.topicCount === 1 ? first.topic : counted(say, 'loss.topics', loss.topicCount - 1, { topic: first.topic })
  const sentence =
    loss.atLeast > 0
      ? counted(say, 'loss.lost', loss.open, { topic, records: say.f.count(loss.atLeast) })
      : counted(say, 'loss.mayBe', loss.open, { topic })
  return {
    sentence,
    detail: sentences(say, [say.t('loss.seen', { time: say.f.time(loss.firstSeenAt, now) }), where(say, summary)]),
  }
}

/** Every partition seen is watched and could be judged, and no kept finding is unreadable. */
export const isWatchedWhole = ({ loss, counts, limits, partitions }: ClusterSummary): boolean =>
  partitions > 0 &&
  loss.unreadable + loss.undecided + (counts[UNKNOWN] ?? 0) === 0 &&
  !limits.some(({ what }) => what === 'log-end-offsets' || what === 'follower-log-ends')

/** '' while an alarm is open and where nothing is watched. It is said outright only when every partition could be judged, and of those seen. */
export function noLoss(say: Say, summary: ClusterSummary, now: number): string {
  const { loss } = summary
  if (loss.unreadable > 0) return counted(say, 'loss.unreadable', loss.unreadable)
  if (loss.open > 0 || !Number.isFinite(loss.watchedSince)) return ''
  if (summary.partitions === 0) return summary.reach === 'all' ? '' : say.t('loss.blind')
  return say.t(isWatchedWhole(summary) ? 'loss.none' : 'loss.noSign', {
    reach: reachWords(say, summary),
    time: say.f.time(loss.watchedSince, now),
  })
}

/** How one was seen. */
export function evidence(say: Say, loss: KeptLoss): string {
  const { kind, oldLeader, newLeader, oldEpoch, epoch, partsAt, highWatermark } = loss
  return say.t(`loss.kind.${kind}`, {
    old: oldLeader,
    new: newLeader,
    oldEpoch,
    epoch,
    partsAt: say.f.offset(partsAt),
    highWatermark: say.f.offset(highWatermark),
  })
}

/** `at least 500`, with what is known of the most. None that is proven is not none. */
export function lostWords(say: Say, { atLeast, atMost, missingAsRead }: KeptLoss): string {
  const least = say.f.count(atLeast)
  if (atLeast === 0 && !Number.isFinite(atMost))
    return missingAsRead > 0 ? say.t('loss.asReadAlone', { read: say.f.count(missingAsRead) }) : say.t('loss.notKnown')
  if (Number.isFinite(atMost)) return say.t('loss.between', { least, most: say.f.count(atMost) })
  if (missingAsRead > atLeast) return say.t('loss.asRead', { least, read: say.f.count(missingAsRead) })
  return say.t('loss.least', { least })
}
