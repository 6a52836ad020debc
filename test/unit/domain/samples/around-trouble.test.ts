import { describe, expect, it } from 'vitest'
import { AroundTrouble, MOST_PARTITIONS } from '../../../../src-main/domain/samples/around-trouble'
import { worstOf } from '../../../../src-main/domain/samples/partition-sample'
import type { PartitionFigures, PartitionSample } from '../../../../src-main/domain/samples/partition-sample'
import { ToldPartitions } from '../../../../src-main/domain/samples/told-partitions'
import { runWhole } from '../../../../src-main/domain/slices'
import { HEALTHY, LAGGING, OFFLINE, UNDER_REPLICATED, UNKNOWN } from '../../../../src-main/shared/states'
import { readingOf } from '../../../support/columns'

const { NaN } = Number
const partitions = (count: number) => Array.from({ length: count }, () => ({ replicas: [1, 2, 3] }))
const reading = readingOf([
  { name: 'a', partitions: partitions(2) },
  { name: 'b', partitions: partitions(2) },
])
const behind = (lagRecords: number): PartitionFigures['followers'] => [
  { broker: 2, lagRecords, lateMs: lagRecords },
  { broker: 3, lagRecords: 0, lateMs: 0 },
]

function told(rows: Readonly<Record<number, readonly [state: number, lag: number]>>): ToldPartitions {
  const all = new ToldPartitions()
  for (const [row, [state, lag]] of Object.entries(rows))
    if (all.hasRoom(state)) all.add(Number(row), { state, followers: behind(lag) })
  return all
}
const start = () => {
  const watch = new AroundTrouble()
  return (at: number, rows: Parameters<typeof told>[0], of = reading): readonly PartitionSample[] =>
    runWhole(watch.observe({ at: at * 1_000, reading: of, leader: of.leader, told: told(rows) }))
}
const short = (samples: readonly PartitionSample[]) =>
  samples.map(({ at, topic, partition, state, followers }) => [
    at / 1_000,
    `${topic}/${partition}`,
    state,
    followers.find(({ broker }) => broker === 2)?.lagRecords,
  ])

describe('samples of partitions', () => {
  it('are kept of none that is well, whatever is in flight', () => {
    const look = start()
    expect(look(10, { 1: [HEALTHY, 40] })).toEqual([])
    expect(look(20, { 1: [UNKNOWN, NaN] })).toEqual([])
  })

  it('are kept from a minute before trouble to a minute after it', () => {
    const look = start()
    for (let at = 10; at <= 90; at += 10) expect(look(at, at === 90 ? { 2: [HEALTHY, 7] } : {})).toEqual([])
    expect(short(look(100, { 2: [LAGGING, 900] }))).toEqual([
      ...[40, 50, 60, 70, 80].map((at) => [at, 'b/0', HEALTHY, 0]),
      [90, 'b/0', HEALTHY, 7],
      [100, 'b/0', LAGGING, 900],
    ])
    expect(short(look(110, { 2: [UNDER_REPLICATED, NaN] }))).toEqual([[110, 'b/0', UNDER_REPLICATED, NaN]])
    for (let at = 120; at <= 170; at += 10) expect(short(look(at, {}))).toEqual([[at, 'b/0', HEALTHY, 0]])
    expect(look(180, {})).toEqual([])
  })

  it('go back no further than what was sampled, and not over a change of topics, whose rows are others', () => {
    const look = start()
    look(10, {})
    expect(short(look(500, { 0: [LAGGING, 5] }))).toEqual([[500, 'a/0', LAGGING, 5]])
    const later = readingOf([{ name: 'b', partitions: partitions(2) }])
    expect(short(look(510, { 0: [LAGGING, 6] }, later))).toEqual([[510, 'b/0', LAGGING, 6]])
  })

  it('are not made up where more was told than is collected', () => {
    const many = readingOf([{ name: 'm', partitions: partitions(12_000) }])
    const watch = new AroundTrouble()
    const at = (seconds: number, all: ToldPartitions) =>
      runWhole(watch.observe({ at: seconds * 1_000, reading: many, leader: many.leader, told: all }))
    const crowd = told(Object.fromEntries(Array.from({ length: 6_000 }, (_, row) => [row, [HEALTHY, 1] as const])))
    expect(crowd.isWhole).toBe(false)
    at(10, crowd)
    // Row 5,999 was left out ten seconds ago, row 1 was not.
    const samples = at(20, told({ 1: [LAGGING, 3], 5_999: [LAGGING, 4] }))
    expect(short(samples)).toEqual([
      [10, 'm/1', HEALTHY, 1],
      [20, 'm/1', LAGGING, 3],
      [20, 'm/5999', LAGGING, 4],
    ])
  })

  it('are of so many at most, the worst first', () => {
    const many = readingOf([{ name: 'm', partitions: partitions(4_000) }])
    const watch = new AroundTrouble()
    const states = (row: number): number => (row >= 3_990 ? OFFLINE : row % 2 === 0 ? LAGGING : UNDER_REPLICATED)
    const all = told(Object.fromEntries(Array.from({ length: 4_000 }, (_, row) => [row, [states(row), 5] as const])))
    const kept = runWhole(watch.observe({ at: 10_000, reading: many, leader: many.leader, told: all }))
    expect(kept).toHaveLength(MOST_PARTITIONS)
    expect(kept.slice(0, 10).every(({ state }) => state === OFFLINE)).toBe(true)
    expect(kept.slice(10).every(({ state }) => state === UNDER_REPLICATED)).toBe(true)
  })

  it('as one are the worst that is known, however often one is taken in', () => {
    const a = { state: LAGGING, followers: behind(NaN) }
    const b = { state: HEALTHY, followers: [{ broker: 2, lagRecords: 4, lateMs: NaN }, ...behind(1).slice(1)] }
    const both = worstOf(a, b)
    expect(both).toEqual({ state: LAGGING, followers: [{ broker: 2, lagRecords: 4, lateMs: NaN }, behind(0)[1]] })
    expect(worstOf(both, b)).toEqual(both)
  })
})
