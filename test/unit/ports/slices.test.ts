import { describe, expect, it } from 'vitest'
import { inSlices } from '../../../src-main/ports/slices'

describe('inSlices', () => {
  it('visits every row once and breathes when a slice is used up', async () => {
    let now = 0
    let breaths = 0
    const clock = {
      now: () => now,
      after: () => () => undefined,
      breathe: () => {
        breaths += 1
        return Promise.resolve()
      },
    }
    const seen: [number, number][] = []
    await inSlices(clock, 25, 10, (from, to) => {
      seen.push([from, to])
      now += 5
    })
    expect(seen).toEqual([
      [0, 10],
      [10, 20],
      [20, 25],
    ])
    expect(breaths).toBe(1)
  })
})
