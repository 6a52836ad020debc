import { describe, expect, it } from 'vitest'
import { createLagTracker } from '../../../../src-main/domain/lag/lag-tracker'
import { behindForMs, isLate, lateMs } from '../../../../src-main/domain/lag/lateness'
import { fetchKey, javaHash, noteFetchers, threadOf } from '../../../../src-main/domain/lag/fetchers'
import { pairOf } from '../../../../src-main/domain/topology/reading'
import type { Reading } from '../../../../src-main/domain/topology/reading'
import { carryOverPass, emptyReading } from '../../../../src-main/domain/topology/new-reading'
import { runWhole } from '../../../../src-main/domain/slices'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { answer, metadata, readingOf, readingOfPartitions } from '../../../support/columns'
import type { TopicRow } from '../../../support/columns'

/**
 * Partition 0 of one topic on brokers 1 (leader), 2 and 3; one tick asks the followers at `at` and the leader 5 ms
 * later, 2 ms per answer.
 */
function oneTracked() {
  const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
  const tracker = createLagTracker(reading)
  const tick = (at: number, leader: number, ...followers: readonly number[]): void => {
    followers.forEach((own, i) => tracker.followerRead(i + 1, own, at, at + 2))
    tracker.leaderRead(0, leader, at + 5, at + 7)
    tracker.settle(0)
  }
  return { reading, tracker, tick }
}

describe('lag in records', () => {
  it('is unknown until leader and follower have been read, and 0 for the leader', () => {
    const { reading, tracker } = oneTracked()
    tracker.followerRead(1, 90, 0, 2)
    tracker.settle(0)
    expect(reading.lagRecords[1]).toBeNaN()
    expect(reading.caughtUpAt[1]).toBeNaN()
    tracker.leaderRead(0, 100, 5, 7)
    tracker.settle(0)
    expect([...reading.lagRecords]).toEqual([0, 10, NaN])
  })

  it('comes only from a leader reading sent after the follower answered', () => {
    const { reading, tracker } = oneTracked()
    tracker.followerRead(1, 90, 0, 6)
    tracker.leaderRead(0, 100, 5, 7)
    tracker.settle(0)
    expect(reading.lagRecords[1]).toBeNaN()
    tracker.leaderRead(0, 101, 6, 9)
    expect(reading.lagRecords[1]).toBe(11)
  })

  it('is negative where a follower has more than its leader, which is no lag of any size', () => {
    const { reading, tracker, tick } = oneTracked()
    tick(0, 100, 90, 123)
    expect([...reading.lagRecords]).toEqual([0, 10, -23])
    expect([lateMs(reading, 2, 1000, false), isLate(reading, 2, 1000)]).toEqual([0, false])
    expect(tracker.lagErrorRecords(0)).toBe(10)
  })

  it('is not too high by what a silent broker lacks: its reading is as old as is told beside it', () => {
    const { reading, tracker, tick } = oneTracked()
    tick(0, 100, 100, 100)
    tracker.followerRead(1, 197, 1_000, 1_002)
    tracker.leaderRead(0, 200, 1_005, 1_007)
    tracker.settle(0)
    expect([...reading.lagRecords]).toEqual([0, 3, 100])
    expect(tracker.lagErrorRecords(0)).toBe(100)
    expect(tracker.lagErrorRecords(0, (broker) => broker === 3)).toBe(3)
    expect(tracker.lagErrorRecords(0, () => true)).toBeNaN()
  })

  it('is counted again once the one ahead has cut its log back', () => {
    const { reading, tick } = oneTracked()
    tick(0, 100, 100, 123)
    tick(1000, 110, 110, 104)
    expect([...reading.lagRecords]).toEqual([0, 0, 6])
  })

  it('is negative after a leader that came back with less, too', () => {
    const { reading, tracker, tick } = oneTracked()
    tick(0, 100, 100, 100)
    tracker.leaderRead(0, 80, 1000, 1002)
    tracker.settle(0)
    expect([...reading.lagRecords]).toEqual([0, -20, -20])
    expect(tracker.lagErrorRecords(0)).toBeNaN()
  })

  it('ignores an answer older than the one known', () => {
    const { reading, tracker, tick } = oneTracked()
    tick(1000, 100, 95, 95)
    tracker.followerRead(1, 50, 400, 1100)
    tracker.leaderRead(0, 60, 400, 1100)
    tracker.settle(0)
    expect([reading.logEndOffset[0], reading.logEndOffset[1], reading.lagRecords[1]]).toEqual([100, 95, 5])
  })

  it('goes on after the clock has been set back', () => {
    const { reading, tick } = oneTracked()
    tick(3_600_000, 100, 90, 100)
    tick(3_601_000, 110, 90, 110)
    tick(1000, 120, 90, 120)
    expect([...reading.lagRecords]).toEqual([0, 30, 0])
    expect([...reading.caughtUpAt]).toEqual([1005, 1007, 1005])
    expect(reading.lateAtLeast[1]).toBe(1)
  })

  it('takes the answer of a broker that leads no more as a follower’s', () => {
    const { reading, tracker } = oneTracked()
    reading.leader[0] = 2
    tracker.leaderRead(0, 100, 0, 2, 1)
    expect(reading.logEndOffset[0]).toBe(100)
    tracker.leaderRead(0, 104, 5, 7, 2)
    tracker.settle(0)
    expect([...reading.lagRecords]).toEqual([4, 0, NaN])
  })
})

describe('time lag', () => {
  it('a healthy follower of a busy leader is not behind for certain, however seldom it is read', () => {
    const { reading, tick } = oneTracked()
    for (let at = 0; at < 100_000; at += 10_000) tick(at, at + 5, at, at + 3)
    expect(behindForMs(reading, 1)).toBe(0)
    expect(isLate(reading, 1, 1000)).toBe(false)
    expect(lateMs(reading, 1, 100_000, false)).toBe(0)
  })

  it('a follower that stops is late as soon as it has been behind for long enough', () => {
    const { reading, tick } = oneTracked()
    for (let at = 0; at <= 1000; at += 250) tick(at, at, at, at)
    const late: number[] = []
    for (let at = 1250; at <= 3000; at += 250) {
      tick(at, at, 1000, at)
      if (isLate(reading, 1, 1000)) late.push(at)
    }
    expect(late[0]).toBe(2500)
    expect(reading.caughtUpAt[1]).toBe(1005)
    expect(lateMs(reading, 1, 3010, false)).toBe(2005)
    expect(isLate(reading, 2, 1000)).toBe(false)
  })

  it('one that stands still while its leader moves on is known a reading after it stopped, unless its broker is silent', () => {
    const { tracker, tick } = oneTracked()
    const stands: boolean[] = []
    const note = (at: number, leader: number, ...followers: readonly number[]): void => {
      tick(at, leader, ...followers)
      stands.push(tracker.standsStill(0))
    }
    note(0, 100, 98, 97)
    note(500, 200, 198, 195)
    // Stopped here.
    note(1_000, 300, 198, 296)
    expect(stands).toEqual([false, false, true])
    note(1_500, 300, 300, 300)
    expect(tracker.standsStill(0)).toBe(false)
    tracker.followerRead(1, 300, 2_000, 2_002)
    for (const at of [2_000, 2_500, 3_000]) {
      tracker.followerRead(2, at, at, at + 2)
      tracker.leaderRead(0, at, at + 5, at + 7)
      tracker.settle(0)
    }
    expect(tracker.standsStill(0)).toBe(false)
  })

  it('moves on with the follower while it catches up, and ends with it', () => {
    const { reading, tracker, tick } = oneTracked()
    for (let at = 0; at <= 10_000; at += 1000) tick(at, at, Math.min(at, 2000), at)
    tick(11_000, 11_000, 6500, 11_000)
    expect(reading.caughtUpAt[1]).toBe(6005)
    expect(reading.behindSince[1]).toBe(7007)
    tick(12_000, 12_000, 12_000, 12_000)
    expect([reading.caughtUpAt[1], reading.behindSince[1]]).toEqual([12_005, NaN])
    expect(tracker.histories).toBe(0)
  })

  it('a follower late at first sight is late by at least what we saw', () => {
    const { reading, tick } = oneTracked()
    tick(1000, 500, 100, 500)
    expect([reading.caughtUpAt[1], reading.lateAtLeast[1]]).toEqual([1007, 1])
    tick(2000, 600, 200, 600)
    expect([reading.caughtUpAt[1], reading.lateAtLeast[1]]).toEqual([1007, 1])
    tick(3000, 700, 550, 700)
    expect([reading.caughtUpAt[1], reading.lateAtLeast[1]]).toEqual([1005, 0])
  })

  it('still grows when the leader takes in nothing more', () => {
    const { reading, tick } = oneTracked()
    tick(0, 10, 10, 10)
    tick(1000, 20, 10, 20)
    for (let at = 2000; at <= 20_000; at += 1000) tick(at, 20, 10, 20)
    expect(lateMs(reading, 1, 20_010, false)).toBe(20_005)
  })

  it('a follower whose LEO goes back (truncated after an unclean election) starts anew', () => {
    const { reading, tick } = oneTracked()
    tick(0, 100, 100, 100)
    tick(1000, 100, 40, 100)
    expect([reading.lagRecords[1], reading.lateAtLeast[1], reading.caughtUpAt[1]]).toEqual([60, 1, 7])
  })
})

describe('a leader’s history', () => {
  it('starts anew with another leader; the followers keep when they last were in step', () => {
    const { reading, tracker, tick } = oneTracked()
    for (let at = 0; at <= 5000; at += 1000) tick(at, at, 0, at)
    expect(tracker.histories).toBe(1)
    reading.leader[0] = 3
    tracker.leaderRead(0, 5000, 6000, 6002)
    tracker.settle(0)
    expect(tracker.histories).toBe(0)
    expect(reading.behindSince[1]).toBe(6002)
    expect(reading.caughtUpAt[1]).toBe(5)
    expect(tracker.produceRate(0)).toBeNaN()
  })

  it('starts anew when the leader’s LEO goes back', () => {
    const { reading, tracker, tick } = oneTracked()
    for (let at = 0; at <= 5000; at += 1000) tick(at, at + 1000, 500, at)
    tick(6000, 300, 300, 300)
    expect([...reading.lagRecords]).toEqual([0, 0, 0])
    expect(tracker.histories).toBe(0)
  })

  it('says nothing while the new leader has not been read', () => {
    const { reading, tracker, tick } = oneTracked()
    tick(0, 100, 100, 100)
    reading.leader[0] = 2
    tracker.followerRead(2, 90, 1000, 1002)
    tracker.settle(0)
    expect(reading.behindSince[2]).toBeNaN()
  })

  it('costs nothing for healthy partitions and stays bounded for 2,500 late ones', () => {
    const partitions = Array.from({ length: 2500 }, () => ({ replicas: [1, 2] }))
    const reading = readingOfPartitions(partitions)
    const tracker = createLagTracker(reading)
    for (let round = 0; round < 220; round++) {
      for (let row = 0; row < 2500; row++) {
        tracker.followerRead(row * 2 + 1, 1, round * 1000, round * 1000 + 1)
        tracker.leaderRead(row, 10 + round, round * 1000 + 2, round * 1000 + 3)
        tracker.settle(row)
      }
    }
    expect(tracker.histories).toBe(2500)
    expect(tracker.historyEntries).toBeLessThanOrEqual(500_000)
    expect(reading.caughtUpAt[1]).toBe(3)
  })
})

describe('rates', () => {
  it('the produce rate is unknown at first, then what the leader takes in', () => {
    const { tracker, tick } = oneTracked()
    tick(0, 0, 0, 0)
    expect(tracker.produceRate(0)).toBeNaN()
    for (let at = 250; at <= 20_000; at += 250) tick(at, at / 2, at / 2, at / 2)
    expect(tracker.produceRate(0)).toBeCloseTo(500, 5)
  })

  it('the catch-up rate is how fast the lag shrinks, negative while it grows, unknown for one in step', () => {
    const { reading, tracker, tick } = oneTracked()
    for (let at = 0; at <= 5000; at += 500) tick(at, at, 0, at)
    expect(tracker.catchUpRate(1)).toBeCloseTo(-1000, 5)
    expect(tracker.catchUpRate(2)).toBeNaN()
    for (let at = 5500; at <= 40_000; at += 500) tick(at, at, Math.min(at - 200, (at - 5000) * 1.1), at)
    expect(tracker.catchUpRate(1)).toBeCloseTo(100, 5)
    expect(reading.lagRecords[1]).toBeGreaterThan(0)
  })

  it('the error of a lag is bounded by the lag and by what came in between two readings of the leader', () => {
    const { tracker, tick } = oneTracked()
    expect(tracker.lagErrorRecords(0)).toBeNaN()
    tick(0, 1000, 990, 1000)
    expect(tracker.lagErrorRecords(0)).toBe(10)
    tick(1000, 1050, 500, 1050)
    expect(tracker.lagErrorRecords(0)).toBe(50)
    tick(2000, 1080, 500, 1075)
    expect(tracker.lagErrorRecords(0)).toBe(30)
  })
})

it('a tracker follows its rows into another topology', () => {
  const topics: TopicRow[] = [{ name: 'm', partitions: [{ replicas: [1, 2] }] }]
  const before = readingOf(topics)
  const tracker = createLagTracker(before)
  for (let at = 0; at <= 4000; at += 1000) {
    tracker.followerRead(1, 0, at, at + 1)
    tracker.leaderRead(0, at, at + 2, at + 3)
    tracker.settle(0)
  }
  expect(tracker.catchUpRate(1)).toBeCloseTo(-1000, 5)
  const grown: TopicRow[] = [
    { name: 'a', partitions: [{ replicas: [2, 1] }] },
    { name: 'm', partitions: [{ replicas: [3, 1, 2] }] },
  ]
  const after = emptyReading(buildTopology(metadata(grown), before.topology).topology)
  const next = tracker.carryTo(after, runWhole(carryOverPass(before, after)))
  answer(after, [grown[0]!, { name: 'm', partitions: [{ leader: 1, replicas: [3, 1, 2] }] }], 5000)
  next.followerRead(4, 2500, 5000, 5001)
  next.leaderRead(1, 5000, 5002, 5003)
  next.settle(1)
  expect(after.caughtUpAt[4]).toBe(2002)
  expect(after.behindSince[4]).toBe(3003)
  expect(next.produceRate(1)).toBeCloseTo(1000, 5)
  expect(next.catchUpRate(4)).toBeNaN()
  expect(next.histories).toBe(1)
})

describe('what is proven of a follower’s fetching', () => {
  const FETCH_WAIT_MS = 500
  /** Of follower 2, against the reading before its step. */
  const proof = (reading: ReturnType<typeof oneTracked>['reading'], follower = 2): number | undefined =>
    reading.fetchedAt.get(pairOf(1, follower))

  it('is a step up to what the leader had: then it fetched after its reading before', () => {
    const { reading, tick } = oneTracked()
    tick(1000, 100, 100, 100)
    expect(proof(reading)).toBeUndefined()
    tick(2000, 110, 100, 100)
    expect(proof(reading)).toBeUndefined()
    tick(3000, 120, 110, 100)
    expect(proof(reading)).toBe(2000 - FETCH_WAIT_MS)
    tick(4000, 130, 120, 100)
    expect(proof(reading)).toBe(3000 - FETCH_WAIT_MS)
    expect(proof(reading, 3)).toBeUndefined()
    expect([...reading.steppedAt]).toEqual([NaN, 3000 - FETCH_WAIT_MS, NaN])
  })

  it('is as old as the reading of the leader it got to', () => {
    const { reading, tick } = oneTracked()
    tick(1000, 100, 100, 100)
    tick(2000, 110, 100, 100)
    tick(3000, 120, 100, 100)
    // At what the leader had at 2005, read before last; its own reading before is of 3000.
    tick(4000, 130, 110, 100)
    expect(proof(reading)).toBe(2005 - FETCH_WAIT_MS)
  })

  it('is not a step of one that stays behind, nor standing still at the end', () => {
    const { reading, tick } = oneTracked()
    tick(1000, 100, 50, 100)
    tick(2000, 110, 60, 100)
    tick(3000, 120, 70, 100)
    tick(4000, 120, 80, 100)
    expect([proof(reading), proof(reading, 3)]).toEqual([undefined, undefined])
  })

  /** Both led by 1 and followed by 2, which is at the end of the first at each step. */
  function twoPartitions() {
    const reading = readingOfPartitions([{ replicas: [1, 2] }, { replicas: [1, 2] }])
    const tracker = createLagTracker(reading)
    const step = (now: number, end: number): void => {
      tracker.followerRead(1, end, now, now + 2)
      tracker.leaderRead(0, end, now + 5, now + 7)
      tracker.settle(0)
    }
    return { reading, step }
  }
  const proven = (reading: Reading, row: number): number | undefined => reading.fetchedAt.get(fetchKey(reading, row, 2))

  it('of one partition speaks for all of the same thread, and stays where topics come and go', () => {
    const { reading, step } = twoPartitions()
    step(1000, 100)
    step(2000, 110)
    expect(proof(reading)).toBe(1000 - FETCH_WAIT_MS)
    const after = emptyReading(reading.topology)
    runWhole(carryOverPass(reading, after))
    expect(proof(after)).toBe(1000 - FETCH_WAIT_MS)
  })

  it('of one thread says nothing of another one of the same broker (K10)', () => {
    const { reading, step } = twoPartitions()
    noteFetchers(reading, new Map([[2, 2]]))
    step(1000, 100)
    step(2000, 110)
    // 't' hashes to 116: partition 0 is on thread 31 * 116 % 2 = 0, partition 1 on the other.
    expect([proven(reading, 0), proven(reading, 1)]).toEqual([1000 - FETCH_WAIT_MS, undefined])
    noteFetchers(reading, new Map([[2, 1]]))
    expect([proven(reading, 0), proven(reading, 1)]).toEqual([undefined, undefined])
    step(3000, 120)
    expect([proven(reading, 0), proven(reading, 1)]).toEqual([2000 - FETCH_WAIT_MS, 2000 - FETCH_WAIT_MS])
  })

  it('is none where nobody told how many threads there are', () => {
    const { reading, step } = twoPartitions()
    reading.fetchers.clear()
    step(1000, 100)
    step(2000, 110)
    expect([reading.fetchedAt.size, proven(reading, 0)]).toEqual([0, undefined])
  })

  it.each([
    ['', 0],
    ['t', 116],
    ['orders', -1_008_770_331],
    ['polygenelubricants', -(2 ** 31)],
    ['订单', 1_129_459],
  ])('hashes %s as Java does', (text, hash) => {
    expect(javaHash(text)).toBe(hash)
  })

  it.each([
    [116, 0, 1, 0],
    [116, 1, 4, 1],
    [-1_008_770_331, 3, 4, 2],
    // 31 times it is the least integer again, of which Kafka makes 0.
    [-(2 ** 31), 0, 7, 0],
  ])('hash %i and partition %i of %i threads', (hash, partition, threads, expected) => {
    expect(threadOf(hash, partition, threads)).toBe(expected)
  })

  it.each([
    [-1, 2],
    [1, 2 ** 22],
    [2 ** 22, 1],
  ])('is not kept of brokers %i and %i', (leader, follower) => {
    expect(pairOf(leader, follower)).toBeNaN()
  })
})
