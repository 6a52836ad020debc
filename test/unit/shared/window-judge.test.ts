import { describe, expect, it } from 'vitest'
import type { LateTally } from '../../../src-main/shared/late-tally'
import { LateTallies } from '../../support/late-tallies'
import type { Excursion } from '../../support/late-tallies'
import { adviceOf, closestCall, LEAST_WATCHED_MS } from '../../../src-main/shared/window-advice'
import { atOrAbove, bucketFrom, bucketOf, bucketTo, LAST_BUCKET } from '../../../src-main/shared/late-buckets'
import { judgeWindow } from '../../../src-main/shared/window-judge'

const W = 30_000
const excursion = (over: Partial<Excursion>): Excursion => ({
  leader: 1,
  follower: 2,
  topic: 't',
  windowMs: W,
  end: 'returned',
  cut: '',
  leastMs: 2_000,
  mostMs: 2_000,
  evictions: 0,
  isOccasion: true,
  ...over,
})
const evicted = (leastMs: number, mostMs = leastMs): Excursion =>
  excursion({ end: 'evicted', evictions: 1, leastMs, mostMs })
const returned = (leastMs: number, mostMs = leastMs): Excursion => excursion({ leastMs, mostMs })

function clusterOf(...excursions: readonly Excursion[]): readonly LateTally[] {
  const tallies = new LateTallies()
  for (const one of excursions) tallies.note(one)
  return tallies.take(0).tallies.filter(({ kind }) => kind === 'cluster')
}

describe('buckets', () => {
  it.each([1_000, 1_090, 1_091, 9_999, 10_000, 45_000, 59_999, 3_600_000, 4_096_000])(
    'hold what is in them: %d ms',
    (ms) => {
      const bucket = bucketOf(ms)
      expect(bucketFrom(bucket)).toBeLessThanOrEqual(ms)
      expect(bucketTo(bucket)).toBeGreaterThan(ms)
    },
  )

  it('begin below a second and end with what is not known', () => {
    expect(bucketOf(999)).toBe(0)
    expect(bucketOf(1_000)).toBe(1)
    for (const ms of [1e9, Number.POSITIVE_INFINITY, Number.NaN]) expect(bucketOf(ms)).toBe(LAST_BUCKET)
  })

  it('answer a range where the value lies within one', () => {
    expect(atOrAbove([[bucketOf(31_000), 4]], 31_000)).toEqual({ least: 0, most: 4 })
    expect(atOrAbove([[bucketOf(31_000), 4]], 20_000)).toEqual({ least: 4, most: 4 })
    expect(atOrAbove([[bucketOf(31_000), 4]], 60_000)).toEqual({ least: 0, most: 0 })
  })
})

describe('a larger value', () => {
  it.each<[string, number, { least: number; most: number }, { least: number; most: number }]>([
    ['would have kept one that was back within it', 40_000, { least: 1, most: 1 }, { least: 0, most: 0 }],
    ['may have kept one that was back within 1.5 of it', 75_000, { least: 0, most: 1 }, { least: 0, most: 1 }],
    ['would have put one out later that was not', 120_000, { least: 0, most: 0 }, { least: 1, most: 1 }],
  ])('%s', (_, lateMs, avoided, delayed) => {
    expect(judgeWindow(clusterOf(evicted(lateMs)), 60_000)).toMatchObject({ evicted: 1, avoided, delayed })
  })

  it('counts one of which only two bounds are known as a range', () => {
    expect(judgeWindow(clusterOf(evicted(40_000, 200_000)), 60_000).avoided).toEqual({ least: 0, most: 1 })
  })

  it('certainly keeps none of which nobody saw when it caught up, and may keep it', () => {
    const lost = excursion({ end: 'unknown', evictions: 1, leastMs: 31_000 })
    expect(judgeWindow(clusterOf(lost), 60_000)).toMatchObject({
      evicted: 1,
      avoided: { least: 0, most: 1 },
      delayed: { least: 0, most: 1 },
    })
    const longer = { ...lost, leastMs: 300_000 }
    expect(judgeWindow(clusterOf(longer), 60_000).delayed).toEqual({ least: 1, most: 1 })
  })

  it('has nothing to do with those that stayed in', () => {
    expect(judgeWindow(clusterOf(returned(29_000)), 60_000)).toMatchObject({
      added: { least: 0, most: 0 },
      returned: 1,
    })
  })
})

describe('a smaller value', () => {
  it.each<[string, number, { least: number; most: number }]>([
    ['leaves in who was late for less', 9_000, { least: 0, most: 0 }],
    ['may put out who was late for 1.0 to 1.5 of it', 12_000, { least: 0, most: 1 }],
    ['puts out who was late for longer', 16_000, { least: 1, most: 1 }],
  ])('%s', (_, lateMs, added) => {
    expect(judgeWindow(clusterOf(returned(lateMs)), 10_000)).toMatchObject({ added, avoided: { least: 0, most: 0 } })
  })
})

it('does not count what was cut, nor judge what a leader of an unknown value did', () => {
  const cut = excursion({ end: 'cut', cut: 'fenced', leastMs: 29_000 })
  const untold = { ...evicted(40_000), windowMs: -1 }
  expect(judgeWindow(clusterOf(cut, untold), 60_000)).toMatchObject({
    excursions: 1,
    unjudged: 1,
    cut: 1,
    avoided: { least: 0, most: 0 },
    delayed: { least: 0, most: 0 },
  })
})

it('judges each excursion by the value that stood at its leader', () => {
  const small = { ...evicted(12_000), windowMs: 10_000 }
  const judged = judgeWindow(clusterOf(small, returned(29_000)), 15_000)
  expect(judged).toMatchObject({ avoided: { least: 1, most: 1 }, added: { least: 1, most: 1 } })
})

describe('advice', () => {
  const record = (over: object, ...excursions: readonly Excursion[]) => ({
    watchedMs: LEAST_WATCHED_MS,
    windows: [{ broker: 1, ms: W }],
    tallies: clusterOf(...excursions),
    ...over,
  })
  const many = (n: number, one: Excursion): Excursion[] => Array.from({ length: n }, () => one)

  it('says what it would need where it has seen too little', () => {
    expect(adviceOf(record({ watchedMs: 540_000 }, ...many(12, returned(2_000))))).toEqual({
      kind: 'too-little',
      needsMs: LEAST_WATCHED_MS - 540_000,
      needsOccasions: 8,
    })
  })

  it('needs stalls, not partitions', () => {
    const stall = many(1_000, { ...evicted(40_000), isOccasion: false })
    expect(adviceOf(record({}, ...stall))).toMatchObject({ kind: 'too-little', needsMs: 0, needsOccasions: 20 })
  })

  it.each<[string, number, readonly Excursion[], object]>([
    ['a quiet week', 7, [], { kind: 'keep' }],
    ['nobody left by lag', 1, many(30, returned(20_000)), { kind: 'keep' }],
    [
      'half would have stayed',
      1,
      [...many(10, evicted(40_000)), ...many(10, evicted(500_000))],
      { kind: 'raise', valueMs: 45_000 },
    ],
    ['no value that is tried would have kept half', 1, many(20, evicted(500_000)), { kind: 'follower' }],
  ])('%s', (_, days, excursions, expected) => {
    expect(adviceOf(record({ watchedMs: days * LEAST_WATCHED_MS }, ...excursions))).toEqual(expected)
  })

  it('is none where no value is told', () => {
    expect(adviceOf(record({ windows: [] }, ...many(20, evicted(40_000))))).toEqual({ kind: 'unread' })
  })

  it('names the closest call as what it may have been at most', () => {
    expect(closestCall(clusterOf(returned(3_000, 5_000), evicted(90_000)))).toBe(bucketTo(bucketOf(5_000)))
    expect(closestCall([])).toBe(0)
  })
})
