/** One broker in words. Pure; `now` by the main process's clock. */
import type { BrokerSummary, SilentBroker } from '@contract/summary'
import { isNone } from '@shared/tally'
import type { Say } from './say'
import { counted, tallyWords } from './say'

export type BrokerLook = 'well' | 'watch' | 'bad'

/** Our own way to it fails (sign-in, certificate, name), which says little about the broker. */
const OUR_SIDE: ReadonlySet<SilentBroker['silence']> = new Set<SilentBroker['silence']>([
  'ours',
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
 * What stopping it now would cost, as far as seen, the worse thing first. One that is gone or silent has stopped already. `beside`: see
 * `silentBeside`. `headed`: a heading asks the question.
 */
export function stopWords(say: Say, broker: BrokerSummary, beside: number, headed = false): string {
  if (!broker.listed || broker.answers === 'no') return '–'
  if (beside >= 0) return say.t('board.brokers.stopBeside', { broker: beside })
  const { stopRefuses, stopOffline } = broker
  if (stopOffline.atLeast > 0 && stopRefuses.atLeast > 0) {
    return say.t(headed ? 'brokers.stopBoth' : 'board.brokers.both', {
      offline: tallyWords(say, stopOffline),
      refuse: tallyWords(say, stopRefuses),
    })
  }
  if (stopOffline.atLeast > 0) return counted(say, 'board.brokers.offline', stopOffline)
  if (stopRefuses.atLeast > 0) return counted(say, 'board.brokers.refuse', stopRefuses)
  return say.t(isHarmless(broker) ? 'board.brokers.safe' : 'board.brokers.stopUnknown')
}

/** Of the topics seen every partition was looked at, and none would refuse or go offline. */
export const isHarmless = ({ stopRefuses, stopOffline }: BrokerSummary): boolean =>
  isNone(stopRefuses) && isNone(stopOffline)

/** Whether nothing that is seen speaks against stopping it. */
export const mayStop = (broker: BrokerSummary, beside: number): boolean => beside < 0 && isHarmless(broker)

/** Both numbers in a sentence, for the hover. `reach`: see `reachWords`. */
export function stopHint(say: Say, broker: BrokerSummary, beside: number, reach: string): string {
  const [refuse, offline] = [tallyWords(say, broker.stopRefuses), tallyWords(say, broker.stopOffline)]
  const named = { broker: broker.id, refuse, offline, beside, reach }
  return say.t(beside >= 0 ? 'board.brokers.hintBeside' : 'board.brokers.hint', named)
}

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
  if (!broker.listed || broker.answers === 'no' || broker.offlineReplicas > 0 || missing > broker.replicas * BAD_SHARE)
    return 'bad'
  return missing > 0 || broker.behind.atLeast > 0 || broker.answers === 'connecting' ? 'watch' : 'well'
}

export const shareWords = (say: Say, broker: BrokerSummary): string =>
  say.t('board.brokers.share', { inSync: say.f.count(broker.inSync), all: say.f.count(broker.replicas) })

/** `1.4 M behind`; `?` where that is not known of all its replicas. */
export const behindWords = (say: Say, broker: BrokerSummary): string =>
  Number.isNaN(broker.lagRecords)
    ? say.t('board.brokers.behindUnknown')
    : say.t('board.brokers.behind', { n: say.f.count(broker.lagRecords) })
