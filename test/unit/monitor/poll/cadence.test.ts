import { describe, expect, it } from 'vitest'
import { rowBudget, wantSecond } from '../../../../src-main/monitor/poll/budget'
import { afterTick, FREE, intervalOf, type CadenceOptions } from '../../../../src-main/monitor/poll/cadence'

const options = { fixedMs: 0, seen: 'shown', bytesPerSecond: 1_000_000 } as const

describe('cadence', () => {
  it.each<[string, Parameters<typeof intervalOf>[0], CadenceOptions, number]>([
    ['cheap answers', { busyMs: 3, answerMs: 10, brokerBytes: 20_000 }, options, 250],
    ['our own work is dear', { busyMs: 200, answerMs: 10, brokerBytes: 0 }, options, 800],
    [
      'our own work is dear, hidden',
      { busyMs: 200, answerMs: 10, brokerBytes: 0 },
      { ...options, seen: 'hidden' },
      2_000,
    ],
    ['brokers are slow', { busyMs: 3, answerMs: 400, brokerBytes: 0 }, options, 1_600],
    ['answers are large', { busyMs: 3, answerMs: 10, brokerBytes: 3_000_000 }, options, 3_000],
    ['never slower than a minute', { busyMs: 3, answerMs: 100_000, brokerBytes: 0 }, options, 60_000],
    ['watched only', { busyMs: 3, answerMs: 10, brokerBytes: 0 }, { ...options, seen: 'watched' }, 10_000],
    [
      'watched only, fixed by hand',
      { busyMs: 3, answerMs: 10, brokerBytes: 0 },
      { ...options, seen: 'watched', fixedMs: 250 },
      10_000,
    ],
    [
      'watched only, and dear',
      { busyMs: 1_000, answerMs: 10, brokerBytes: 0 },
      { ...options, seen: 'watched' },
      50_000,
    ],
    ['listed', { busyMs: 3, answerMs: 10, brokerBytes: 0 }, { ...options, seen: 'listed' }, 2_000],
    ['listed, and dear', { busyMs: 200, answerMs: 10, brokerBytes: 0 }, { ...options, seen: 'listed' }, 4_000],
    ['hidden', { busyMs: 3, answerMs: 10, brokerBytes: 0 }, { ...options, seen: 'hidden' }, 1_000],
    ['fixed by hand', { busyMs: 900, answerMs: 900, brokerBytes: 9e9 }, { ...options, fixedMs: 5_000 }, 5_000],
    [
      'fixed by hand, hidden',
      { busyMs: 1, answerMs: 1, brokerBytes: 1 },
      { ...options, fixedMs: 250, seen: 'hidden' },
      1_000,
    ],
  ])('%s', (_, cost, given, expected) => {
    expect(intervalOf(cost, given)).toBe(expected)
  })

  it('slows down faster than it speeds up, and gets back to the shortest', () => {
    const dear = { busyMs: 100, answerMs: 0, brokerBytes: 0 }
    const cheap = { busyMs: 2, answerMs: 0, brokerBytes: 0 }
    const calm = afterTick(FREE, cheap)
    const up = afterTick(calm, dear)
    expect(afterTick(FREE, { ...dear, busyMs: 5_000 }).busyMs).toBeLessThanOrEqual(50)
    const down = afterTick(up, cheap)
    expect(up.busyMs - calm.busyMs).toBeGreaterThan(up.busyMs - down.busyMs)
    let cadence = up
    for (let tick = 0; tick < 30; tick += 1) cadence = afterTick(cadence, cheap)
    expect(intervalOf(cadence, options)).toBe(250)
  })
})

describe('budget', () => {
  it('reads small clusters whole and larger ones in turns of half a second', () => {
    expect(rowBudget(300, 250).inTurn).toBeGreaterThanOrEqual(300)
    expect(rowBudget(3_000, 250).inTurn).toBe(1_500)
    expect(rowBudget(3_000, 260).inTurn).toBe(3_000)
    expect(rowBudget(3_000, 1_000).inTurn).toBe(3_000)
  })

  it('stays within half of the byte budget at any size', () => {
    for (const interval of [250, 1_000, 2_000, 10_000]) {
      const { inAll, inTurn } = rowBudget(1_000_000, interval)
      expect(inAll * 42).toBeLessThanOrEqual(1_000_000 * (interval / 1000) + 42)
      expect(inTurn).toBeLessThanOrEqual(inAll)
    }
  })

  it('asks a second broker once a second, rarely when large', () => {
    expect(wantSecond(300, 250)).toBe(false)
    expect(wantSecond(300, 999)).toBe(true)
    expect(wantSecond(3_000, 250)).toBe(false)
    expect(wantSecond(3_000, 1_000)).toBe(true)
    expect(wantSecond(200_000, 5_000)).toBe(false)
    expect(wantSecond(200_000, 10_000)).toBe(true)
    expect(wantSecond(200_000, Number.NaN)).toBe(true)
  })
})
