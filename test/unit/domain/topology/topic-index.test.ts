import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetadataColumns } from '../../../../src-main/domain/topology/columns'
import { findPartition, sameTopicId, topicIdOf } from '../../../../src-main/domain/topology/topic-index'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import type { Topology } from '../../../../src-main/domain/topology/reading'
import { metadata, readingOfPartitions } from '../../../support/columns'

const withId = (words: readonly number[]): Topology => ({
  ...readingOfPartitions([{ replicas: [1] }]).topology,
  topicIds: Int32Array.from(words),
})

it('an id is told as Kafka prints it: 22 characters of base64 for URLs', () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), (words) => {
      fc.pre(words.some((one) => one !== 0))
      const bytes = Buffer.alloc(16)
      words.forEach((one, at) => bytes.writeInt32BE(one, at * 4))
      expect(topicIdOf(withId(words), 't')).toBe(bytes.toString('base64url'))
    }),
    { seed: 5 },
  )
})

it.each([
  ['not told', [0, 0, 0, 0], 't'],
  ['of no such topic', [0, 0, 0, 1], 'u'],
])('an id that is %s is empty', (_, words, topic) => {
  expect(topicIdOf(withId(words), topic)).toBe('')
})

it.each([
  [[0, 0, 0, 1], [0, 0, 0, 1], true],
  [[0, 0, 0, 1], [0, 0, 0, 2], false],
  [[0, 0, 0, 0], [0, 0, 0, 2], true],
  [[0, 0, 0, 1], [0, 0, 0, 0], true],
])('ids %j and %j: the same as far as is told: %j', (a, b, same) => {
  expect(sameTopicId(Int32Array.from(a), 0, Int32Array.from(b), 0)).toBe(same)
})

/** findings K11.5: counted in looks at the numbers, not in time. */
describe('a topic whose partition numbers have gaps', () => {
  const SPARSE = 5_000
  const counted = (topology: Topology): { topology: Topology; looks: () => number } => {
    let looks = 0
    const partition = new Proxy(Int32Array.from(topology.partition), {
      get: (cells, key) => {
        looks += 1
        return Reflect.get(cells, key) as unknown
      },
    })
    return { topology: { ...topology, partition }, looks: () => looks }
  }
  const answer = (): MetadataColumns =>
    metadata([
      { name: 'a', partitions: [{ replicas: [1] }] },
      { name: 's', partitions: Array.from({ length: SPARSE }, (_, i) => ({ number: 3 * i + 7, replicas: [1, 2] })) },
    ])

  it('is found by halving, and what is in a gap is not', () => {
    const { topology, looks } = counted(buildTopology(answer(), null).topology)
    for (const number of [7, 10, 3 * 2_500 + 7, 3 * (SPARSE - 1) + 7]) {
      const row = findPartition(topology, 's', number)
      expect(topology.partition[row]).toBe(number)
    }
    for (const number of [-1, 0, 6, 8, 9, 3 * SPARSE + 7]) expect(findPartition(topology, 's', number)).toBe(-1)
    expect(findPartition(topology, 'a', 7)).toBe(-1)
    expect(looks()).toBeLessThan(11 * (2 + Math.ceil(Math.log2(SPARSE)) + 2))
  })

  it('costs the poll that finds nothing new no square of work', () => {
    const { topology, looks } = counted(buildTopology(answer(), null).topology)
    expect(buildTopology(answer(), topology).same).toBe(true)
    expect(looks()).toBeLessThan(SPARSE * 20)
  })
})
