import { describe, expect, it } from 'vitest'
import { met, worst } from '../../bench/report'

const figure = (values: number[], budget: number | null, atMost = true) => ({
  name: 'x',
  values,
  unit: 'ms',
  budget,
  atMost,
})

describe('a budget over several runs', () => {
  it.each([
    ['median and worst within it', [40, 50, 60], 50, true, true],
    ['median above it', [51, 51, 51], 50, true, false],
    ['median within, worst above twice', [10, 20, 101], 50, true, false],
    ['worst at exactly twice', [10, 20, 100], 50, true, true],
    ['at least: median above, worst above half', [5, 10, 12], 10, false, true],
    ['at least: worst below half', [4.9, 10, 12], 10, false, false],
    ['one run without a value', [10, 20, NaN], 50, true, false],
    ['without a budget', [10], null, true, null],
  ] as const)('%s', (_, values, budget, atMost, verdict) => {
    expect(met(figure([...values], budget, atMost))).toBe(verdict)
  })

  it('is twice as wide beside other work, for the median too', () => {
    expect(met(figure([90, 95, 99], 50), true)).toBe(true)
    expect(met(figure([90, 95, 101], 50), true)).toBe(false)
  })

  it('calls the farthest from good the worst', () => {
    expect(worst(figure([3, 1, 2], 5))).toBe(3)
    expect(worst(figure([3, 1, 2], 5, false))).toBe(1)
  })
})
