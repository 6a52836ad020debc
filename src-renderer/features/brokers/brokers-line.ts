import type { BrokerSummary } from '@contract/summary'
import type { Say } from '../common/say'
import { counted, sentences } from '../common/say'

/** The Brokers page's first line: who answers, who is behind, who may stop. Pure. */
export function brokersLine(say: Say, brokers: readonly BrokerSummary[]): string {
  const silent = brokers.filter((broker) => broker.answers === 'no').length
  const behind = brokers.filter((broker) => broker.behind > 0).length
  const known = brokers.filter((broker) => broker.stopRefuses >= 0 && broker.stopOffline >= 0)
  const unsafe = known.filter((broker) => broker.stopRefuses > 0 || broker.stopOffline > 0).length
  const stop =
    unsafe > 0
      ? counted(say, 'brokers.sentence.unsafe', unsafe)
      : known.length === brokers.length
        ? say.t('brokers.sentence.safe')
        : ''
  return sentences(say, [
    silent > 0
      ? counted(say, 'brokers.sentence.silent', silent, { all: say.f.count(brokers.length) })
      : counted(say, 'brokers.sentence.well', brokers.length),
    behind > 0 ? counted(say, 'brokers.sentence.behind', behind) : '',
    stop,
  ])
}

/** The "answers" cell: `yes`, `no, 6 s`, `gone`. */
export function answersWords(say: Say, broker: BrokerSummary, now: number): string {
  if (!broker.listed) return say.t('brokers.answers.gone')
  return say.t(`brokers.answers.${broker.answers}`, {
    duration: say.f.seconds(Math.max(1000, now - broker.answersSince)),
  })
}
