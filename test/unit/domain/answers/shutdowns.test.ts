import { expect, it } from 'vitest'
import { isLeaving } from '../../../../src-main/domain/answers/shutdowns'
import type { BrokerFacts } from '../../../../src-main/domain/topology/reading'
import { START, factsOf, readingOfPartitions } from '../../../support/columns'

/** The last Metadata before it handed over. */
const BEFORE = START + 10_000
const [ANSWERS] = factsOf([2]).values()
const yes = (since: number): Partial<BrokerFacts> => ({ answers: 'yes', answersSince: since, answeredFrom: since })
const no = (since: number, answeredFrom: number): Partial<BrokerFacts> => ({
  answers: 'no',
  answersSince: since,
  answeredFrom,
  silence: 'refused',
})

it.each<[string, Partial<BrokerFacts>, boolean]>([
  ['it has answered all the time', yes(START), true],
  ['it fell silent after it, as a shutdown ends', no(BEFORE + 5_000, START), true],
  ['it fell silent at that moment', no(BEFORE, START), true],
  ['it was silent before: it was fenced', no(BEFORE - 1, START), false],
  ['it answers again since: it was away, and is back', yes(BEFORE + 1), false],
  ['it was away over it, came back, and falls silent again', no(BEFORE + 9_000, BEFORE + 3_000), false],
  ['it is asked anew', { answers: 'connecting', answeredFrom: Number.NaN }, false],
  ['it never answered', no(BEFORE + 5_000, Number.NaN), false],
])('a broker that has handed over what it leads: %s', (_, fact, expected) => {
  const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
  const known = { ...ANSWERS!, ...fact }
  expect(isLeaving(reading, known)).toBe(false)
  reading.handedOver.set(2, BEFORE)
  expect(isLeaving(reading, known)).toBe(expected)
})
