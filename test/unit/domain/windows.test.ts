import { describe, expect, it } from 'vitest'
import { caughtUpBy } from '../../../src-main/domain/lag/catch-up'
import { fencingRange } from '../../../src-main/domain/forecast/fencing'
import { leavesIsr } from '../../../src-main/domain/lag/lateness'
import { effectiveMinInSyncReplicas, toleranceOf } from '../../../src-main/domain/state/min-isr'
import { START, answer, makeLate, readingOfPartitions } from '../../support/columns'

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
  it('a silent broker is fenced within 2 s of its session timeout; runs seen on 4.4.0 lie within', () => {
    const { from, to } = fencingRange(0, 9000)
    for (const seen of [7200, 8200, 9100, 9400, 11_000]) expect(seen >= from && seen <= to).toBe(true)
    expect(fencingRange(0, NaN)).toEqual({ from: NaN, to: NaN })
  })

  it('a broker that should have been fenced and was not is heard by the controller: no forecast', () => {
    expect(fencingRange(0, 9000, 13_000)).toEqual({ from: 7000, to: 11_000 })
    expect(fencingRange(0, 9000, 13_001)).toEqual({ from: NaN, to: NaN })
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
})

describe('when a late member leaves the ISR', () => {
  const late = () => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
    makeLate(reading, 1, START + 1000, START + 5000)
    return reading
  }

  it('counts from when it was last in step', () => {
    expect(leavesIsr(late(), 1, 10_000)).toEqual({ from: START + 11_000, to: START + 16_000 })
  })

  it('counts from the leader change when that came later: it gave every member a fresh window', () => {
    const reading = late()
    answer(reading, [{ name: 't', partitions: [{ replicas: [1, 2, 3], leader: 3, epoch: 2 }] }], START + 4000)
    expect(leavesIsr(reading, 1, 10_000)).toEqual({ from: START + 14_000, to: START + 19_000 })
  })

  it('late since before we looked: at any moment', () => {
    const reading = late()
    reading.lateAtLeast[1] = 1
    expect(leavesIsr(reading, 1, 10_000)).toEqual({ from: START + 1000, to: START + 16_000 })
    // A new leader gave it a fresh window, however long it had been late before.
    answer(reading, [{ name: 't', partitions: [{ replicas: [1, 2, 3], leader: 3, epoch: 2 }] }], START + 4000)
    expect(leavesIsr(reading, 1, 10_000)).toEqual({ from: START + 14_000, to: START + 19_000 })
  })
})
