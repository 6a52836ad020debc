import { describe, expect, it } from 'vitest'
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import { beginRolling, followRolling, rollingNext, rollingOrder } from '../../../../src-renderer/stores/rolling'
import type { Rolling, RollingStep } from '../../../../src-renderer/stores/rolling'
import { buildFrame } from '../../../support/frames'
import { buildBroker, buildHeadline, NOW } from '../../../support/summaries'

type Changes = Parameters<typeof buildBroker>[1]

/** Brokers 1 to 3, the second changed. */
const pictureAt = (
  seconds: number,
  second: Changes = {},
  headline: Parameters<typeof buildHeadline>[0] = {},
): ClusterSummary =>
  buildFrame({
    takenAt: NOW + 1000 * seconds,
    summary: {
      headline: buildHeadline(headline),
      controller: 100,
      brokers: [buildBroker(1), buildBroker(2, { stopRefuses: 7, ...second }), buildBroker(3)],
    },
  }).summary

const AWAY = { answers: 'no', inSync: 240 } as const
const GONE = { answers: 'no', listed: false, inSync: 0 } as const
const BACK = { answersSince: NOW + 20_000 }

const follow = (pictures: readonly ClusterSummary[]): Rolling => {
  const [first, ...more] = pictures
  return more.reduce(followRolling, beginRolling(first!))
}
const second = ({ steps }: Rolling): RollingStep => steps.find(({ broker }) => broker === 2)!

describe('the order', () => {
  const of = (brokers: readonly BrokerSummary[], controller = 100) => rollingOrder({ brokers, controller })

  it('goes rack by rack and by number within one', () => {
    const ids = [5, 4, 3, 2, 1, 6].map((id) => buildBroker(id))
    expect(of(ids)).toEqual([1, 4, 2, 5, 3, 6])
    expect(of([buildBroker(2, { rack: null }), buildBroker(1, { rack: null })])).toEqual([1, 2])
  })

  it('leaves the active controller to the end, and out who is gone', () => {
    expect(of([buildBroker(1), buildBroker(2), buildBroker(3, { listed: false }), buildBroker(4)], 1)).toEqual([
      4, 2, 1,
    ])
  })
})

describe('a step', () => {
  it('is under way while the broker is away, and done when every replica is back', () => {
    expect(rollingNext(follow([pictureAt(0)]))).toBe(1)
    expect(second(follow([pictureAt(0), pictureAt(1, AWAY)]))).toMatchObject({ phase: 'away', wentAt: NOW + 1000 })
    const returning = follow([pictureAt(0), pictureAt(1, AWAY), pictureAt(2, { ...BACK, inSync: 200 })])
    expect(second(returning).phase).toBe('returning')
    const done = followRolling(returning, pictureAt(3, BACK))
    expect(second(done)).toMatchObject({ phase: 'done', wentAt: NOW + 1000, doneAt: NOW + 3000, watched: true })
    expect(second(followRolling(done, pictureAt(4, BACK))).phase).toBe('done')
  })

  it('a broker that is shutting down or on its way in is not there', () => {
    for (const course of ['leaving', 'returning'] as const)
      expect(second(follow([pictureAt(0), pictureAt(1, { course })])).phase).toBe('away')
  })

  it('a replica that is being added does not keep a step open', () => {
    const pictures = [pictureAt(0), pictureAt(1, GONE), pictureAt(2, { ...BACK, inSync: 230, adding: 10 })]
    expect(second(follow(pictures)).phase).toBe('done')
  })

  it('keeps what was foretold just before, and the most that was seen beyond what stood already', () => {
    const rolling = follow([
      pictureAt(0, { stopRefuses: 3 }),
      pictureAt(1, {}, { writesRefused: 2 }),
      pictureAt(2, AWAY, { writesRefused: 2 }),
      pictureAt(3, GONE, { writesRefused: 9, offline: 1 }),
      pictureAt(4, BACK, { writesRefused: 2 }),
    ])
    expect(second(rolling)).toMatchObject({
      phase: 'done',
      forecast: { refuses: { atLeast: 7 } },
      meanwhile: { refuses: 7, offline: 1, lost: 0 },
    })
  })

  it('was not watched where pictures are missing', () => {
    const gap = follow([pictureAt(0), pictureAt(1, AWAY), pictureAt(30, GONE), pictureAt(31, BACK)])
    expect(second(gap)).toMatchObject({ phase: 'done', watched: false })
  })

  it('is seen too where it went and came back between two pictures', () => {
    expect(second(follow([pictureAt(0), pictureAt(30, BACK)]))).toMatchObject({
      phase: 'done',
      wentAt: Number.NaN,
      watched: false,
    })
  })

  it('says nothing of a broker that is asked anew after a sleep', () => {
    const asleep = follow([pictureAt(0), pictureAt(60, { answers: 'connecting' })])
    expect(second(asleep)).toMatchObject({ phase: 'to-do', watched: true })
    expect(second(followRolling(asleep, pictureAt(61))).phase).toBe('to-do')
  })

  it('a picture of the same reading changes nothing', () => {
    const rolling = follow([pictureAt(0)])
    expect(followRolling(rolling, pictureAt(0, AWAY))).toBe(rolling)
  })

  it('a broker that goes again begins anew', () => {
    const again = follow([pictureAt(0), pictureAt(1, AWAY, { offline: 5 }), pictureAt(2, BACK), pictureAt(3, AWAY)])
    expect(second(again)).toMatchObject({ phase: 'away', wentAt: NOW + 3000, meanwhile: { offline: 0 } })
  })
})

it('the next one is the first that has not begun', () => {
  const rolling = follow([pictureAt(0), pictureAt(1, AWAY), pictureAt(2, BACK)])
  expect(rollingNext(rolling)).toBe(1)
  expect(
    rollingNext({ ...rolling, steps: rolling.steps.map((step) => ({ ...step, phase: 'done' as const })) }),
  ).toBeNull()
})
