import { describe, expect, it } from 'vitest'
import {
  NEXT_CATCHES_UP,
  NEXT_FALLS_BEHIND,
  NEXT_FENCED,
  NEXT_LEADER_MOVES,
  NEXT_LEAVES_ISR,
  NEXT_LOSES_RECORDS,
  NEXT_NONE,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  NEXT_WAITS_FOR_BROKER,
} from '../../../../src-main/shared/states'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import {
  START,
  broker,
  factsOf,
  factsUnheard,
  judge,
  makeLate,
  readingOfPartitions,
  settings,
} from '../../../support/columns'
import type { Judgement, PartitionRow } from '../../../support/columns'

const RF3 = [1, 2, 3]

/** [next, broker, from - START, to - START] of the only row. */
function nextOf(reading: WritableReading, how?: Judgement): number[] {
  const columns = judge(reading, how)
  return [columns.next[0]!, columns.nextBroker[0]!, columns.nextFrom[0]! - START, columns.nextTo[0]! - START]
}

const silent = (...ids: number[]): Judgement => ({
  facts: factsOf(RF3, Object.fromEntries(ids.map((id) => [id, START - 1000]))),
})

describe('what happens next', () => {
  it('nothing, to a healthy one', () => {
    expect(nextOf(readingOfPartitions([{ replicas: RF3 }]))).toEqual([NEXT_NONE, -1, NaN, NaN])
  })

  it('nothing that needs a controller while none answers', () => {
    const how = { ...silent(1), settings: settings({ controllerSilent: true }) }
    expect(nextOf(readingOfPartitions([{ replicas: RF3 }]), how)).toEqual([NEXT_NONE, -1, NaN, NaN])
    const late = readingOfPartitions([{ replicas: RF3 }])
    makeLate(late, 2, START - 5000, START)
    expect(nextOf(late, { settings: settings({ controllerSilent: true }) })).toEqual([NEXT_NONE, -1, NaN, NaN])
  })

  it('nothing, to a healthy one of which a silent broker has no replica', () => {
    expect(nextOf(readingOfPartitions([{ replicas: [1, 2] }]), silent(3))).toEqual([NEXT_NONE, -1, NaN, NaN])
  })

  it.each([
    ['only replica', [3], [], 3],
    ['a last ISR member', RF3, [2], 2],
    ['nobody known, ISR empty', RF3, [], -1],
  ])('offline: waits for %s', (_, replicas, isr, awaited) => {
    expect(nextOf(readingOfPartitions([{ replicas, isr, leader: -1, error: 5 }]))).toEqual([
      NEXT_WAITS_FOR_BROKER,
      awaited,
      NaN,
      NaN,
    ])
  })

  it('offline on 4.x with an empty ISR: waits for the ELR member', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [], leader: -1, error: 5 }])
    reading.replicaElr[1] = 1
    expect(nextOf(reading).slice(0, 2)).toEqual([NEXT_WAITS_FOR_BROKER, 2])
    reading.lastKnownLeader[0] = 1
    expect(nextOf(reading).slice(0, 2)).toEqual([NEXT_WAITS_FOR_BROKER, -1])
  })

  it('out of the ISR on a broker without our listener, which is not away', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }], 2, [broker(1), broker(2)])
    reading.withoutListener = new Set([3])
    expect(nextOf(reading)[0]).toBe(NEXT_NONE)
  })

  it('silent leader: the next live ISR member takes over once it is fenced', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    expect(nextOf(reading, silent(1))).toEqual([NEXT_LEADER_MOVES, 2, 5500, 10_125])
    expect(nextOf(reading, silent(1, 2)).slice(0, 2)).toEqual([NEXT_LEADER_MOVES, 3])
    expect(nextOf(reading, silent(1, 2, 3)).slice(0, 2)).toEqual([NEXT_LEADER_MOVES, -1])
  })

  it('silent follower in the ISR: fenced', () => {
    expect(nextOf(readingOfPartitions([{ replicas: RF3 }]), silent(3))).toEqual([NEXT_FENCED, 3, 5500, 10_125])
  })

  it('silent to us alone, heard by the controllers: nothing, and another silent one is fenced all the same', () => {
    const heard = (...ids: number[]): Judgement => {
      const facts = factsOf(RF3, Object.fromEntries(ids.map((id) => [id, START - 4000])))
      facts.set(2, { ...facts.get(2)!, heardAt: START - 500 })
      return { facts }
    }
    const led = readingOfPartitions([{ replicas: [2, 1, 3] }])
    expect(nextOf(led, heard(2))).toEqual([NEXT_NONE, -1, NaN, NaN])
    const followed = readingOfPartitions([{ replicas: [1, 2, 3] }])
    expect(nextOf(followed, heard(2))).toEqual([NEXT_NONE, -1, NaN, NaN])
    expect(nextOf(followed, heard(2, 3))).toEqual([NEXT_FENCED, 3, 2500, 7125])
  })

  describe('a late follower where the controllers do not hear a broker that answers us', () => {
    /** Heard 5 s ago, and they were asked so long after that. */
    const cutOff = (id: number, askedAfterMs: number): Judgement => {
      const facts = factsOf(RF3)
      const heardAt = START - 5000
      facts.set(id, { ...facts.get(id)!, heardAt, hearingAskedAt: heardAt + askedAfterMs })
      return { facts }
    }
    const late = () => {
      const reading = readingOfPartitions([{ replicas: RF3 }])
      makeLate(reading, 2, START - 1500, START - 200)
      return reading
    }

    it.each<[string, Judgement, readonly number[]]>([
      ['nobody is cut off: evicted', { facts: factsOf(RF3) }, [NEXT_ONE_LOSS_AWAY, 3, 28_500, 43_500]],
      ['the follower: fenced or evicted', cutOff(3, 1501), [NEXT_ONE_LOSS_AWAY, 3, 1500, 43_500]],
      ['the follower, and they were asked too early to tell', cutOff(3, 1500), [NEXT_ONE_LOSS_AWAY, 3, 28_500, 43_500]],
      ['another follower', cutOff(2, 4000), [NEXT_ONE_LOSS_AWAY, 3, 28_500, 43_500]],
      ['the leader, which evicts nobody then', cutOff(1, 1501), [NEXT_NONE, -1, NaN, NaN]],
    ])('%s', (_, judgement, next) => {
      expect(nextOf(late(), judgement)).toEqual(next)
    })
  })

  it.each<[string, number, PartitionRow, number, number]>([
    ['allowed', UNCLEAN_ON, { replicas: RF3, isr: [1] }, NEXT_LOSES_RECORDS, 2],
    ['not told', UNCLEAN_UNTOLD, { replicas: RF3, isr: [1] }, NEXT_LOSES_RECORDS, -1],
    ['not allowed', UNCLEAN_OFF, { replicas: RF3, isr: [1] }, NEXT_LEADER_MOVES, -1],
    ['allowed, and nobody is there', UNCLEAN_ON, { replicas: [1] }, NEXT_LEADER_MOVES, -1],
    ['allowed, and a member of the ISR is there', UNCLEAN_ON, { replicas: RF3, isr: [1, 3] }, NEXT_LEADER_MOVES, 3],
  ])('silent leader that nobody may follow without loss, unclean election %s', (_, unclean, row, next, taken) => {
    const reading = readingOfPartitions([row])
    reading.uncleanElection[0] = unclean
    expect(nextOf(reading, silent(1))).toEqual([next, taken, 5500, 10_125])
  })

  it('silent follower that is behind: fenced or evicted, whichever comes first (findings K10.4)', () => {
    // Seen with a window of 4 s and a session of 9 s: out of the ISR 5.4 s after the kill.
    const reading = readingOfPartitions([{ replicas: RF3 }])
    makeLate(reading, 2, START - 1500, START - 1200)
    const short = { ...silent(3), settings: settings({ evictionWindowMs: 4000 }) }
    expect(nextOf(reading, short)).toEqual([NEXT_FENCED, 3, 2500, 4500])
    expect(nextOf(reading, silent(3))).toEqual([NEXT_FENCED, 3, 5500, 10_125])
  })

  it.each([
    [1, NEXT_LEAVES_ISR],
    [2, NEXT_ONE_LOSS_AWAY],
    [3, NEXT_REFUSES_WRITES],
    [-1, NEXT_LEAVES_ISR],
  ])('late follower of three with min ISR %i: leaves, named by what that costs', (min, next) => {
    const reading = readingOfPartitions([{ replicas: RF3 }], min)
    makeLate(reading, 2, START - 5000, START)
    expect(nextOf(reading)).toEqual([next, 3, 25_000, 40_000])
  })

  it('of two late ones the one that leaves first', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }], 1)
    makeLate(reading, 1, START - 5000, START)
    makeLate(reading, 2, START - 9000, START)
    expect(nextOf(reading)).toEqual([NEXT_LEAVES_ISR, 3, 21_000, 36_000])
  })

  it('late, but it will be back before it would leave', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    makeLate(reading, 2, START - 5000, START, 1000)
    expect(nextOf(reading, { options: { catchUpRate: () => 100 } })).toEqual([NEXT_CATCHES_UP, 3, 3000, 20_000])
    expect(nextOf(reading, { options: { catchUpRate: () => 10 } })[0]).toBe(NEXT_ONE_LOSS_AWAY)
  })

  it('out of the ISR: coming back, not moving, or not known', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }])
    expect(nextOf(reading)).toEqual([NEXT_NONE, 3, NaN, NaN])
    makeLate(reading, 2, START - 60_000, START, 500)
    expect(nextOf(reading, { options: { catchUpRate: () => 100 } })).toEqual([NEXT_CATCHES_UP, 3, 1000, 10_000])
    expect(nextOf(reading, { options: { catchUpRate: () => 0 } })).toEqual([NEXT_FALLS_BEHIND, 3, NaN, NaN])
    expect(nextOf(reading, { options: { catchUpRate: () => -3 } })).toEqual([NEXT_FALLS_BEHIND, 3, NaN, NaN])
    expect(nextOf(reading, silent(3))).toEqual([NEXT_WAITS_FOR_BROKER, 3, NaN, NaN])
    reading.lagRecords[2] = 0
    expect(nextOf(reading)).toEqual([NEXT_CATCHES_UP, 3, 0, NaN])
  })

  it('out of the ISR on a broker that Metadata does not list any more', () => {
    const reading = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }], 2, [broker(1), broker(2)])
    expect(nextOf(reading)).toEqual([NEXT_WAITS_FOR_BROKER, 3, NaN, NaN])
  })

  it('nothing of a broker that is asked anew and not heard yet', () => {
    const out = readingOfPartitions([{ replicas: RF3, isr: [1, 2] }])
    const late = readingOfPartitions([{ replicas: RF3 }])
    for (const reading of [out, late]) makeLate(reading, 2, START - 4000, START, 500)
    const options = { catchUpRate: () => 1000 }
    expect([out, late].map((reading) => nextOf(reading, { options })[0])).toEqual([NEXT_CATCHES_UP, NEXT_CATCHES_UP])
    const facts = factsUnheard(RF3, [3])
    expect([out, late].map((reading) => nextOf(reading, { options, facts })[0])).toEqual([NEXT_NONE, NEXT_NONE])
  })

  it('nothing while the row is not read', () => {
    const reading = readingOfPartitions([{ replicas: RF3 }])
    reading.metadataError[0] = 72
    expect(nextOf(reading)).toEqual([NEXT_NONE, -1, NaN, NaN])
  })
})
