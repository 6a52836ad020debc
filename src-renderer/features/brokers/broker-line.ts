/** The Broker page's first line: is it there, is it in step, may it stop. Pure. */
import type { BrokerSummary } from '@contract/summary'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'

function inStep(say: Say, broker: BrokerSummary): string {
  const of = { of: say.f.count(broker.replicas) }
  if (broker.behind === 0) return counted(say, 'brokers.line.inStep', broker.replicas)
  if (!(broker.lateMs > 0)) return counted(say, 'brokers.line.behind', broker.behind, of)
  return counted(say, 'brokers.line.behindLate', broker.behind, { ...of, late: say.f.seconds(broker.lateMs) })
}

function ifStopped(say: Say, { stopRefuses, stopOffline }: BrokerSummary, beside: number): string {
  if (beside >= 0) return say.t('brokers.line.beside', { broker: beside })
  if (stopRefuses < 0 || stopOffline < 0) return say.t('brokers.line.unknown')
  const what = [
    stopOffline > 0 ? counted(say, 'board.fence.offline', stopOffline) : '',
    stopRefuses > 0 ? counted(say, 'board.fence.refuse', stopRefuses) : '',
  ].filter((part) => part !== '')
  return what.length === 0 ? say.t('brokers.line.safe') : say.t('brokers.line.stop', { what: listed(say, what) })
}

/** `beside`: another broker that does not answer, -1 = none. */
export function brokerLine(say: Say, broker: BrokerSummary, beside: number, now: number): string {
  if (!broker.listed) return counted(say, 'brokers.line.gone', broker.replicas)
  if (broker.answers === 'connecting') return say.t('brokers.line.connecting')
  if (broker.answers === 'no')
    return sentences(say, [
      say.t(broker.silence === 'other-cluster' ? 'brokers.line.elsewhere' : 'brokers.line.silent', {
        duration: say.f.seconds(Math.max(1000, now - broker.answersSince)),
        id: broker.leadsTo === '' ? '?' : broker.leadsTo,
      }),
      broker.leaders > 0 ? counted(say, 'brokers.line.leads', broker.leaders) : '',
    ])
  return sentences(say, [inStep(say, broker), ifStopped(say, broker, beside)])
}
