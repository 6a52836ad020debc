import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyRuns, mapRows, newRow } from '../../../../src-main/domain/topology/row-runs'
import { runWhole } from '../../../../src-main/domain/slices'
import type { RowRun } from '../../../../src-main/domain/topology/row-runs'
import type { Topology } from '../../../../src-main/domain/topology/reading'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import { metadata } from '../../../support/columns'

const replicas = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })
const partitions = fc.uniqueArray(fc.record({ number: fc.nat(5), replicas }), {
  selector: (row) => row.number,
  maxLength: 5,
})
const cluster = fc
  .uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), partitions }), {
    selector: (topic) => topic.name,
    maxLength: 6,
  })
  .map((topics): Topology => buildTopology(metadata(topics), null).topology)

const unrolled = (runs: readonly RowRun[]): Map<number, number> =>
  new Map(runs.flatMap((run) => Array.from({ length: run.length }, (_, k) => [run.to + k, run.from + k] as const)))

const names = (topology: Topology): string[] =>
  Array.from(topology.partition, (number, row) => `${topology.topicNames[topology.topicIndex[row]!]!}/${number}`)

const copies = (topology: Topology): string[] => {
  const parts = names(topology)
  return Array.from(topology.replicaBroker, (id, replica) => `${parts[topology.replicaPartition[replica]!]!}@${id}`)
}

/** By name, the slow and obvious way. */
const expected = (from: readonly string[], to: readonly string[]): Map<number, number> =>
  new Map(to.flatMap((name, row) => (from.includes(name) ? [[row, from.indexOf(name)] as const] : [])))

describe('rows in common', () => {
  it('are those of the same topic, partition number and broker', () => {
    fc.assert(
      fc.property(cluster, cluster, (from, to) => {
        const map = runWhole(mapRows(from, to))
        expect(unrolled(map.topic)).toEqual(expected(from.topicNames, to.topicNames))
        expect(unrolled(map.partition)).toEqual(expected(names(from), names(to)))
        expect(unrolled(map.replica)).toEqual(expected(copies(from), copies(to)))
      }),
    )
  })

  it('are one run when nothing changed, and two around a topic that is gone', () => {
    const topics = ['a', 'b', 'c'].map((name) => ({ name, partitions: [{ replicas: [1, 2] }, { replicas: [2, 3] }] }))
    const whole = buildTopology(metadata(topics), null).topology
    expect(runWhole(mapRows(whole, whole))).toEqual({
      topic: [{ from: 0, to: 0, length: 3 }],
      partition: [{ from: 0, to: 0, length: 6 }],
      replica: [{ from: 0, to: 0, length: 12 }],
    })
    const less = buildTopology(metadata([topics[0]!, topics[2]!]), null).topology
    expect(runWhole(mapRows(whole, less)).partition).toEqual([
      { from: 0, to: 0, length: 2 },
      { from: 4, to: 2, length: 2 },
    ])
    expect([1, 3, 5].map((row) => newRow(row, runWhole(mapRows(whole, less)).partition))).toEqual([1, -1, 3])
  })

  it('are none of a topic that was deleted and made anew under its name', () => {
    const topics = (id: number) =>
      ['a', 'b'].map((name) => ({ name, partitions: [{ replicas: [1, 2] }], id: name === 'b' ? id : 1 }))
    const [from, same, anew] = [5, 5, 6].map((id) => buildTopology(metadata(topics(id)), null).topology)
    expect(runWhole(mapRows(from!, same!)).partition).toEqual([{ from: 0, to: 0, length: 2 }])
    expect(runWhole(mapRows(from!, anew!))).toEqual({
      topic: [{ from: 0, to: 0, length: 1 }],
      partition: [{ from: 0, to: 0, length: 1 }],
      replica: [{ from: 0, to: 0, length: 2 }],
    })
  })

  it('are copied, the others left alone', () => {
    const to = Float64Array.of(9, 9, 9, 9)
    copyRuns(Float64Array.of(1, 2, 3), to, [
      { from: 0, to: 1, length: 1 },
      { from: 2, to: 3, length: 1 },
    ])
    expect([...to]).toEqual([9, 1, 9, 3])
  })
})
