import { describe, expect, it } from 'vitest'
import { FIGURES } from '../../../../src-main/contract/kept-samples'
import type { Figure, FigureRow } from '../../../../src-main/contract/kept-samples'
import { PLACE } from '../../../../src-main/domain/samples/sample'
import type { ClusterSample } from '../../../../src-main/domain/samples/sample'
import { gapsOf, tierFor } from '../../../../src-main/domain/samples/series'
import { Spread } from '../../../../src-main/domain/samples/spread'
import { Tiers } from '../../../../src-main/domain/samples/tiers'
import { runWhole } from '../../../../src-main/domain/slices'

const row = (figures: Partial<Record<Figure, number>>): FigureRow => FIGURES.map((figure) => figures[figure] ?? 0)
const MINUTE = 60_000
const sample = (
  at: number,
  figures: Partial<Record<Figure, number>>,
  topics: Readonly<Record<string, FigureRow>> = {},
): ClusterSample => ({
  at,
  samples: 1,
  cluster: row(figures),
  brokers: new Map([[1, row(figures)]]),
  topics: new Map(Object.entries(topics)),
})

/** By hand: a figure in six samples of a minute, and what the minute has of it. */
const FOLDED: readonly (readonly [Figure, readonly number[], number])[] = [
  ['lagRecords', [0, 5, 900, 30, 0, 0], 900],
  ['lagRecordsP95', [0, 5, 800, 30, 0, 0], 800],
  ['lateMs', [0, Number.NaN, 2_000, 0, 0, 0], 2_000],
  ['lateMsP95', [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN], Number.NaN],
  ['underReplicated', [1, 2, 3, 2, 1, 0], 3],
  ['offline', [0, 0, 0, 0, 0, 1], 1],
  ['recordsPerSecond', [60, 60, 120, 0, 0, 0], 40],
  ['recordsPerSecond', [Number.NaN, 60, 120, Number.NaN, 0, 0], 45],
  ['recordsPerSecond', [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN], Number.NaN],
  ['isrChanges', [1, 0, 2, 0, 0, 4], 7],
]

describe('six samples of ten seconds', () => {
  it.each(FOLDED)('become a minute: %s %o gives %d', (figure, values, folded) => {
    const tiers = new Tiers()
    for (const [n, value] of values.entries()) {
      const kept = runWhole(tiers.add(sample(10 * MINUTE + n * 10_000, { [figure]: value })))
      expect(kept.map(({ tier }) => tier)).toEqual([0])
    }
    const kept = runWhole(tiers.add(sample(11 * MINUTE, {})))
    expect(kept.map(({ tier }) => tier)).toEqual([0, 1])
    const minute = kept[1]!.sample
    expect([minute.at, minute.samples]).toEqual([10 * MINUTE, 6])
    expect(minute.cluster[PLACE[figure]]).toEqual(folded)
    expect(minute.brokers.get(1)?.[PLACE[figure]]).toEqual(folded)
  })

  it('count a topic that has nothing to tell in some of them as quiet there', () => {
    const tiers = new Tiers()
    const flows = { t: row({ recordsPerSecond: 90, lagRecords: 7 }) }
    for (let n = 0; n < 6; n += 1) runWhole(tiers.add(sample(n * 10_000, {}, n < 2 ? flows : {})))
    const [, minute] = runWhole(tiers.add(sample(MINUTE, {})))
    expect(minute?.sample.topics.get('t')).toEqual(row({ recordsPerSecond: 30, lagRecords: 7 }))
  })
})

describe('minutes', () => {
  it('become ten, each weighing as much as was sampled in it', () => {
    const tiers = new Tiers()
    const kept = []
    // A minute with six samples, a gap, and one with two.
    for (let n = 0; n < 6; n += 1)
      kept.push(...runWhole(tiers.add(sample(n * 10_000, { recordsPerSecond: 10, lateMs: n }))))
    for (let n = 0; n < 2; n += 1)
      kept.push(...runWhole(tiers.add(sample(5 * MINUTE + n * 10_000, { recordsPerSecond: 50 }))))
    // The first minute of the next ten is over a minute later.
    for (const at of [10 * MINUTE, 11 * MINUTE]) kept.push(...runWhole(tiers.add(sample(at, {}))))
    const coarse = kept.filter(({ tier }) => tier > 0)
    expect(coarse.map(({ tier, sample: { at, samples } }) => [tier, at, samples])).toEqual([
      [1, 0, 6],
      [1, 5 * MINUTE, 2],
      [1, 10 * MINUTE, 1],
      [2, 0, 8],
    ])
    const ten = coarse[3]!.sample.cluster
    expect([ten[PLACE.recordsPerSecond], ten[PLACE.lateMs]]).toEqual([20, 5])
  })

  it('are kept as far as they go when it ends, and begin anew where the clock is set back', () => {
    const tiers = new Tiers()
    runWhole(tiers.add(sample(100 * MINUTE, { lateMs: 1 })))
    const kept = runWhole(tiers.add(sample(50 * MINUTE, { lateMs: 2 })))
    expect(kept.map(({ tier, sample: { at } }) => [tier, at])).toEqual([
      [0, 50 * MINUTE],
      [1, 100 * MINUTE],
    ])
    expect(runWhole(tiers.rest()).map(({ tier, sample: { at, samples } }) => [tier, at, samples])).toEqual([
      [1, 50 * MINUTE, 1],
      [2, 100 * MINUTE, 1],
      [2, 50 * MINUTE, 1],
    ])
    expect(runWhole(tiers.rest())).toEqual([])
  })
})

describe('a spread', () => {
  it.each([
    [[], 0, 0],
    [[0, 0, 0], 0, 0],
    [[7], 7, 7],
    // 20 values: one may be above.
    [[...Array.from({ length: 19 }, () => 0), 1_000], 1_000, 0],
    [[...Array.from({ length: 18 }, () => 0), 500, 1_000], 1_000, 500],
    [Array.from({ length: 100 }, (_, n) => n + 1), 100, 95],
    [[1e15, 1], 1e15, 1e15],
  ])('of %o', (values, max, p95) => {
    const spread = new Spread()
    spread.add(12_345)
    spread.clear()
    for (const value of values) spread.add(value)
    expect(spread.max).toBe(max)
    expect(spread.p95).toBeGreaterThanOrEqual(p95)
    expect(spread.p95).toBeLessThanOrEqual(p95 * 1.05)
  })

  it('is not known where one value is not', () => {
    const spread = new Spread()
    spread.add(3)
    spread.add(Number.NaN)
    expect([spread.max, spread.p95]).toEqual([Number.NaN, Number.NaN])
    spread.clear()
    expect([spread.max, spread.p95]).toEqual([0, 0])
  })
})

describe('a series', () => {
  const HOUR = 3_600_000
  it.each([
    [1_000, HOUR, 0],
    [59_999, HOUR, 0],
    [60_000, HOUR, 1],
    [600_000, HOUR, 2],
    [10_000, 6 * HOUR, 0],
    [10_000, 6 * HOUR + 1, 1],
    [10_000, 72 * HOUR + 1, 2],
    [10_000, 9_000 * HOUR, 2],
  ])('with a resolution of %d ms, %d ms back, is read of tier %d', (resolutionMs, ageMs, tier) => {
    expect(tierFor(resolutionMs, ageMs)).toBe(tier)
  })

  it.each([
    [[], [[0, 100]]],
    [[[0, 100]], []],
    [[[-5, 200]], []],
    [
      [
        [10, 20],
        [40, 50],
      ],
      [
        [0, 10],
        [20, 40],
        [50, 100],
      ],
    ],
    [
      [
        [40, 50],
        [10, 45],
      ],
      [
        [0, 10],
        [50, 100],
      ],
    ],
    [[[90, 300]], [[0, 90]]],
  ] as readonly (readonly [readonly (readonly [number, number])[], readonly (readonly [number, number])[]])[])(
    'of which %o was watched',
    (watched, gaps) => {
      expect(
        gapsOf(
          watched.map(([from, to]) => ({ from, to })),
          0,
          100,
        ),
      ).toEqual(gaps.map(([from, to]) => ({ from, to })))
    },
  )
})
