/** What an incident says of its beginning and its brokers where the beginning was not seen, or seen by silence. */
import { expect, it } from 'vitest'
import { START, THREE_BROKERS, factsOf, type TopicRow } from '../../../support/columns'
import { Looks } from '../../../support/incident-looks'

const RF3 = [1, 2, 3]
const rows = (isr?: readonly number[]): readonly TopicRow[] => [
  { name: 't', partitions: [{ replicas: RF3, ...(isr === undefined ? {} : { isr }) }] },
]
const SECOND = 1_000
const without = (id: number): typeof THREE_BROKERS => THREE_BROKERS.filter((one) => one.id !== id)

it('a broker that was gone at the first look is in it, and when it began is unknown', () => {
  const { newest } = new Looks().at({ at: START, topics: rows([1, 3]), brokers: without(2), facts: factsOf([1, 3]) })
  expect(newest.brokers).toEqual([2])
  expect(newest.began).toEqual({ from: Number.NaN, to: START })
})

it('one that is gone after a time that nobody watched is in it too, and that time is told', () => {
  const run = new Looks().at({ at: START, topics: rows([1, 3]), brokers: without(2), facts: factsOf([1, 3]) }).at({
    at: START + 60 * SECOND,
    topics: rows([1, 2]),
    brokers: without(3),
    facts: factsOf([1, 2]),
    afterGap: true,
  })
  expect(run.newest.brokers).toEqual([2, 3])
  expect(run.newest.phases.filter(({ kind }) => kind === 'unwatched')).toHaveLength(1)
})

it('begun by silence that was noticed after the newest Metadata it did not begin before that', () => {
  const silent = factsOf(RF3, { 2: START + SECOND + 150 })
  const run = new Looks()
    .at({ at: START, topics: rows() })
    .at({ at: START + SECOND, topics: rows(), facts: silent, judgedAfter: 200 })
  expect(run.newest.brokers).toEqual([2])
  expect(run.newest.began.from).toBeLessThanOrEqual(START)
  expect(run.newest.began.to).toBe(START + SECOND + 200)
})
