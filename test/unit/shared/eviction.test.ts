import { expect, it } from 'vitest'
import { evictionRange } from '../../../src-main/shared/eviction'

it('a late follower leaves between 1.0 and 1.5 windows; runs seen on 4.4.0 lie within', () => {
  const { from, to } = evictionRange(0, 10_000)
  expect([from, to]).toEqual([10_000, 15_000])
  for (const seen of [11_200, 11_600, 11_800, 14_900]) expect(seen >= from && seen <= to).toBe(true)
  expect(evictionRange(0, Number.NaN)).toEqual({ from: Number.NaN, to: Number.NaN })
})
