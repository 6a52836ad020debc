import { expect, it } from 'vitest'
import type { ChartSource } from '../../../src-main/monitor/chart-point'
import { chartPoint } from '../../../src-main/monitor/chart-point'
import { factsOf, readingOfPartitions, START } from '../../support/columns'
import { buildFrame } from '../../support/frames'

const { summary } = buildFrame({ topics: [['t', 1]] })

function source(leader: number): ChartSource {
  const reading = readingOfPartitions([{ replicas: [1, 2, 3], leader, isr: leader === -1 ? [] : [1, 2, 3] }])
  reading.lagRecords.set([0, 7, 0])
  return { reading, facts: factsOf([1, 2, 3]), summary, now: START }
}

it('has a line per follower, and none of the leader', () => {
  const point = chartPoint(source(1), { kind: 'partition', topic: 't', partition: 0 })
  expect([...(point?.lines ?? [])]).toEqual([2, 3])
  expect([...(point?.lagRecords ?? [])]).toEqual([7, 0])
})

it('knows no lag of a partition without a leader: the last one known is not the lag of now', () => {
  const point = chartPoint(source(-1), { kind: 'partition', topic: 't', partition: 0 })
  expect([...(point?.lagRecords ?? [])]).toEqual([NaN, NaN, NaN])
  expect([...(point?.lateMs ?? [])]).toEqual([NaN, NaN, NaN])
  expect([...(chartPoint(source(-1), { kind: 'topic', topic: 't' })?.lagRecords ?? [])]).toEqual([NaN])
})
