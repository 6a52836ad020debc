import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  NO_ROW,
  topologyPass,
  buildTopology,
  findPartition,
  findReplica,
} from '../../../../src-main/domain/topology/topology'
import { sortNames } from '../../../../src-main/domain/topology/sort-names'
import { runWhole } from '../../../../src-main/domain/slices'
import { metadata } from '../../../support/columns'
import type { TopicRow } from '../../../support/columns'
import { inPieces } from '../../../support/in-pieces'

const orders: TopicRow = { name: 'orders', partitions: [{ replicas: [1, 2, 3] }, { replicas: [2, 3, 1] }] }
const audit: TopicRow = { name: 'audit', partitions: [{ replicas: [3] }] }

describe('a topology', () => {
  it('sorts topics by name and partitions by number, whatever the order of the answer', () => {
    const shuffled: TopicRow = {
      name: 'orders',
      partitions: [
        { number: 1, replicas: [2, 3, 1] },
        { number: 0, replicas: [1, 2, 3] },
      ],
    }
    const { topology, rowOf } = buildTopology(metadata([shuffled, audit]), null)
    expect(topology.topicNames).toEqual(['audit', 'orders'])
    expect([...topology.topicStart]).toEqual([0, 1, 3])
    expect([...topology.topicIndex]).toEqual([0, 1, 1])
    expect([...topology.partition]).toEqual([0, 0, 1])
    expect([...topology.replicaBroker]).toEqual([3, 1, 2, 3, 2, 3, 1])
    expect([...topology.replicaPartition]).toEqual([0, 1, 1, 1, 2, 2, 2])
    expect([...rowOf]).toEqual([2, 1, 0])
  })

  it('stays the same object while only the order of the answer changes', () => {
    const first = buildTopology(metadata([orders, audit]), null)
    const second = buildTopology(metadata([audit, orders]), first.topology)
    expect(second.same).toBe(true)
    expect(second.topology).toBe(first.topology)
    expect([...second.rowOf]).toEqual([0, 1, 2])
  })

  it.each<[string, TopicRow[]]>([
    ['a topic more', [orders, audit, { name: 'new', partitions: [{ replicas: [1] }] }]],
    ['a topic less', [orders]],
    ['another topic in its place', [orders, { ...audit, name: 'audio' }]],
    ['a partition more', [orders, { name: 'audit', partitions: [{ replicas: [3] }, { replicas: [3] }] }]],
    ['another replica', [orders, { name: 'audit', partitions: [{ replicas: [2] }] }]],
    [
      'another order of replicas',
      [{ name: 'orders', partitions: [{ replicas: [2, 1, 3] }, { replicas: [2, 3, 1] }] }, audit],
    ],
    ['a replica more', [orders, { name: 'audit', partitions: [{ replicas: [3, 1] }] }]],
    ['another partition number', [orders, { name: 'audit', partitions: [{ number: 1, replicas: [3] }] }]],
    ['internal now', [orders, { ...audit, internal: true }]],
  ])('is a new one with %s', (_, topics) => {
    const first = buildTopology(metadata([orders, audit]), null)
    const second = buildTopology(metadata(topics), first.topology)
    expect(second.same).toBe(false)
    expect(second.topology).not.toBe(first.topology)
  })

  it.each([3, 5, 17, 29])('leaves out a topic that is only an error (%i)', (error) => {
    const first = buildTopology(metadata([orders]), null)
    const second = buildTopology(metadata([{ name: 'gone', error, partitions: [] }, orders]), first.topology)
    expect(second.same).toBe(true)
    expect(
      buildTopology(metadata([{ name: 'gone', error, partitions: [] }, orders]), null).topology.topicNames,
    ).toEqual(['orders'])
  })

  it('is another one when a topic has another id, however alike it is; an answer without ids says nothing about that', () => {
    const { topology } = buildTopology(metadata([{ ...orders, id: 7 }, audit]), null)
    const again = buildTopology(metadata([audit, { ...orders, id: 7 }]), topology)
    expect([again.same, again.topology === topology]).toEqual([true, true])
    expect(buildTopology(metadata([orders, audit]), topology).same).toBe(true)
    expect(
      buildTopology(
        metadata([
          { ...orders, id: 7 },
          { ...audit, id: 9 },
        ]),
        topology,
      ).same,
    ).toBe(true)
    const anew = buildTopology(metadata([{ ...orders, id: 8 }, audit]), topology)
    expect(anew.same).toBe(false)
    expect(buildTopology(metadata([{ ...orders, id: 8 }, audit]), anew.topology).same).toBe(true)
  })

  it('keeps a topic without partitions that has no error', () => {
    const match = buildTopology(metadata([{ name: 'bare', partitions: [] }, orders]), null)
    expect(match.topology.topicNames).toEqual(['bare', 'orders'])
    expect([...match.topology.topicStart]).toEqual([0, 0, 2])
    expect(buildTopology(metadata([{ name: 'bare', partitions: [] }, orders]), match.topology).same).toBe(true)
  })

  it('counts a partition that a broker lists twice once, and says so again next time without a fault', () => {
    const twice: TopicRow = {
      name: 'odd',
      partitions: [
        { number: 0, replicas: [1] },
        { number: 0, replicas: [2] },
        { number: 1, replicas: [3] },
      ],
    }
    const { topology, rowOf } = buildTopology(metadata([twice]), null)
    expect([...topology.partition]).toEqual([0, 1])
    expect([...rowOf]).toEqual([0, NO_ROW, 1])
    const fewer: TopicRow = {
      name: 'odd',
      partitions: [
        { number: 0, replicas: [1] },
        { number: 0, replicas: [1] },
      ],
    }
    expect(buildTopology(metadata([fewer]), topology).same).toBe(false)
  })

  it('finds partitions and replicas, also where numbers have gaps', () => {
    const gaps: TopicRow = {
      name: 'gaps',
      partitions: [
        { number: 2, replicas: [1, 2] },
        { number: 7, replicas: [2, 3] },
      ],
    }
    const { topology } = buildTopology(metadata([gaps, orders]), null)
    expect(findPartition(topology, 'gaps', 7)).toBe(1)
    expect(findPartition(topology, 'gaps', 0)).toBe(-1)
    expect(findPartition(topology, 'orders', 1)).toBe(3)
    expect(findPartition(topology, 'none', 0)).toBe(-1)
    expect(findReplica(topology, 1, 3)).toBe(3)
    expect(findReplica(topology, 1, 1)).toBe(-1)
    expect(buildTopology(metadata([orders, gaps]), topology).same).toBe(true)
  })

  it('is the same in slices as in one go', () => {
    const topics = Array.from({ length: 3000 }, (_, i): TopicRow => ({
      name: `t-${(i * 7919) % 3000}`,
      partitions: [{ replicas: [1, 2] }],
    }))
    const meta = metadata(topics)
    const { result, slices } = inPieces(topologyPass(meta, null))
    expect(slices).toBeGreaterThan(2)
    expect(result).toEqual(buildTopology(meta, null))
  })

  it('sorts any names like plain code unit order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 6000, size: 'max' }), (names) => {
        const order = runWhole(sortNames(names))
        expect(Array.from(order, (i) => names[i])).toEqual([...names].sort())
      }),
      { numRuns: 30 },
    )
  })
})
