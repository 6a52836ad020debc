import { describe, expect, it } from 'vitest'
import { limitReason, Limits } from '../../../../src-main/monitor/poll/limits'
import { PortError } from '../../../../src-main/ports/cluster-port'

describe('limits', () => {
  it('tell missing rights and missing APIs from failures of the moment', () => {
    expect(limitReason(new PortError('unsupported', 'unsupported', 'no DescribeQuorum'))).toBe('unsupported')
    expect(limitReason(new PortError('not-authorized', 'kafka', 'no', 31))).toBe('not-authorized')
    expect(limitReason(new PortError('internal', 'kafka', 'no', 29))).toBe('not-authorized')
    expect(limitReason(new PortError('timeout', 'timeout', 'late'))).toBeNull()
    expect(limitReason(new Error('ours'))).toBeNull()
  })

  it('try again after a minute and forget what nobody renews', () => {
    const limits = new Limits()
    limits.turnOff('quorum', 'not-authorized', 0)
    expect([limits.mayAsk('quorum', 59_999), limits.mayAsk('quorum', 60_000), limits.mayAsk('elr', 0)]).toEqual([
      false,
      true,
      true,
    ])
    expect(limits.list(100_000)).toEqual([{ what: 'quorum', reason: 'not-authorized' }])
    expect(limits.list(120_000)).toEqual([])
    limits.turnOff('quorum', 'unsupported', 0)
    limits.turnOn('quorum')
    expect(limits.list(1)).toEqual([])
  })
})
