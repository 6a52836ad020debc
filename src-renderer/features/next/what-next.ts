/** The one step that a picture calls for, the most pressing first. Pure; `step-words.ts` says it. */
import type { ClusterSummary, Culprit, SilentBroker } from '@contract/summary'
import { nobodyAnswers } from '../board/culprit-words'
import { isHeadline, withFailedLogDir } from '../board/log-dir-words'
import { isSilentToUs } from '../common/broker-words'
import { stillAway } from '../loss/loss-words'

export type WhatNext =
  | { readonly kind: 'none' | 'reach' | 'controller' | 'copy-first' | 'offline' | 'refusing' }
  | { readonly kind: 'away' | 'culprit'; readonly culprit: Culprit }
  | { readonly kind: 'silent'; readonly one: SilentBroker }
  | { readonly kind: 'log-dir' | 'gone'; readonly broker: number }
  | { readonly kind: 'listener'; readonly brokers: readonly number[] }

const NONE: WhatNext = { kind: 'none' }

/** Somebody has to bring it back; who is on the way in or out needs none. */
const isOut = ({ cause }: Culprit['brokers'][number]): boolean => cause === 'gone' || cause === 'silent'

function inTrouble(summary: ClusterSummary): WhatNext {
  const { quorum, headline } = summary
  const { silent, culprit, offline, writesRefused, noListener } = headline
  if (quorum === 'silent') return { kind: 'controller' }
  if (stillAway(summary).length > 0) return { kind: 'copy-first' }
  if (culprit?.kind === 'brokers-away' && culprit.brokers.every(isOut) && !silent.some(isSilentToUs))
    return { kind: 'away', culprit }
  const out = silent.filter(({ returning }) => !returning)
  const first = out.find((one) => !isSilentToUs(one)) ?? out[0] ?? silent[0]
  if (first !== undefined) return { kind: 'silent', one: first }
  const failed = withFailedLogDir(summary)
  if (isHeadline(summary, failed)) return { kind: 'log-dir', broker: failed[0]!.id }
  const gone = culprit?.brokers.find(isOut)
  if (gone !== undefined) return { kind: 'gone', broker: gone.broker }
  if (culprit !== null) return { kind: 'culprit', culprit }
  if (offline.atLeast > 0) return { kind: 'offline' }
  if (writesRefused.atLeast > 0) return { kind: 'refusing' }
  return noListener === null ? NONE : { kind: 'listener', brokers: noListener.brokers.map(({ broker }) => broker) }
}

/** 'none' when nothing is to be done, or nothing is known that would help. */
export function whatNext(summary: ClusterSummary): WhatNext {
  const { level, silent } = summary.headline
  if (nobodyAnswers(summary)) return { kind: 'reach' }
  if (level === 'well' || level === 'unread') return NONE
  if (level === 'unknown' && silent.length === 0) return NONE
  return inTrouble(summary)
}

/** The brokers it is about, who is to be brought back first in front. */
export function brokersOf(next: WhatNext): readonly number[] {
  switch (next.kind) {
    case 'away': {
      const all = next.culprit.brokers.map(({ broker }) => broker)
      const { broker: first } = next.culprit
      return first < 0 ? all : [first, ...all.filter((id) => id !== first)]
    }
    case 'culprit':
      return next.culprit.broker < 0 ? [] : [next.culprit.broker]
    case 'silent':
      return [next.one.broker]
    case 'log-dir':
    case 'gone':
      return [next.broker]
    case 'listener':
      return next.brokers
    default:
      return []
  }
}
