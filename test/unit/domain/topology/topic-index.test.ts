import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sameTopicId, topicIdOf } from '../../../../src-main/domain/topology/topic-index'
import type { Topology } from '../../../../src-main/domain/topology/reading'
import { readingOfPartitions } from '../../../support/columns'

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
