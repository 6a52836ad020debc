/** The Broker page's first line: is it there, is it in step, may it stop. Pure. */
import type { BrokerSummary } from '@contract/summary'
import { isNone } from '@shared/tally'
import { haltWords, isHarmless, isUnsafe, quorumWords } from '../common/broker-words'
import type { Say } from '../common/say'
import { counted, listed, sentences, shareOf } from '../common/say'

function inStep(say: Say, broker: BrokerSummary, reach: string): string {
  const { behind } = broker
  if (!(broker.replicas > 0)) return say.t('brokers.line.empty', { reach })
  if (behind.atLeast === 0)
    return counted(say, isNone(behind) ? 'brokers.line.inStep' : 'brokers.line.stepUnknown', broker.replicas)
  const share = shareOf(say, 'replicas', behind, broker.replicas)
  if (!(broker.lateMs > 0)) return say.t('brokers.line.behind', { share })
  return say.t('brokers.line.behindLate', { share, late: say.f.seconds(broker.lateMs) })
}

function ifStopped(say: Say, broker: BrokerSummary, beside: number, reach: string): string {
  const { stopRefuses, stopOffline, stopLoses } = broker
  if (beside >= 0) return say.t('brokers.line.beside', { broker: beside })
  const what = [
    stopLoses.atLeast > 0 ? counted(say, 'board.fence.loses', stopLoses) : '',
    stopOffline.atLeast > 0 ? counted(say, 'board.fence.offline', stopOffline) : '',
    stopRefuses.atLeast > 0 ? counted(say, 'board.fence.refuse', stopRefuses) : '',
    ...haltWords(say, broker),
  ].filter((part) => part !== '')
  const quorum = quorumWords(say, broker)
  if (what.length > 0) return sentences(say, [say.t('brokers.line.stop', { what: listed(say, what) }), quorum])
  if (isUnsafe(broker)) return quorum
  return sentences(say, [
    isHarmless(broker) ? say.t('brokers.line.safe', { reach }) : say.t('brokers.line.unknown'),
    quorum,
  ])
}

/** `beside`: another broker that does not answer, -1 = none. `reach`: see `reachWords`. */
export function brokerLine(say: Say, broker: BrokerSummary, beside: number, now: number, reach: string): string {
  if (broker.noListener) return say.t('brokers.line.noListener')
  if (!broker.listed) return counted(say, 'brokers.line.gone', broker.replicas)
  if (broker.course !== '') return say.t(`brokers.line.${broker.course}`)
  if (broker.answers === 'connecting') return say.t('brokers.line.connecting')
  if (broker.answers === 'no')
    return sentences(say, [
      say.t(broker.silence === 'other-cluster' ? 'brokers.line.elsewhere' : 'brokers.line.silent', {
        duration: say.f.seconds(Math.max(1000, now - broker.answersSince)),
        id: broker.leadsTo === '' ? '?' : broker.leadsTo,
      }),
      broker.leaders > 0 ? counted(say, 'brokers.line.leads', broker.leaders) : '',
    ])
  return sentences(say, [
    broker.offlineReplicas > 0 ? counted(say, 'brokers.line.logDir', broker.offlineReplicas) : '',
    inStep(say, broker, reach),
    ifStopped(say, broker, beside, reach),
  ])
}
