import { describe, expect, it } from 'vitest'
import { FIGURES } from '../../../../src-main/contract/kept-samples'
import type { FigureRow } from '../../../../src-main/contract/kept-samples'
import { IsrChangeCount } from '../../../../src-main/domain/samples/isr-changes'
import { LeaderEnds } from '../../../../src-main/domain/samples/leader-ends'
import { takeSample } from '../../../../src-main/domain/samples/take-sample'
import type { SampleInput } from '../../../../src-main/domain/samples/take-sample'
import { runWhole } from '../../../../src-main/domain/slices'
import { Presences } from '../../../../src-main/domain/state/presences'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { factsOf, judge, makeLate, readingOf, replicaIn, START } from '../../../support/columns'
import { event } from '../../../support/history-events'

/** Figures that are not 0, by name; null = there is no such row. */
const said = (row: FigureRow | undefined): Readonly<Record<string, number>> | null =>
  row === undefined
    ? null
    : Object.fromEntries(FIGURES.flatMap((figure, place) => (row[place] === 0 ? [] : [[figure, row[place]!] as const])))

const NOW = START + 10_000

/** A clean reading: every follower at its leader. */
function ready(topics: Parameters<typeof readingOf>[0]): WritableReading {
  const reading = readingOf(topics)
  reading.lagRecords.fill(0)
  reading.caughtUpAt.fill(START)
  reading.sentAt.fill(START)
  reading.readAt.fill(START)
  return reading
}

function sampleOf(reading: WritableReading, over: Partial<SampleInput> = {}, now = NOW) {
  return runWhole(
    takeSample({
      reading,
      columns: judge(reading),
      presences: new Presences(factsOf([1, 2, 3]), now),
      brokers: [1, 2, 3],
      now,
      ends: new LeaderEnds(reading.topology),
      isrChanges: new IsrChangeCount().take(),
      ...over,
    }),
  )
}

/** Ends that were read once before, when all logs ended at 0. */
function ends(reading: WritableReading): LeaderEnds {
  const before = new LeaderEnds(reading.topology)
  for (let row = 0; row < reading.topology.partition.length; row += 1) before.rateOf(row, 0, START - 10_000, START)
  return before
}

describe('a sample', () => {
  it('tells nothing of topics in which nothing flows and nobody is behind', () => {
    const reading = ready([{ name: 't', partitions: [{ replicas: [1, 2, 3] }] }])
    const sample = sampleOf(reading, { ends: ends(reading) })
    expect([...sample.topics.keys()]).toEqual([])
    expect([said(sample.cluster), said(sample.brokers.get(2))]).toEqual([{}, {}])
  })

  it('tells how far followers are behind, of their topic, their broker and the cluster', () => {
    const reading = ready([
      { name: 'a', partitions: [{ replicas: [1, 2, 3] }] },
      { name: 'b', partitions: [{ replicas: [2, 3, 1] }] },
    ])
    makeLate(reading, replicaIn(reading, 0, 2, 'a'), NOW - 4_000, NOW - 100, 500)
    const { topics, brokers, cluster } = sampleOf(reading, { ends: ends(reading) })
    const late = { lagRecords: 500, lagRecordsP95: 500, lateMs: 4_000, lateMsP95: 4_000 }
    expect(said(topics.get('a'))).toEqual(late)
    expect([...topics.keys()]).toEqual(['a'])
    expect([said(brokers.get(1)), said(brokers.get(2)), said(cluster)]).toEqual([{}, late, late])
  })

  it('does not count records in flight of a follower that keeps up', () => {
    const reading = ready([{ name: 't', partitions: [{ replicas: [1, 2, 3] }] }])
    reading.lagRecords[replicaIn(reading, 0, 3)] = 40
    expect(said(sampleOf(reading, { ends: ends(reading) }).topics.get('t'))).toBeNull()
  })

  it('does not know what it does not know', () => {
    const reading = ready([{ name: 't', partitions: [{ replicas: [1, 2, 3] }, { replicas: [2, 3, 1] }] }])
    reading.lagRecords[replicaIn(reading, 0, 3)] = Number.NaN
    const unknown = Number.NaN
    const { topics, brokers } = sampleOf(reading)
    // Nothing was read of the leaders' logs before either.
    expect(said(topics.get('t'))).toMatchObject({ lagRecords: unknown, lateMsP95: unknown, recordsPerSecond: unknown })
    expect(said(brokers.get(2))).toEqual({ recordsPerSecond: unknown })
    expect(said(brokers.get(3))).toEqual({
      lagRecords: unknown,
      lagRecordsP95: unknown,
      lateMs: unknown,
      lateMsP95: unknown,
    })
  })

  it('counts partitions by their state, for a broker those it leads', () => {
    const reading = ready([
      {
        name: 't',
        partitions: [
          { replicas: [1, 2, 3] },
          { replicas: [1, 2, 3], isr: [1, 2] },
          { replicas: [2, 3, 1], isr: [2] },
          { replicas: [3, 1, 2], leader: -1, isr: [3] },
        ],
      },
    ])
    const { cluster, brokers } = sampleOf(reading, { ends: ends(reading) })
    const states = (row: FigureRow | undefined) =>
      row?.slice(FIGURES.indexOf('underReplicated'), FIGURES.indexOf('unknown') + 1)
    expect(states(cluster)).toEqual([3, 1, 1, 1, 0])
    expect(states(brokers.get(1))).toEqual([1, 1, 0, 0, 0])
    expect(states(brokers.get(2))).toEqual([1, 0, 1, 0, 0])
    expect(states(brokers.get(3))).toEqual([0, 0, 0, 0, 0])
  })

  it('tells the rate at which the leaders’ logs grow, and the ISR changes that were seen', () => {
    const reading = ready([
      { name: 'a', partitions: [{ replicas: [1, 2] }, { replicas: [2, 1] }] },
      { name: 'b', partitions: [{ replicas: [1, 2] }] },
    ])
    reading.logEndOffset.fill(300)
    const counted = new IsrChangeCount()
    counted.note([
      event({ topic: 'b', broker: 2, kind: 'left-isr' }),
      event({ topic: 'b', broker: 2, kind: 'joined-isr' }),
      event({ topic: 'b', broker: 1, kind: 'leader' }),
    ])
    const isrChanges = counted.take()
    const { topics, brokers, cluster } = sampleOf(reading, { ends: ends(reading), isrChanges })
    // 300 records in 10 s each.
    expect(said(topics.get('a'))).toEqual({ recordsPerSecond: 60 })
    expect(said(topics.get('b'))).toEqual({ recordsPerSecond: 30, isrChanges: 2 })
    expect([said(brokers.get(1)), said(brokers.get(2))]).toEqual([
      { recordsPerSecond: 60 },
      { recordsPerSecond: 30, isrChanges: 2 },
    ])
    expect(said(cluster)).toEqual({ recordsPerSecond: 90, isrChanges: 2 })
    expect(counted.take().total).toBe(0)
  })
})

describe('the rate of a partition', () => {
  const { topology } = readingOf([{ name: 't', partitions: [{ replicas: [1] }] }])

  it('holds for a minute where nothing newer is read, and is not known after a log was cut', () => {
    const known = new LeaderEnds(topology)
    expect(known.rateOf(0, 1_000, 10_000, 10_000)).toBeNaN()
    expect(known.rateOf(0, 1_500, 15_000, 15_000)).toBe(100)
    expect(known.rateOf(0, 1_500, 15_000, 75_000)).toBe(100)
    expect(known.rateOf(0, 1_500, 15_000, 75_001)).toBeNaN()
    expect(known.rateOf(0, 900, 80_000, 80_000)).toBeNaN()
    expect(known.rateOf(0, 1_000, 90_000, 90_000)).toBe(10)
    expect(known.rateOf(0, Number.NaN, 95_000, 95_000)).toBe(10)
  })

  it('goes on after topics came and went', () => {
    const before = readingOf([
      { name: 'a', partitions: [{ replicas: [1] }] },
      { name: 'c', partitions: [{ replicas: [1] }, { replicas: [2] }] },
    ]).topology
    const after = readingOf([
      { name: 'b', partitions: [{ replicas: [1] }] },
      { name: 'c', partitions: [{ replicas: [1] }, { replicas: [2] }] },
    ]).topology
    const known = new LeaderEnds(before)
    known.rateOf(2, 100, 1_000, 1_000)
    const carried = runWhole(known.carriedTo(after))
    expect(carried.rateOf(2, 200, 2_000, 2_000)).toBe(100)
    expect(carried.rateOf(0, 200, 2_000, 2_000)).toBeNaN()
  })
})

it('a pass over many partitions yields at least every thousand', () => {
  const partitions = Array.from({ length: 5_000 }, () => ({ replicas: [1, 2, 3] }))
  const reading = ready([{ name: 't', partitions }])
  const pass = takeSample({
    reading,
    columns: judge(reading),
    presences: new Presences(factsOf([1, 2, 3]), NOW),
    brokers: [1, 2, 3],
    now: NOW,
    ends: new LeaderEnds(reading.topology),
    isrChanges: new IsrChangeCount().take(),
  })
  let pieces = 0
  while (pass.next().done !== true) pieces += 1
  expect(pieces).toBeGreaterThanOrEqual(5)
})
