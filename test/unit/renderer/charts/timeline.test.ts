import { describe, expect, it } from 'vitest'
import { highest, piecesOf } from '../../../../src-renderer/charts/timeline/paint'
import { dragged, LEAST_MS, moved, timeAt, within, xOf, zoomed } from '../../../../src-renderer/charts/timeline/scale'

const { NaN } = Number
const DAY = 86_400_000
const whole = { from: 0, until: 30 * DAY }

describe('a range of time', () => {
  it('is where it is drawn', () => {
    const range = { from: 1_000, until: 3_000 }
    expect(xOf(2_000, range, 100, 400)).toBe(300)
    expect(timeAt(300, range, 100, 400)).toBe(2_000)
  })

  it('goes from all of it down to some seconds and back, around what is pointed at', () => {
    let range = { from: 0, until: 30 * DAY }
    const at = 10 * DAY + 7
    for (let step = 0; step < 60; step += 1) {
      const before = (at - range.from) / (range.until - range.from)
      range = zoomed(range, 0.7, at, whole)
      const after = (at - range.from) / (range.until - range.from)
      expect(Math.abs(after - before)).toBeLessThan(0.001)
    }
    expect(range.until - range.from).toBeCloseTo(LEAST_MS)
    for (let step = 0; step < 80; step += 1) range = zoomed(range, 1.6, at, whole)
    expect(range).toEqual(whole)
  })

  it('stays within what there is, and keeps its length where it can', () => {
    expect(within({ from: -DAY, until: DAY }, whole)).toEqual({ from: 0, until: 2 * DAY })
    expect(moved({ from: DAY, until: 2 * DAY }, -5, whole)).toEqual({ from: 0, until: DAY })
    expect(moved({ from: DAY, until: 2 * DAY }, 1e9, whole)).toEqual({ from: 29 * DAY, until: 30 * DAY })
  })

  it('has two handles that do not pass each other', () => {
    const range = { from: 5 * DAY, until: 6 * DAY }
    expect(dragged(range, 'from', 4 * DAY, 0, whole)).toEqual({ from: 4 * DAY, until: 6 * DAY })
    expect(dragged(range, 'from', 9 * DAY, 0, whole)).toEqual({ from: 6 * DAY - LEAST_MS, until: 6 * DAY })
    expect(dragged(range, 'until', 40 * DAY, 0, whole)).toEqual({ from: 5 * DAY, until: 30 * DAY })
    expect(dragged(range, 'all', 7 * DAY, 5.5 * DAY, whole)).toEqual({ from: 6.5 * DAY, until: 7.5 * DAY })
  })
})

describe('a line', () => {
  const line = (at: readonly number[], values: readonly number[]) => ({
    key: '',
    label: '',
    at,
    values,
    resolutionMs: 10,
  })

  it('is not drawn over what is missing or not known', () => {
    expect(piecesOf(line([0, 10, 20, 50, 60], [1, 2, 3, 4, 5]))).toEqual([
      [0, 1, 2],
      [3, 4],
    ])
    expect(piecesOf(line([0, 10, 20, 30], [1, NaN, NaN, 4]))).toEqual([[0], [3]])
    expect(piecesOf(line([0, 10], [NaN, NaN]))).toEqual([])
  })

  it('has its scale by what is seen', () => {
    const lines = [line([0, 10, 20], [900, 5, NaN]), line([10, 20], [7, 3])]
    expect(highest(lines, { from: 12, until: 30 })).toBe(7)
    expect(highest(lines, { from: 0, until: 30 })).toBe(900)
  })
})
