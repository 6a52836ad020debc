import { expect, it } from 'vitest'
import { worstLags } from '../../../../src-main/monitor/observe/live-view'
import { readingOfPartitions } from '../../../support/columns'

it('tells the worst lag of a row in view, unknown as soon as one that counts is (K5.1)', () => {
  const whole = { replicas: [1, 2, 3], leader: 1, isr: [1, 2, 3] }
  const reading = readingOfPartitions([whole, whole, whole, { replicas: [1, 2, 3], leader: 1, isr: [1, 2] }])
  const { NaN: unknown } = Number
  reading.lagRecords.set([0, 5, unknown, 0, 7, 2, 0, unknown, unknown, 0, 4, unknown])
  const lags = (): number[] => [...worstLags(reading, Uint32Array.of(0, 1, 2, 3))]
  expect(lags()).toEqual([unknown, 7, unknown, unknown])
  reading.replicaAdding[11] = 1
  expect(lags().at(-1)).toBe(4)
})
