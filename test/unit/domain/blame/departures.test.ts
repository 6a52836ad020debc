import { describe, expect, it } from 'vitest'
import { Departures } from '../../../../src-main/domain/blame/departures'
import type { Presence } from '../../../../src-main/domain/blame/departures'
import type { BrokerFacts } from '../../../../src-main/domain/topology/reading'
import { broker, factsOf, readingOfPartitions, START } from '../../../support/columns'
import { summaryOf } from '../../../support/summary-of'

const HOUR_MS = 3_600_000

/** `t` there, `a` away, `u` unsure, a picture a second. */
function play(pictures: string): Departures {
  const departures = new Departures()
  const by: Readonly<Record<string, Presence>> = { t: 'there', a: 'away', u: 'unsure' }
  Array.from(pictures).forEach((one, second) => departures.note(2, by[one]!, second * 1000))
  return departures
}

describe('departures of a broker (K8.5)', () => {
  it.each([
    ['tttt', 0],
    ['ttaaatt', 1],
    ['tatatat', 3],
    ['aaatt', 0],
    ['tuutt', 0],
    ['tuuaatt', 1],
    ['taauaatt', 1],
  ])('%s: %i', (pictures, times) => {
    expect(play(pictures).lastHour(10_000)).toEqual(times === 0 ? [] : [{ broker: 2, times }])
  })

  it('count for an hour, most first', () => {
    const departures = play('tatat')
    departures.note(1, 'there', 5000)
    departures.note(1, 'away', 6000)
    expect(departures.lastHour(6000)).toEqual([
      { broker: 2, times: 2 },
      { broker: 1, times: 1 },
    ])
    expect(departures.lastHour(HOUR_MS + 1000)).toEqual([
      { broker: 1, times: 1 },
      { broker: 2, times: 1 },
    ])
    expect(departures.lastHour(HOUR_MS + 6000)).toEqual([])
  })

  const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
  const away = (...ids: number[]): Map<number, BrokerFacts> =>
    factsOf([1, 2, 3], Object.fromEntries(ids.map((id) => [id, START])))
  const counted = (facts: readonly ReadonlyMap<number, BrokerFacts>[]) => {
    const departures = new Departures()
    return facts.map((one) => summaryOf(reading, { departures, facts: one })).at(-1)!.departures
  }

  it('are seen from one picture to the next, and stay in one that is well', () => {
    expect(counted([away(), away(2), away(), away(2), away()])).toEqual([{ broker: 2, times: 2 }])
  })

  it('are none of anybody where nobody answers, or where only we do not see one', () => {
    const unseen = away(2)
    unseen.set(2, { ...unseen.get(2)!, silence: 'auth' })
    expect(counted([away(), away(1, 2, 3), away()])).toEqual([])
    expect(counted([away(), unseen, away()])).toEqual([])
  })

  it('are one of a broker that is silent first and gone then', () => {
    const departures = new Departures()
    const gone = readingOfPartitions([{ replicas: [1, 2, 3], isr: [1, 3] }], 2, [broker(1), broker(3)])
    summaryOf(reading, { departures, facts: away() })
    summaryOf(reading, { departures, facts: away(2) })
    expect(summaryOf(gone, { departures, facts: away(2) }).departures).toEqual([{ broker: 2, times: 1 }])
  })
})
