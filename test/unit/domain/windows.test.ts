import { describe, expect, it } from 'vitest'
import { caughtUpBy, caughtUpRange } from '../../../src-main/domain/lag/catch-up'
import { fencingOf, fencingRange } from '../../../src-main/domain/forecast/fencing'
import { heardByControllers } from '../../../src-main/domain/forecast/hearing'
import { leavesIsr } from '../../../src-main/domain/lag/lateness'
import { effectiveMinInSyncReplicas, toleranceOf, underMinStopsConsumers } from '../../../src-main/domain/state/min-isr'
import { pairOf, type BrokerFacts } from '../../../src-main/domain/topology/reading'
import { START, answer, factsOf, makeLate, readingOfPartitions, settings } from '../../support/columns'

describe('the min ISR that counts', () => {
  it.each<[string, number, number, readonly [number, number] | null, number]>([
    ['the setting, where it fits', 2, 3, [3, 6], 2],
    ['above RF up to 3.6: as it stands', 3, 2, [3, 6], 3],
    ['above RF on 2.8', 99, 3, [2, 8], 99],
    ['above RF from 3.7: RF', 3, 2, [3, 7], 2],
    ['above RF on 4.0: RF', 99, 3, [4, 0], 3],
    ['above RF, version unknown', 3, 2, null, -1],
    ['up to RF the version does not matter', 2, 2, null, 2],
    ['unknown setting', -1, 3, [4, 0], -1],
    ['RF 1', 1, 1, [4, 0], 1],
  ])('%s', (_, setting, factor, version, effective) => {
    expect(effectiveMinInSyncReplicas(setting, factor, version)).toBe(effective)
  })

  it.each<[readonly [number, number] | null, boolean | null]>([
    [[2, 8], false],
    [[3, 6], false],
    [[3, 7], true],
    [[4, 0], true],
    [null, null],
  ])('under it consumers of Kafka %s stop: %s', (version, stop) => {
    expect(underMinStopsConsumers(version)).toBe(stop)
  })

  it.each([
    [3, 2, 1],
    [2, 2, 0],
    [1, 2, -1],
    [0, 99, -99],
    [3, -1, -128],
    [0, 4000, -127],
  ])('|ISR| %i, min %i: tolerance %i', (inSync, min, tolerance) => {
    expect(toleranceOf(inSync, min)).toBe(tolerance)
  })
})

describe('spans of time', () => {
  it.each([
    ['combined nodes, 4.4.0', 9000, [7200, 8200, 9100, 9400, 11_000]],
    ['separate controllers with 16 s, 4.4.0', 16_000, [13_700, 16_800]],
    ['a controller looks every eighth of a session', 60_000, [60_000, 67_500]],
  ])('a silent broker is fenced in the range said: %s', (_, session, runs) => {
    const { from, to } = fencingRange(0, session)
    for (const seen of runs) expect([from <= seen, seen <= to]).toEqual([true, true])
  })

  it('without a session timeout nothing is said, and without a fencing in its time nothing more', () => {
    expect(fencingRange(0, NaN)).toEqual({ from: NaN, to: NaN })
    expect(fencingRange(0, 9000, 13_125)).toEqual({ from: 6500, to: 11_125 })
    expect(fencingRange(0, 9000, 13_126)).toEqual({ from: NaN, to: NaN })
    expect(fencingRange(0, 60_000, 64_500)).toEqual({ from: 57_500, to: 68_500 })
    // Never heard of: it may have been silent for long when it was first asked (K8.1).
    expect(fencingRange(0, 9000, 0, true)).toEqual({ from: 0, to: 11_125 })
    expect(fencingRange(0, NaN, 0, true)).toEqual({ from: NaN, to: NaN })
  })

  it.each<[string, readonly [number, number][], readonly [number, number][]]>([
    [
      'by its age at the time of the answer, from when it was asked for',
      [
        [100, 50_000],
        [1, 49_600],
        [2, 37_300],
      ],
      [
        [1, 9600],
        [2, -2700],
      ],
    ],
    [
      'a node that never fetched is not there',
      [
        [100, 50_000],
        [1, -1],
      ],
      [],
    ],
    [
      'listed twice, as a voter with a new disk is: the later time',
      [
        [100, 50_000],
        [1, 20_000],
        [1, 49_000],
      ],
      [[1, 9000]],
    ],
    ['without the leader nobody knows its clock', [[1, 49_000]], []],
    [
      'a leader that tells no time',
      [
        [100, -1],
        [1, 49_000],
      ],
      [],
    ],
  ])('the controllers heard a node: %s', (_, members, heard) => {
    const told = members.map(([id, at]) => ({ id, lastFetchAt: at, lastCaughtUpAt: at }))
    expect([...heardByControllers(100, told, 10_000)]).toEqual(heard)
  })

  it.each<[string, Partial<BrokerFacts>, number, readonly [number, number]]>([
    ['mute, and nobody tells whom the controllers hear: perhaps at once', {}, 3000, [0, 11_125]],
    ['mute, and they were asked too early to know', { hearingAskedAt: 1500 }, 3000, [0, 11_125]],
    ['mute, and they do not hear it either: a session later', { hearingAskedAt: 1501 }, 3000, [6500, 11_125]],
    ['its port is closed: a session later', { silence: 'refused' }, 3000, [6500, 11_125]],
    ['heard long before', { heardAt: -20_000, hearingAskedAt: 2900 }, 3000, [6500, 11_125]],
    ['heard when it fell silent, and asked too early', { heardAt: 800, hearingAskedAt: 2300 }, 3000, [800, 11_925]],
    ['heard when it fell silent: on its way', { heardAt: 800, hearingAskedAt: 2301 }, 3000, [7300, 11_925]],
    ['heard since: not at all', { heardAt: 2500, hearingAskedAt: 2600 }, 3000, [NaN, NaN]],
    ['heard since, 5.9 s ago', { heardAt: 2500, hearingAskedAt: 8300 }, 8400, [NaN, NaN]],
    ['not heard for 6 s: a session after that', { heardAt: 2500, hearingAskedAt: 8400 }, 8500, [9000, 13_625]],
    ['not heard for 6 s, nor asked', { heardAt: 2500, hearingAskedAt: 2600 }, 8500, [2500, 13_625]],
  ])('a broker silent to us since 0 is fenced: %s', (_, told, now, [from, to]) => {
    const fact: BrokerFacts = { ...factsOf([1], { 1: 0 }).get(1)!, hearingAskedAt: NaN, ...told }
    expect(fencingOf(fact, 9000, now)).toEqual({ from, to })
    expect(fencingOf({ ...fact, returning: true }, 9000, now)).toEqual({ from: NaN, to: NaN })
  })

  it.each([
    [500, 100, 6000],
    [0, NaN, 1000],
    [500, 0, NaN],
    [500, -20, NaN],
    [500, NaN, NaN],
    [NaN, 100, NaN],
  ])('a lag of %d shrinking by %d a second at 1000 ms is gone at %d', (lag, rate, at) => {
    expect(caughtUpBy(lag, rate, 1000)).toBe(at)
  })

  it.each([
    ['nearly there: 3.8 times too long', 300, 100, 3000 / 3.8],
    ['in the middle', 2000, 100, 20_000 * 0.96],
    ['slower than before', 5000, 100, 90_000],
  ])('of catching up is a range: %s', (_, lag, rate, took) => {
    const { from, to } = caughtUpRange(lag, rate, 0)
    expect([from <= took, took <= to]).toEqual([true, true])
  })

  it('of catching up is nothing where nothing shrinks', () => {
    expect(caughtUpRange(500, 0, 1000)).toEqual({ from: NaN, to: NaN })
    expect(caughtUpRange(500, NaN, 1000)).toEqual({ from: NaN, to: NaN })
  })
})

describe('when a late member leaves the ISR (findings K10.1, K10.2)', () => {
  /** Of three led by 1, broker 2: the leader passed it between the two moments, and it was last seen fetching at the third. */
  const late = (caughtUpAt: number, behindSince: number, fetchedAt = NaN) => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
    makeLate(reading, 1, START + caughtUpAt, START + 60_000)
    reading.behindSince[1] = START + behindSince
    if (Number.isNaN(fetchedAt)) reading.fetchedAt.clear()
    else reading.fetchedAt.set(pairOf(1, 2), START + fetchedAt)
    return reading
  }
  const at = (reading: ReturnType<typeof late>, windows = settings({ evictionWindowMs: 10_000 })) => {
    const { from, to } = leavesIsr(reading, 1, windows)
    return [from - START, to - START]
  }

  it.each([
    ['seen fetching when the leader passed it', 1000, 1000, 1000, [11_000, 16_000]],
    ['the leader was read in between: the range has both ends', 1000, 1250, 700, [10_700, 16_250]],
    ['seen fetching 5 s before the next record found it out', 6000, 6000, 1000, [11_000, 21_000]],
    ['seen fetching long before: at any moment', 60_000, 60_000, 1000, [60_000, 75_000]],
    ['never seen fetching: at any moment, 0 to 15 s', 60_000, 60_000, NaN, [60_000, 75_000]],
    [
      'seen fetching on another partition after the leader had passed it: no more than its window',
      1000,
      1250,
      9000,
      [11_250, 16_250],
    ],
  ])('%s', (_, caughtUpAt, behindSince, fetchedAt, expected) => {
    expect(at(late(caughtUpAt, behindSince, fetchedAt))).toEqual(expected)
  })

  it.each([
    ['its own step', 8000, [18_000, 31_000]],
    ['its own step, long ago: as soon as the leader has passed it', 1000, [16_000, 31_000]],
    ['nothing of its own', NaN, [21_000, 31_000]],
  ])(
    'under a throttle, which leaves it out of the fetches that others are in, it is proven by %s',
    (_, own, expected) => {
      const reading = late(16_000, 16_000, 15_900)
      reading.throttled[0] = 1
      reading.steppedAt[1] = START + own
      if (Number.isNaN(own)) reading.leaderSince[0] = START + 13_000
      expect(at(reading)).toEqual(expected)
    },
  )

  it('a leader change gives every member a fresh window, and is seen up to 2 s late', () => {
    const reading = late(1000, 1000, 1000)
    answer(reading, [{ name: 't', partitions: [{ replicas: [1, 2, 3], leader: 3, epoch: 2 }] }], START + 4000)
    expect(at(reading)).toEqual([12_000, 19_000])
  })

  it('late since before we looked: at any moment', () => {
    const reading = late(1000, 1000)
    reading.lateAtLeast[1] = 1
    expect(at(reading)).toEqual([1000, 16_000])
  })

  it.each([
    [
      'the leader’s own',
      [
        [1, 4000],
        [2, 30_000],
      ],
      [5000, 7000],
    ],
    [
      'of a leader that was not read, any of those that were',
      [
        [2, 4000],
        [3, 30_000],
      ],
      [5000, 46_000],
    ],
    ['where nobody was asked one by one, the one there is', [], [31_000, 46_000]],
  ] as const)('by the window of %s', (_, windows, expected) => {
    const evictionWindows = new Map<number, number>(windows)
    expect(at(late(1000, 1000, 1000), settings({ evictionWindowMs: 30_000, evictionWindows }))).toEqual(expected)
  })

  it('without a window nothing is said', () => {
    expect(at(late(1000, 1000, 1000), settings({ evictionWindowMs: NaN }))).toEqual([NaN, NaN])
    expect(at(late(1000, 1000), settings({ evictionWindowMs: NaN }))).toEqual([NaN, NaN])
  })
})
