import { expect, it } from 'vitest'
import type { BrokerSummary } from '../../../../src-main/contract/summary'
import { BrokerEvents } from '../../../../src-main/domain/events/broker-events'
import type { Looked } from '../../../../src-main/domain/events/looked'
import { START, readingOfPartitions } from '../../../support/columns'
import { buildBroker } from '../../../support/summaries'
import { summaryOf } from '../../../support/summary-of'

type Look = Partial<Pick<BrokerSummary, 'listed' | 'answers' | 'course' | 'silence'>>
const SUMMARY = summaryOf(readingOfPartitions([{ replicas: [1, 2, 3] }]))

/** Kinds of the events of broker 2 at each look, a second apart, after one at which it was well. */
function told(...looks: readonly Look[]): string[] {
  const events = new BrokerEvents()
  return [{}, ...looks].flatMap((look, at) => {
    const span = { from: START + (at - 1) * 1_000, to: START + at * 1_000 }
    const summary = { ...SUMMARY, brokers: [buildBroker(2, { answersSince: START - 1, ...look })] }
    const looked = { summary, throttled: new Set<number>(), judgedAt: span.to } as unknown as Looked
    return events.observe(looked, span, at === 0).map(({ kind }) => `${at} ${kind}`)
  })
}

const LEAVING: Look = { course: 'leaving' }
const SILENT: Look = { answers: 'no', silence: 'refused' }
const GONE: Look = { listed: false, answers: 'no', silence: 'refused' }

it.each<[string, readonly Look[], readonly string[]]>([
  ['it goes', [LEAVING, GONE], ['1 leaving', '2 gone', '2 silent']],
  ['it falls silent and goes', [LEAVING, SILENT, GONE], ['1 leaving', '2 silent', '3 gone']],
  ['it stays', [LEAVING, {}], ['1 leaving', '2 stays']],
  ['it stays, and nothing more is told of that', [LEAVING, {}, {}], ['1 leaving', '2 stays']],
  ['it stays, and leaves later', [LEAVING, {}, LEAVING], ['1 leaving', '2 stays', '3 leaving']],
  ['while it is asked anew nothing is known', [LEAVING, { answers: 'connecting' }], ['1 leaving']],
  [
    'it comes back at once, and was never off the list',
    [LEAVING, SILENT, {}],
    ['1 leaving', '2 silent', '3 answers', '3 stays'],
  ],
  [
    'it is on its way in, which is no word yet',
    [LEAVING, { ...SILENT, course: 'returning' }],
    ['1 leaving', '2 silent'],
  ],
  [
    'it goes and comes back: that it is listed again says it',
    [LEAVING, GONE, {}],
    ['1 leaving', '2 gone', '2 silent', '3 listed', '3 answers'],
  ],
])('%s', (_, looks, events) => {
  expect(told(...looks)).toEqual(events)
})
