import { describe, expect, it } from 'vitest'
import { backOffMs, silenceOf, UsualLatency } from '../../../../src-main/monitor/poll/lane-timing'

describe('back-off', () => {
  it.each([
    ['refused', 1, 1_000],
    ['refused', 3, 3_000],
    ['refused', 9, 5_000],
    ['timeout', 9, 1_000],
    ['auth', 1, 5_000],
    ['auth', 50, 60_000],
  ] as const)('%s, failure %i: %i ms', (kind, failures, ms) => {
    expect(backOffMs(failures, kind)).toBe(ms)
  })

  it('names silence in the words of the contract', () => {
    expect(
      (['timeout', 'refused', 'reset', 'closed', 'unknown-host', 'tls', 'auth', 'protocol', 'kafka'] as const).map(
        silenceOf,
      ),
    ).toEqual(['timeout', 'refused', 'reset', 'reset', 'unknown-host', 'tls', 'auth', 'protocol', ''])
  })
})

describe('usual latency', () => {
  const after = (...answers: readonly number[]): number => {
    const usual = new UsualLatency()
    for (const ms of answers) usual.note('configs', ms)
    return usual.silentAfter('configs')
  }

  it('one slow answer, of a cold or a thawed broker, does not hide for long that the broker is silent', () => {
    expect(after(4_000)).toBeLessThanOrEqual(2_500)
    expect(after(5, 5, 5, 4_000)).toBe(1_000)
    expect(after(4_000, 5, 5, 5, 5)).toBe(1_000)
  })

  it('a broker that is slow is not called silent for it once that is known', () => {
    expect(after(...Array.from({ length: 12 }, () => 2_000))).toBeGreaterThan(6_000)
    expect(after(2_000)).toBeGreaterThan(2_000)
  })
})
