/** What a person can do about the headline now: one step, and whether another broker may be stopped meanwhile. Pure. */
import type { ClusterSummary, Culprit, Headline, SilentBroker } from '@contract/summary'
import { isNone } from '@shared/tally'
import { isSilentToUs } from '../common/broker-words'
import type { Say } from '../common/say'
import { listed, sentences } from '../common/say'
import { copyFirst } from '../loss/loss-words'
import type { WhatNext } from './what-next'
import { whatNext } from './what-next'

function forSilent(say: Say, one: SilentBroker): string {
  const { broker, silence } = one
  if (one.returning) return say.t('board.step.returning', { broker })
  if (silence === 'unknown-host') return say.t('board.step.name', { broker })
  if (isSilentToUs(one)) return say.t('board.step.ours', { broker })
  return say.t(`board.step.${silence === 'refused' || silence === 'reset' ? silence : 'timeout'}`, { broker })
}

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

function stepWords(say: Say, summary: ClusterSummary, next: WhatNext): string {
  switch (next.kind) {
    case 'none':
      return ''
    case 'copy-first':
      return copyFirst(say, summary)
    case 'away':
      return forAway(say, next.culprit)
    case 'silent':
      return forSilent(say, next.one)
    case 'log-dir':
      return say.t('board.step.logDir', { broker: next.broker })
    case 'gone':
      return say.t('board.step.gone', { broker: next.broker })
    case 'culprit':
      return forCulprit(say, next.culprit)
    case 'listener':
      return say.t('board.step.listener', { who: listed(say, next.brokers.map(String)) })
    default:
      return say.t(`board.step.${next.kind}`)
  }
}

/** '' when nothing is to be done, or nothing is known that would help. */
export function nextStep(say: Say, summary: ClusterSummary): string {
  const { headline, quorum } = summary
  const { level, silent } = headline
  const next = whatNext(summary)
  if (next.kind === 'reach') return say.t('board.step.reach')
  if (level === 'well' || level === 'unread' || (level === 'unknown' && silent.length === 0)) return ''
  return sentences(say, [
    stepWords(say, summary, next),
    noMargin(headline) || quorum === 'silent' ? say.t('board.step.stopNone') : '',
  ])
}
