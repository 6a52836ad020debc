import { describe, expect, it } from 'vitest'
import { backOffMs, silenceOf } from '../../../../src-main/monitor/poll/lane-timing'

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
