import { describe, expect, it } from 'vitest'
import { AGAIN_MS, Limits } from '../../../../src-main/monitor/poll/limits'
import { limitReason } from '../../../../src-main/ports/limit-reason'
import { PortError } from '../../../../src-main/ports/cluster-port'

describe('limits', () => {
  it('tell missing rights and missing APIs from failures of the moment', () => {
    expect(limitReason(new PortError('unsupported', 'unsupported', 'no DescribeQuorum'))).toBe('unsupported')
    expect(limitReason(new PortError('not-authorized', 'kafka', 'no', 31))).toBe('not-authorized')
    expect(limitReason(new PortError('internal', 'kafka', 'no', 29))).toBe('not-authorized')
    expect(limitReason(new PortError('timeout', 'timeout', 'late'))).toBeNull()
    expect(limitReason(new Error('ours'))).toBeNull()
  })

  it('try again after an hour and forget what nobody renews', () => {
    const limits = new Limits()
    limits.turnOff('quorum', 'not-authorized', 0)
    const may = [limits.mayAsk('quorum', AGAIN_MS - 1), limits.mayAsk('quorum', AGAIN_MS), limits.mayAsk('elr', 0)]
    expect(may).toEqual([false, true, true])
    expect(limits.list(2 * AGAIN_MS - 1)).toEqual([{ what: 'quorum', reason: 'not-authorized' }])
    expect(limits.list(2 * AGAIN_MS)).toEqual([])
    limits.turnOff('quorum', 'unsupported', 0)
    limits.turnOn('quorum')
    expect(limits.list(1)).toEqual([])
  })

  it.each<[string, 'not-authorized' | 'unsupported', (limits: Limits) => void, number, boolean]>([
    ['refused', 'not-authorized', () => undefined, AGAIN_MS - 1, true],
    ['an hour over', 'not-authorized', () => undefined, AGAIN_MS, false],
    ['granted meanwhile', 'not-authorized', (limits) => limits.granted('min-insync-replicas', 'a'), 1, false],
    ['connected anew', 'not-authorized', (limits) => limits.reconnected(), 1, false],
    ['answered', 'not-authorized', (limits) => limits.turnOn('min-insync-replicas', 'a'), 1, false],
    ['not offered', 'unsupported', () => undefined, 1, false],
  ])('are a denial while there is nothing to be gained by asking: %s', (_what, reason, then, now, denied) => {
    const limits = new Limits()
    limits.turnOff('min-insync-replicas', reason, 0, 'a')
    then(limits)
    expect(limits.isDenied('min-insync-replicas', now, 'a')).toBe(denied)
    expect(limits.isDenied('min-insync-replicas', now, 'b')).toBe(false)
  })

  it('are told once, and go when the last one of a kind is answered', () => {
    const limits = new Limits()
    for (const of of ['a', 'b']) limits.turnOff('min-insync-replicas', 'not-authorized', 0, of)
    const may = ['a', 'b', 'c'].map((of) => limits.mayAsk('min-insync-replicas', 1, of))
    expect(may).toEqual([false, false, true])
    expect(limits.list(1)).toEqual([{ what: 'min-insync-replicas', reason: 'not-authorized' }])
    limits.turnOn('min-insync-replicas', 'a')
    expect(limits.list(1)).toHaveLength(1)
    limits.keep('min-insync-replicas', (of) => of !== 'b')
    expect(limits.list(1)).toEqual([])
  })

  it('stay told until they are answered, when the connection is made anew or a broker returns', () => {
    const limits = new Limits()
    limits.turnOff('elr', 'unsupported', 0)
    limits.turnOff('quorum', 'not-authorized', 0)
    for (const of of ['1', '2']) limits.turnOff('broker-settings', 'not-authorized', 0, of)
    const may = (): boolean[] => [
      limits.mayAsk('elr', 1),
      limits.mayAsk('quorum', 1),
      ...['1', '2'].map((of) => limits.mayAsk('broker-settings', 1, of)),
    ]
    limits.returned(2)
    expect(may()).toEqual([true, false, false, true])
    limits.reconnected()
    expect(may()).toEqual([true, true, true, true])
    expect(limits.list(1)).toHaveLength(3)
  })
})
