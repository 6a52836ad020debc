import { describe, expect, it } from 'vitest'
import { noteReassignments } from '../../../../src-main/domain/answers/reassignments'
import type { Sliced } from '../../../../src-main/domain/slices'
import { describeConfigs } from '../../../../src-main/kafka/wire/describe-configs'
import { listPartitionReassignments } from '../../../../src-main/kafka/wire/list-partition-reassignments'
import { readingOf } from '../../../support/columns'

function inPieces<T>(pass: Sliced<T>): { value: T; pieces: number } {
  for (let pieces = 1; ; pieces += 1) {
    const step = pass.next()
    if (step.done === true) return { value: step.value, pieces }
  }
}

/** Bytes put together field by field. */
const bytesOf = (parts: readonly Buffer[]): Uint8Array => Buffer.concat(parts)
const int = (bytes: 1 | 2 | 4, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeIntBE(value, 0, bytes)
  return buffer
}
const text = (value: string): Buffer => Buffer.concat([int(2, value.length), Buffer.from(value)])
function uvarint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left])
    bytes.push((left % 128) + 128)
  }
}

/** findings K11.5: counted in pieces, not in time. Each is of at most 64 elements of a few fields. */
describe('a long answer is read in pieces', () => {
  const MOVES = 20_000

  it('reassignments', () => {
    const one = (partition: number): Buffer =>
      Buffer.concat([
        int(4, partition),
        uvarint(3),
        int(4, 1),
        int(4, 4),
        uvarint(2),
        int(4, 4),
        uvarint(1),
        Buffer.alloc(1),
      ])
    const answer = bytesOf([
      Buffer.alloc(1),
      int(4, 0),
      int(2, 0),
      uvarint(0),
      uvarint(2),
      uvarint(2),
      Buffer.from('t'),
      uvarint(MOVES + 1),
      ...Array.from({ length: MOVES }, (_, partition) => one(partition)),
      Buffer.alloc(2),
    ])
    const { value, pieces } = inPieces(listPartitionReassignments.decodePass(0, answer))
    expect(value.topics[0]!.partitions).toHaveLength(MOVES)
    expect(value.topics[0]!.partitions.at(-1)).toEqual({
      partitionIndex: MOVES - 1,
      replicas: [1, 4],
      addingReplicas: [4],
      removingReplicas: [],
    })
    expect(pieces).toBeGreaterThanOrEqual(MOVES / 64)
    expect(listPartitionReassignments.decode(0, answer)).toEqual(value)
  })

  it('settings, of many topics and of one with many keys', () => {
    const entry = (name: string): Buffer =>
      Buffer.concat([text(name), text('1'), Buffer.from([0, 5, 0]), int(4, 0), Buffer.from([3]), int(2, -1)])
    const resource = (name: string, keys: number): Buffer =>
      Buffer.concat([
        int(2, 0),
        int(2, -1),
        Buffer.from([2]),
        text(name),
        int(4, keys),
        ...Array.from({ length: keys }, (_, i) => entry(`key-${i}`)),
      ])
    const answer = bytesOf([
      int(4, 0),
      int(4, 641),
      ...Array.from({ length: 640 }, (_, i) => resource(`t${i}`, 1)),
      resource('long', 6_400),
    ])
    const { value, pieces } = inPieces(describeConfigs.decodePass(3, answer))
    expect(value.results).toHaveLength(641)
    expect(value.results.at(-1)).toMatchObject({ resourceName: 'long', errorCode: 0 })
    expect(value.results.at(-1)!.configs).toHaveLength(6_400)
    expect(pieces).toBeGreaterThanOrEqual(640 / 64 + 6_400 / 64)
    expect(describeConfigs.decode(3, answer)).toEqual(value)
  })

  it('and moves are noted in pieces', () => {
    const partitions = Array.from({ length: MOVES }, (_, i) => ({ number: 2 * i, replicas: [1, 2, 3] }))
    const reading = readingOf([{ name: 't', partitions }])
    const moves = partitions.map(({ number }) => ({ topic: 't', partition: number, adding: [3] }))
    const { pieces } = inPieces(noteReassignments(reading, moves))
    expect(pieces).toBeGreaterThanOrEqual(MOVES / 1_024)
    expect(reading.reassigning.every((one) => one === 1)).toBe(true)
    expect(reading.replicaAdding.reduce((sum, one) => sum + one, 0)).toBe(MOVES)
  })
})
