import { describe, expect, it } from 'vitest'
import { ladderScale } from '../../../../src-renderer/charts/ladder/ladder-scale'

describe('ladderScale', () => {
  it('lets the lag fill the ruler, whatever the offset', () => {
    for (const front of [1_230_882, 9_000_000_000_000_000]) {
      const scale = ladderScale([front, front - 48_210], 5)
      expect(scale.share(front)).toBeGreaterThan(0.9)
      expect(scale.share(front - 48_210)).toBeLessThan(0.3)
      expect(scale.share(front - 48_210)).toBeGreaterThan(0)
    }
  })

  it('does not blow noise up: a lag of two stands near the front', () => {
    const scale = ladderScale([1000, 998], 5)
    expect(scale.share(998)).toBeGreaterThan(0.8)
  })

  it('keeps still while the lag changes a little', () => {
    const span = (lag: number): number => {
      const { from, to } = ladderScale([50_000, 50_000 - lag], 5)
      return to - from
    }
    expect(span(1010)).toBe(span(1090))
  })

  it('has no place for the unknown, and starts at 0 when everything is new', () => {
    const scale = ladderScale([Number.NaN, 5], 5)
    expect(scale.share(Number.NaN)).toBeNaN()
    expect(scale.from).toBe(0)
    expect(ladderScale([], 5).share(0)).toBe(0)
  })

  it('has whole, rising ticks inside the ruler, and about as many labels as wanted', () => {
    for (const lag of [0, 7, 33, 999, 48_210, 7_000_000]) {
      const scale = ladderScale([10_000_000, 10_000_000 - lag], 5)
      const major = scale.ticks.filter((tick) => tick.major)
      expect(major.length).toBeGreaterThanOrEqual(2)
      expect(major.length).toBeLessThanOrEqual(8)
      for (const tick of scale.ticks) {
        expect(Number.isInteger(tick.offset)).toBe(true)
        expect(tick.share).toBeGreaterThanOrEqual(0)
        expect(tick.share).toBeLessThanOrEqual(1)
      }
    }
  })

  it('ends also beyond 2^53, where a step may not move the sum', () => {
    expect(ladderScale([2 ** 60, 2 ** 60 - 4096], 5).ticks.length).toBeLessThan(200)
  })
})
