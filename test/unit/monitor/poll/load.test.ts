import { describe, expect, it } from 'vitest'
import { createLoadMeter } from '../../../../src-main/monitor/poll/load'

describe('load', () => {
  it('is an average over ten seconds, and over the time that has passed before that', () => {
    const load = createLoadMeter(0)
    for (let second = 0; second < 5; second += 1) load.note(second * 1_000 + 1, 4, 1_000, second === 3 ? 900 : 0)
    expect(load.perSecond(5_000)).toEqual({ requestsPerSecond: 4, bytesPerSecond: 1_000, heldMs: 900 })
    for (let second = 5; second < 40; second += 1) load.note(second * 1_000 + 1, 8, 0, 0)
    expect(load.perSecond(39_500)).toEqual({ requestsPerSecond: 8, bytesPerSecond: 0, heldMs: 0 })
    expect(load.perSecond(80_000)).toEqual({ requestsPerSecond: 0, bytesPerSecond: 0, heldMs: 0 })
  })
})
