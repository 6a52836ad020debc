import type { BrokerSummary } from '@contract/summary'
import { anyMayStop, isUnsafe } from '../common/broker-words'
import type { Say } from '../common/say'
import { brokerName, counted, listed, sentences } from '../common/say'

/** Up to this many are named, more are counted. */
const NAMED = 3

function about(
  say: Say,
  key: 'gone' | 'noListener' | 'silent' | 'returning' | 'leaving' | 'behind' | 'unsafe',
  brokers: readonly BrokerSummary[],
  all: number,
): string {
  if (brokers.length === 0) return ''
  const who = listed(
    say,
    brokers.map(({ id, rack }) => (brokers.length === 1 ? brokerName(say, id, rack) : String(id))),
  )
  return brokers.length <= NAMED
    ? say.t(`brokers.sentence.${key}`, { who }, brokers.length)
    : counted(say, `brokers.sentence.${key}Many`, brokers.length, { all: say.f.count(all) })
}

/** The Brokers page's first line: who is gone or silent, who is behind, who may not stop. Pure. `reach`: see `reachWords`. */
export function brokersLine(say: Say, brokers: readonly BrokerSummary[], reach: string): string {
  const unseen = brokers.filter(({ noListener }) => noListener)
  const gone = brokers.filter(({ listed: there, noListener }) => !there && !noListener)
  const returning = brokers.filter(({ course }) => course === 'returning')
  const leaving = brokers.filter(({ course }) => course === 'leaving')
  const silent = brokers.filter(({ listed: there, answers, course }) => there && answers === 'no' && course === '')
  const there = brokers.filter(({ listed: isThere, answers, course }) => isThere && answers !== 'no' && course === '')
  const away = silent.length + returning.length
  const unsafe = there.filter(isUnsafe)
  if (silent.length > 0 && there.length === 0) return say.t('board.silent.all')
  return sentences(say, [
    gone.length + away + unseen.length + leaving.length === 0
      ? counted(say, 'brokers.sentence.well', brokers.length)
      : '',
    about(say, 'gone', gone, brokers.length),
    about(say, 'noListener', unseen, brokers.length),
    about(say, 'silent', silent, brokers.length),
    about(say, 'returning', returning, brokers.length),
    about(say, 'leaving', leaving, brokers.length),
    // Perhaps behind a leader that is silent: nothing to say of the others yet.
    silent.length > 0
      ? ''
      : about(
          say,
          'behind',
          there.filter(({ behind }) => behind.atLeast > 0),
          brokers.length,
        ),
    away + leaving.length > 0
      ? say.t('brokers.sentence.stopNone')
      : about(say, 'unsafe', unsafe, brokers.length) || anyMayStop(say, there, reach),
  ])
}

/** The "answers" cell: `yes`, `no, 6 s`, `gone`. */
export function answersWords(say: Say, broker: BrokerSummary, now: number): string {
  if (broker.noListener) return say.t('brokers.answers.noListener')
  if (!broker.listed) return say.t('brokers.answers.gone')
  return say.t(`brokers.answers.${broker.answers}`, {
    duration: say.f.seconds(Math.max(1000, now - broker.answersSince)),
  })
}
