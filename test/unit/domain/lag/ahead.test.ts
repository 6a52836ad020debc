import { describe, expect, it } from 'vitest'
import { leaderStops } from '../../../../src-main/domain/forecast/leader-stops'
import { aheadRecords, behindRecords } from '../../../../src-main/domain/lag/ahead'
import { createLagTracker } from '../../../../src-main/domain/lag/lag-tracker'
import { lateMs } from '../../../../src-main/domain/lag/lateness'
import { livePartition } from '../../../../src-main/domain/picture/live'
import { Presences } from '../../../../src-main/domain/state/presences'
import { UNCLEAN_ON } from '../../../../src-main/domain/topology/reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { NEXT_NONE } from '../../../../src-main/shared/states'
import { START, factsOf, judge, readingOfPartitions, settings } from '../../../support/columns'
import { summaryOf } from '../../../support/summary-of'

/** Led by 1 with 2 out of the ISR, which was read just before its leader. */
function oneOut(lagRecords: number, leaderEnd: number, ownEnd: number): WritableReading {
  const reading = readingOfPartitions([{ replicas: [1, 2], isr: [1] }])
  reading.lagRecords.set([0, lagRecords])
  reading.logEndOffset.set([leaderEnd, ownEnd])
  reading.sentAt.set([START - 3, START - 7])
  reading.readAt.set([START - 1, START - 5])
  return reading
}

describe('a replica and its leader', () => {
  it.each([
    ['behind', 7, 100, 93, 7, 0],
    ['in step', 0, 100, 100, 0, 0],
    ['never compared', NaN, 100, 93, NaN, 0],
    ['ahead', -20, 100, 120, NaN, 20],
    ['ahead of a leader with which its lag was not read yet', 5, 100, 120, NaN, 20],
    ['ahead of the leader before, and not of this one', -20, 130, 120, NaN, 0],
  ])('%s', (_, lagRecords, leaderEnd, ownEnd, behind, ahead) => {
    const reading = oneOut(lagRecords, leaderEnd, ownEnd)
    expect([behindRecords(reading, 1), aheadRecords(reading, 1)]).toEqual([behind, ahead])
  })
})

describe('a lag below 0', () => {
  // By how much it is ahead is told where that is known of now.
  it.each([
    ['of now', 100, -20],
    ['of the leader before', 130, NaN],
  ])('%s is no lag of any sum, sentence or forecast', (_, leaderEnd, told) => {
    const reading = oneOut(-20, leaderEnd, 120)
    reading.uncleanElection[0] = UNCLEAN_ON
    const facts = factsOf([1, 2])
    const columns = judge(reading, { facts })
    expect(columns.lagRecords[0]).toBe(told)
    expect([columns.next[0], columns.nextBroker[0]]).toEqual([NEXT_NONE, 2])
    expect(lateMs(reading, 1, START, false)).toBe(0)
    expect(summaryOf(reading).brokers.find(({ id }) => id === 2)?.lagRecords).toBeNaN()
    expect(leaderStops(reading, new Presences(facts), 0, 1, settings())?.unclean).toEqual({
      broker: 2,
      lostRecords: NaN,
    })
    const extra = { logStartOffset: 0, disputes: [] }
    const live = livePartition(reading, createLagTracker(reading), facts, settings(), columns, 0, START, extra)
    expect(live.replicas[1]?.lagRecords).toBeNaN()
  })
})
