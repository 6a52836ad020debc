import { describe, expect, it } from 'vitest'
import type { ClusterSummary } from '../../../../src-main/contract/summary'
import { applyMetadata } from '../../../../src-main/domain/answers/apply-metadata'
import { emptyReading } from '../../../../src-main/domain/topology/new-reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import type { ChartSource } from '../../../../src-main/monitor/observe/chart-point'
import { chartPoint } from '../../../../src-main/monitor/observe/chart-point'
import { factsOf, readingOfPartitions, START } from '../../../support/columns'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'
import { buildFrame } from '../../../support/frames'

const { summary } = buildFrame({ topics: [['t', 1]] })

function source(leader: number, change: (reading: WritableReading) => void = () => undefined): ChartSource {
  const reading = readingOfPartitions([{ replicas: [1, 2, 3], leader, isr: leader === -1 ? [] : [1, 2, 3] }])
  reading.lagRecords.set([0, 7, 0])
  change(reading)
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

it.each([0, -57])('has no lag of a replica that has more than its leader, read as %i, and no sum over it', (lag) => {
  const ahead = source(1, (reading) => {
    reading.lagRecords[2] = lag
    reading.logEndOffset.set([1000, 993, 1050])
    reading.readAt.set([START - 1, START - 5, START - 5])
    reading.sentAt.set([START - 3, START - 7, START - 7])
  })
  const point = chartPoint(ahead, { kind: 'partition', topic: 't', partition: 0 })
  expect([...(point?.lagRecords ?? [])]).toEqual([7, NaN])
  expect([...(chartPoint(ahead, { kind: 'topic', topic: 't' })?.lagRecords ?? [])]).toEqual([NaN])
})

it.each([1, 2])('knows no lag of what is on broker %i while only we do not see it (K8.7)', (id) => {
  const facts = factsOf([1, 2, 3], { [id]: START - 5000 })
  facts.set(id, { ...facts.get(id)!, silence: 'tls' })
  const point = chartPoint({ ...source(1), facts }, { kind: 'partition', topic: 't', partition: 0 })
  expect([...(point?.lagRecords ?? [])]).toEqual(id === 1 ? [NaN, NaN] : [NaN, 0])
  const topic = chartPoint({ ...source(1), facts }, { kind: 'topic', topic: 't' })
  expect([topic?.lagRecords[0], topic?.lateMs[0]]).toEqual([NaN, NaN])
})

function readingOf(): WritableReading {
  const cluster = new FakeCluster({ clock: new FakeClock(), brokers: 3, topics: 2, partitionsPerTopic: 2 })
  const meta = cluster.metadata(1)
  const { topology, rowOf } = buildTopology(meta, null)
  const reading = emptyReading(topology)
  applyMetadata(reading, meta, rowOf, 1_000, 1)
  return reading
}

describe('charts', () => {
  const brokers = {
    brokers: [
      { id: 1, lagRecords: 0, lateMs: 0 },
      { id: 3, lagRecords: 25, lateMs: Number.NaN },
    ],
  } as unknown as ClusterSummary
  const twoTopics = () => {
    const reading = readingOf()
    reading.lagRecords.set([0, 5, Number.NaN, 7, 0, 2])
    return { reading, facts: new Map(), summary: brokers, now: 5_000 }
  }

  it('draw a line per follower of a partition', () => {
    const point = chartPoint(twoTopics(), { kind: 'partition', topic: 'topic-00000', partition: 0 })
    expect(point).toMatchObject({ at: 5_000 })
    expect([...point!.lines]).toEqual([2, 3])
    expect([...point!.lagRecords]).toEqual([5, Number.NaN])
  })

  it('sum up a topic, unknown as soon as one follower is or where there is none (K5.1)', () => {
    const lagOf = (source: ChartSource, topic: string): number[] => [
      ...chartPoint(source, { kind: 'topic', topic })!.lagRecords,
    ]
    expect(lagOf(twoTopics(), 'topic-00000')).toEqual([Number.NaN])
    expect(lagOf(twoTopics(), 'topic-00001')).toEqual([Number.NaN])
    const { reading, ...rest } = twoTopics()
    reading.lagRecords[2] = 4
    expect(lagOf({ reading, ...rest }, 'topic-00000')).toEqual([5 + 4 + 0 + 2])
    const alone = readingOfPartitions([{ replicas: [1] }])
    alone.lagRecords.fill(0)
    expect(lagOf({ reading: alone, ...rest }, 't')).toEqual([Number.NaN])
  })

  it('draw brokers as the summary has them', () => {
    expect([...chartPoint(twoTopics(), { kind: 'cluster' })!.lines]).toEqual([1, 3])
    expect([...chartPoint(twoTopics(), { kind: 'broker', broker: 3 })!.lagRecords]).toEqual([25])
  })

  it.each([
    [{ kind: 'none' }],
    [{ kind: 'topic', topic: 'gone' }],
    [{ kind: 'partition', topic: 'topic-00000', partition: 9 }],
    [{ kind: 'broker', broker: 9 }],
  ] as const)('have nothing to draw for %j', (watch) => {
    expect(chartPoint(twoTopics(), watch)).toBeNull()
  })
})
