/** What a person can do about the headline now: one step, and whether another broker may be stopped meanwhile. Pure. */
import type { ClusterSummary, Culprit, Headline, SilentBroker } from '@contract/summary'
import { isNone } from '@shared/tally'
import { isSilentToUs } from '../common/broker-words'
import type { Say } from '../common/say'
import { listed, sentences } from '../common/say'
import { copyFirst } from '../loss/loss-words'
import { nobodyAnswers } from './culprit-words'
import { isHeadline, withFailedLogDir } from './log-dir-words'

function forSilent(say: Say, one: SilentBroker): string {
  const { broker, silence } = one
  if (one.returning) return say.t('board.step.returning', { broker })
  if (silence === 'unknown-host') return say.t('board.step.name', { broker })
  if (isSilentToUs(one)) return say.t('board.step.ours', { broker })
  return say.t(`board.step.${silence === 'refused' || silence === 'reset' ? silence : 'timeout'}`, { broker })
}

/** Somebody has to bring it back; who is on the way in or out needs none. */
const isOut = ({ cause }: Culprit['brokers'][number]): boolean => cause === 'gone' || cause === 'silent'

/** One step for all of them. */
function forAway(say: Say, { broker, brokers, rack }: Culprit): string {
  const who = listed(
    say,
    brokers.map((one) => String(one.broker)),
  )
  return sentences(say, [
    rack === null ? '' : say.t('board.step.rackAway', { rack }),
    say.t(broker < 0 ? 'board.step.away' : 'board.step.awayFirst', { who, first: broker }),
  ])
}

function forCulprit(say: Say, { kind, cause, broker, rack }: Culprit): string {
  const leads = kind === 'leader-broker'
  if (cause === 'leaving') return say.t('board.step.leaving', { broker })
  if (cause === 'recovering') return say.t('board.step.recovering')
  if (kind === 'rack') return say.t('board.step.rack', { rack: rack ?? '?' })
  if (cause === 'gone' || cause === 'silent')
    return say.t(cause === 'gone' ? 'board.step.gone' : 'board.step.timeout', { broker })
  if (cause === 'throttled') return say.t(leads ? 'board.step.throttledLeader' : 'board.step.throttled', { broker })
  return say.t(leads ? 'board.step.leader' : 'board.step.slow', { broker })
}

/** Margin is not known to be left everywhere, or a broker is silent: what it leads is in no figure of its neighbours until it is fenced. */
const noMargin = ({ silent, oneLossAway, writesRefused }: Headline): boolean =>
  silent.length > 0 || !isNone(oneLossAway) || !isNone(writesRefused)

function step(say: Say, summary: ClusterSummary, failed: number): string {
  const { quorum, headline } = summary
  const { silent, culprit, offline, writesRefused, noListener } = headline
  if (quorum === 'silent') return say.t('board.step.controller')
  const copy = copyFirst(say, summary)
  if (copy !== '') return copy
  if (culprit?.kind === 'brokers-away' && culprit.brokers.every(isOut) && !silent.some(isSilentToUs))
    return forAway(say, culprit)
  const out = silent.filter(({ returning }) => !returning)
  const first = out.find((one) => !isSilentToUs(one)) ?? out[0] ?? silent[0]
  if (first !== undefined) return forSilent(say, first)
  if (failed >= 0) return say.t('board.step.logDir', { broker: failed })
  const one = culprit?.brokers.find(isOut)
  if (one !== undefined) return say.t('board.step.gone', { broker: one.broker })
  if (culprit !== null) return forCulprit(say, culprit)
  if (offline.atLeast > 0) return say.t('board.step.offline')
  if (writesRefused.atLeast > 0) return say.t('board.step.refusing')
  if (noListener === null) return ''
  const who = listed(
    say,
    noListener.brokers.map(({ broker }) => String(broker)),
  )
  return say.t('board.step.listener', { who })
}

/** '' when nothing is to be done, or nothing is known that would help. */
export function nextStep(say: Say, summary: ClusterSummary): string {
  const { headline } = summary
  if (nobodyAnswers(summary)) return say.t('board.step.reach')
  if (headline.level === 'well' || headline.level === 'unread') return ''
  if (headline.level === 'unknown' && headline.silent.length === 0) return ''
  const failed = withFailedLogDir(summary)
  const first = isHeadline(summary, failed) ? failed[0]!.id : -1
  return sentences(say, [
    step(say, summary, first),
    noMargin(headline) || summary.quorum === 'silent' ? say.t('board.step.stopNone') : '',
  ])
}
