/** One broker in words. Pure; `now` by the main process's clock. */
import type { BrokerSummary, SilentBroker } from '@contract/summary'
import type { Say } from './say'
import { counted } from './say'

export type BrokerLook = 'well' | 'watch' | 'bad'

/** Our own way to it fails (sign-in, certificate, name), which says little about the broker. */
const OUR_SIDE: ReadonlySet<SilentBroker['silence']> = new Set<SilentBroker['silence']>([
  'auth',
  'tls',
  'unknown-host',
  'protocol',
  'other-cluster',
])
export const isOurSide = ({ silence }: Pick<SilentBroker, 'silence'>): boolean => OUR_SIDE.has(silence)

/** Another broker that is listed but does not answer: what it leads is counted in no `stopRefuses` or `stopOffline` until it is fenced. -1 = none. */
export const silentBeside = (brokers: readonly BrokerSummary[], id: number): number =>
  brokers.find((one) => one.id !== id && one.listed && one.answers === 'no')?.id ?? -1

/**
 * "Safe to stop?": what stopping it now would cost, the worse thing first. One that is gone or silent has stopped already. `beside`: see
 * `silentBeside`. `headed`: a heading asks the question.
 */
export function stopWords(say: Say, broker: BrokerSummary, beside: number, headed = false): string {
  if (!broker.listed || broker.answers === 'no') return '–'
  if (beside >= 0) return say.t('board.brokers.stopBeside', { broker: beside })
  if (broker.stopRefuses < 0 || broker.stopOffline < 0) return say.t('board.brokers.stopUnknown')
  if (broker.stopOffline > 0 && broker.stopRefuses > 0) {
    return say.t(headed ? 'brokers.stopBoth' : 'board.brokers.both', {
      offline: say.f.count(broker.stopOffline),
      refuse: say.f.count(broker.stopRefuses),
    })
  }
  if (broker.stopOffline > 0) return counted(say, 'board.brokers.offline', broker.stopOffline)
  if (broker.stopRefuses > 0) return counted(say, 'board.brokers.refuse', broker.stopRefuses)
  return say.t('board.brokers.safe')
}

export const safeToStop = (broker: BrokerSummary, beside: number): boolean =>
  beside < 0 && broker.stopRefuses === 0 && broker.stopOffline === 0

/** Both numbers in a sentence, for the hover. */
export function stopHint(say: Say, broker: BrokerSummary, beside: number): string {
  const number = (n: number): string => say.f.count(n < 0 ? Number.NaN : n)
  const named = { broker: broker.id, refuse: number(broker.stopRefuses), offline: number(broker.stopOffline), beside }
  return say.t(beside >= 0 ? 'board.brokers.hintBeside' : 'board.brokers.hint', named)
}

/** While it does not answer, nobody knows whether its replicas keep up: "0 behind" and "none late" are then not known. */
const unheard = (broker: BrokerSummary): boolean => broker.answers !== 'yes' && broker.behind === 0
export const behindReplicas = (broker: BrokerSummary): number => (unheard(broker) ? Number.NaN : broker.behind)
export const worstLateMs = (broker: BrokerSummary): number => (unheard(broker) ? Number.NaN : broker.lateMs)

/** Why it needs a look; empty when it answers and is listed. */
export function awayWords(say: Say, broker: BrokerSummary, now: number): string {
  if (!broker.listed) return say.t('board.brokers.notListed')
  if (broker.silence === 'other-cluster') return say.t('board.brokers.elsewhere')
  if (broker.answers === 'no')
    return say.t('board.brokers.silent', { duration: say.f.seconds(Math.max(1000, now - broker.answersSince)) })
  return broker.answers === 'connecting' ? say.t('board.brokers.connecting') : ''
}

/** Missing from more than this share of its ISRs, a broker is the trouble, not a bystander of it. */
const BAD_SHARE = 0.05

export function brokerLook(broker: BrokerSummary): BrokerLook {
  const missing = broker.replicas - broker.inSync - broker.adding
  if (!broker.listed || broker.answers === 'no' || missing > broker.replicas * BAD_SHARE) return 'bad'
  return missing > 0 || broker.behind > 0 || broker.answers === 'connecting' ? 'watch' : 'well'
}

export const shareWords = (say: Say, broker: BrokerSummary): string =>
  say.t('board.brokers.share', { inSync: say.f.count(broker.inSync), all: say.f.count(broker.replicas) })

/** `1.4 M behind`; `?` while it does not answer. */
export const behindWords = (say: Say, broker: BrokerSummary): string =>
  Number.isNaN(broker.lagRecords)
    ? say.t('board.brokers.behindUnknown')
    : say.t('board.brokers.behind', { n: say.f.count(broker.lagRecords) })
