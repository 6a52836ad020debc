import { expect, it } from 'vitest'
import { problemOf } from '../../../src-main/monitor/connection-phase'
import { PortError } from '../../../src-main/ports/cluster-port'

it('names the step of a problem as the doctor does', () => {
  expect(problemOf(new PortError('auth-failed', 'sasl-refused', 'wrong'), 'bootstrap')).toEqual({
    code: 'auth-failed',
    step: 'sasl',
    message: 'wrong',
    leadsTo: '',
  })
  expect(problemOf(new PortError('unreachable', 'refused', 'closed'), 'brokers').step).toBe('brokers')
  expect(problemOf('odd', 'bootstrap')).toEqual({
    code: 'internal',
    step: 'bootstrap',
    message: 'odd',
    leadsTo: '',
  })
  const elsewhere = new PortError('other-cluster', 'other-cluster', 'b1:9092 leads elsewhere', 0, 'b1:9092', false, 'B')
  expect(problemOf(elsewhere, 'bootstrap')).toMatchObject({ code: 'other-cluster', step: 'metadata', leadsTo: 'B' })
})
