import { expect, it } from 'vitest'
import { worstLags } from '../../../../src-main/monitor/observe/live-view'
import { readingOfPartitions } from '../../../support/columns'

it('tells the worst known lag of a row in view', () => {
  const whole = { replicas: [1, 2, 3], leader: 1, isr: [1, 2, 3] }
  const reading = readingOfPartitions([whole, whole, whole])
  reading.lagRecords.set([0, 5, Number.NaN, 0, 7, 2, 0, Number.NaN, Number.NaN])
  expect([...worstLags(reading, Uint32Array.of(0, 1, 2))]).toEqual([5, 7, 0])
})
