/** One broker in words. Pure; `now` by the main process's clock. */
import { isOurSide } from '@contract/summary'
import type { BrokerSummary, SilentBroker } from '@contract/summary'
import { isNone } from '@shared/tally'
import type { Say } from './say'
import { counted, listed, sentences, tallyWords } from './say'

export type BrokerLook = 'well' | 'watch' | 'bad'

/** It does not answer by a fault of our own side, or the controllers still hear it: only we are cut off from it. */
export const isSilentToUs = (broker: Pick<SilentBroker, 'silence' | 'heard'>): boolean =>
  broker.heard || isOurSide(broker)

/** Another broker that is listed but does not answer: what it leads is counted in no `stopRefuses` or `stopOffline` until it is fenced. -1 = none. */
export const silentBeside = (brokers: readonly BrokerSummary[], id: number): number =>
  brokers.find((one) => one.id !== id && one.listed && one.answers === 'no')?.id ?? -1

/**
 * What stopping it now would cost, as far as seen, the worse thing first. One that is gone or silent has stopped already. `beside`: see
 * `silentBeside`. `headed`: a heading asks the question, and a narrow column has to hold the answer; `stopHint` has it in full.
 */
export function stopWords(say: Say, broker: BrokerSummary, beside: number, headed = false): string {
  if (!broker.listed || broker.answers === 'no' || broker.course === 'leaving') return '–'
  if (beside >= 0) return say.t(headed ? 'brokers.stopBeside' : 'board.brokers.stopBeside', { broker: beside })
  const { stopRefuses, stopOffline, stopLoses, stopQuorum } = broker
  if (stopQuorum === 'silent') return say.t(headed ? 'brokers.stopNoController' : 'board.brokers.stopNoController')
  if (stopQuorum === 'loses') return say.t(headed ? 'brokers.stopMajority' : 'board.brokers.stopMajority')
  if (stopLoses.atLeast > 0) {
    if (stopOffline.atLeast + stopRefuses.atLeast === 0) return counted(say, 'board.brokers.loses', stopLoses)
    return say.t(headed ? 'brokers.stopLoses' : 'board.brokers.losesToo', {
      loses: tallyWords(say, stopLoses),
      offline: tallyWords(say, stopOffline),
      refuse: tallyWords(say, stopRefuses),
    })
  }
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

/** Of the topics seen every partition was looked at, and none would refuse, go offline or lose records. */
export const isHarmless = ({ stopRefuses, stopOffline, stopLoses }: BrokerSummary): boolean =>
  isNone(stopRefuses) && isNone(stopOffline) && isNone(stopLoses)

/** Something that is seen speaks against stopping it. */
export const isUnsafe = ({ stopRefuses, stopOffline, stopLoses, stopQuorum }: BrokerSummary): boolean =>
  stopRefuses.atLeast + stopOffline.atLeast + stopLoses.atLeast > 0 || stopQuorum === 'loses' || stopQuorum === 'silent'

/** Whether nothing that is seen speaks against stopping it, and every partition was looked at. */
export const mayStop = (broker: BrokerSummary, beside: number): boolean =>
  beside < 0 && isHarmless(broker) && !isUnsafe(broker)

/** That any one of them may stop, as far as that is known; '' = it is not, or one may not. `reach`: see `reachWords`. */
export function anyMayStop(say: Say, brokers: readonly BrokerSummary[], reach: string): string {
  if (brokers.length === 0 || !brokers.every((broker) => mayStop(broker, -1))) return ''
  return sentences(say, [
    say.t('board.well.anyMayStop', { reach }),
    brokers.some(({ stopQuorum }) => stopQuorum === 'unknown') ? say.t('board.controller.unknown') : '',
  ])
}

/** What its stop would do to the controllers; '' = nothing. */
export function quorumWords(say: Say, { id, stopQuorum }: BrokerSummary): string {
  if (stopQuorum === 'keeps') return ''
  if (stopQuorum === 'loses') return say.t('board.controller.majority', { who: id })
  return say.t(stopQuorum === 'silent' ? 'board.controller.silent' : 'board.controller.unknown')
}

/** What goes on by the partitions that its stop takes, a clause each: `consumer groups cannot commit`. */
export const haltWords = (say: Say, { stopHalts }: BrokerSummary): string[] =>
  stopHalts.map((what) => say.t(`board.halts.${what}`))

/** Both numbers in a sentence, for the hover. `reach`: see `reachWords`. */
export function stopHint(say: Say, broker: BrokerSummary, beside: number, reach: string): string {
  const [refuse, offline] = [tallyWords(say, broker.stopRefuses), tallyWords(say, broker.stopOffline)]
  const named = { broker: broker.id, refuse, offline, beside, reach }
  const halts = haltWords(say, broker)
  return sentences(say, [
    say.t(beside >= 0 ? 'board.brokers.hintBeside' : 'board.brokers.hint', named),
    broker.stopLoses.atLeast > 0 ? counted(say, 'board.brokers.hintLoses', broker.stopLoses) : '',
    halts.length === 0 ? '' : say.t('board.brokers.hintHalts', { what: listed(say, halts) }),
    quorumWords(say, broker),
  ])
}

/** Why it needs a look; empty when it answers and is listed. */
export function awayWords(say: Say, broker: BrokerSummary, now: number): string {
  if (broker.noListener) return say.t('board.brokers.noListener')
  if (!broker.listed) return say.t('board.brokers.notListed')
  if (broker.course !== '') return say.t(`board.brokers.${broker.course}`)
  if (broker.silence === 'other-cluster') return say.t('board.brokers.elsewhere')
  if (broker.answers === 'no')
    return say.t('board.brokers.silent', { duration: say.f.seconds(Math.max(1000, now - broker.answersSince)) })
  return broker.answers === 'connecting' ? say.t('board.brokers.connecting') : ''
}

/** Missing from more than this share of its ISRs, a broker is the trouble, not a bystander of it. */
const BAD_SHARE = 0.05

export function brokerLook(broker: BrokerSummary): BrokerLook {
  if (broker.noListener || (broker.listed && isOurSide(broker))) return 'watch'
  const missing = broker.replicas - broker.inSync - broker.adding
  if (!broker.listed || broker.answers === 'no' || broker.offlineReplicas > 0 || missing > broker.replicas * BAD_SHARE)
    return 'bad'
  return missing > 0 || broker.behind.atLeast > 0 || broker.answers === 'connecting' ? 'watch' : 'well'
}

export const shareWords = (say: Say, broker: BrokerSummary): string =>
  say.t('board.brokers.share', { inSync: say.f.count(broker.inSync), all: say.f.count(broker.replicas) })
