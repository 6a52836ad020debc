// @vitest-environment node
import { expect, it } from 'vitest'
import type { LivePoint } from '@contract/live'
import { KEPT_MS, withPoint } from '../../../../src-renderer/stores/live-points'

const point = (at: number, subject = 'a'): LivePoint => ({
  subject,
  at,
  lines: Int32Array.of(1),
  lagRecords: Float64Array.of(0),
  lateMs: Float64Array.of(0),
})

it('appends, drops what is older than 15 minutes, and never goes back in time', () => {
  let points = withPoint([], point(1000))
  points = withPoint(points, point(2000))
  expect(withPoint(points, point(2000))).toBe(points)
  expect(withPoint(points, point(1500))).toBe(points)
  points = withPoint(points, point(1500 + KEPT_MS))
  expect(points.map(({ at }) => at)).toEqual([2000, 1500 + KEPT_MS])
})

it('starts anew with another subject', () => {
  expect(withPoint([point(1), point(2)], point(1, 'b')).map(({ subject }) => subject)).toEqual(['b'])
})
