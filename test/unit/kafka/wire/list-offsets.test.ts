import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OFFSET_TOO_LARGE } from '../../../../src-main/domain/topology/columns'
import type { OffsetRows } from '../../../../src-main/domain/topology/columns'
import { ListOffsetsDecoder } from '../../../../src-main/kafka/wire/list-offsets-decoder'
import {
  encodeListOffsets,
  REPLICA_DEBUG,
  TIMESTAMP_LATEST,
} from '../../../../src-main/kafka/wire/list-offsets-request'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { capturedAnswers, fromHex, titleOf, toHex } from '../../../support/captured-answers'
import { decodeListOffsets } from '../../../support/decode-whole'
import type { Captured } from '../../../support/captured-answers'
import { inPieces } from '../../../support/in-pieces'

interface CapturedRequest {
  readonly replicaId: number
  readonly isolationLevel: 0 | 1
  readonly topics: readonly {
    readonly name: string
    readonly partitions: readonly { readonly partitionIndex: number; readonly timestamp: number }[]
  }[]
}

interface Answered {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly offset: number
  readonly leaderEpoch: number
}

interface AnsweredTopic {
  readonly name: string
  readonly partitions: readonly Answered[]
}

const versions = [5, 10, 11] as const

function rowsOf(
  topics: readonly { readonly name: string; readonly partitions: readonly { readonly partitionIndex: number }[] }[],
): OffsetRows {
  const flat = topics.flatMap((topic, t) => topic.partitions.map((p) => [t, p.partitionIndex] as const))
  return {
    topicNames: topics.map((topic) => topic.name),
    topicIndex: Uint32Array.from(flat, ([t]) => t),
    partition: Int32Array.from(flat, ([, p]) => p),
  }
}

function answerBytes(version: number, topics: readonly AnsweredTopic[]): Uint8Array {
  const w = new Writer('ListOffsets', version >= 6)
  w.tags()
  w.int32(0, 'throttle')
  w.array(topics, 'topics', (topic) => {
    w.string(topic.name, 'name')
    w.array(topic.partitions, 'partitions', (p) => {
      w.int32(p.partitionIndex, 'index')
      w.int16(p.errorCode, 'error')
      w.int64(-1, 'timestamp')
      w.int64(p.offset, 'offset')
      w.int32(p.leaderEpoch, 'epoch')
      w.tags()
    })
    w.tags()
  })
  w.tags()
  return w.finish()
}

/** What the columns must say, from the answer by plain look-up. */
function expectedColumns(
  rows: OffsetRows,
  from: number,
  to: number,
  answer: readonly AnsweredTopic[],
): Record<string, number[]> {
  const found = new Map(
    answer.flatMap((topic) => topic.partitions.map((p) => [`${topic.name}/${p.partitionIndex}`, p] as const)),
  )
  const asked = [...rows.partition.subarray(from, to)].map((p, i) =>
    found.get(`${rows.topicNames[rows.topicIndex[from + i]!]}/${p}`),
  )
  return {
    offset: asked.map((a) => (a === undefined || a.errorCode !== 0 || a.offset < 0 ? NaN : a.offset)),
    errors: asked.map((a) => a?.errorCode ?? -1),
    leaderEpoch: asked.map((a) => a?.leaderEpoch ?? -1),
  }
}

function plain(columns: {
  offset: Float64Array
  errors: Int16Array
  leaderEpoch: Int32Array
}): Record<string, number[]> {
  return { offset: [...columns.offset], errors: [...columns.errors], leaderEpoch: [...columns.leaderEpoch] }
}

const captured = capturedAnswers().filter((one) => one.apiKey === 2) as Captured<
  CapturedRequest,
  { readonly topics: AnsweredTopic[] }
>[]

describe('captured ListOffsets answers', () => {
  it.each(captured.map((one) => [titleOf(one), one] as const))('%s', (_title, one) => {
    const { replicaId, isolationLevel: isolation, topics } = one.request
    const rows = rowsOf(topics)
    const timestamp = topics[0]?.partitions[0]?.timestamp ?? 0
    const to = rows.partition.length
    expect(toHex(encodeListOffsets(one.version, { replicaId, isolation, timestamp, rows, from: 0, to }))).toBe(
      one.requestBody,
    )
    const columns = decodeListOffsets(one.version, fromHex(one.response), { rows, from: 0, to })
    expect(plain(columns)).toEqual(expectedColumns(rows, 0, to, one.expected.topics))
    expect(columns.errors).not.toContain(-1)
  })
})

const answered: fc.Arbitrary<Answered> = fc.record({
  partitionIndex: fc.nat(400),
  errorCode: fc.constantFrom(0, 0, 0, 3, 6, 78),
  offset: fc.oneof(fc.constant(-1), fc.maxSafeNat()),
  leaderEpoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
})
const topics = fc.uniqueArray(
  fc.record({
    name: fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9._-]{1,140}$/),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    ),
    partitions: fc.uniqueArray(answered, { minLength: 1, maxLength: 150, selector: (p) => p.partitionIndex }),
    ascending: fc.boolean(),
  }),
  { maxLength: 8, selector: (topic) => topic.name },
)
const asked: fc.Arbitrary<readonly AnsweredTopic[]> = topics.map((list) =>
  list.map(({ name, partitions, ascending }) => ({
    name,
    partitions: ascending ? [...partitions].sort((a, b) => a.partitionIndex - b.partitionIndex) : partitions,
  })),
)
/** The same rows as a broker may give them back: in another order, some left out, some that nobody asked for. */
const scrambled = (list: readonly AnsweredTopic[]): fc.Arbitrary<readonly AnsweredTopic[]> =>
  fc
    .tuple(fc.shuffledSubarray([...list]), fc.array(fc.nat(), { maxLength: 8 }), fc.boolean())
    .map(([some, turns, extra]) => {
      const turned = some.map(({ name, partitions }, i) => {
        const from = (turns[i] ?? 0) % 5
        return { name, partitions: [...partitions.slice(from), ...partitions.slice(0, Math.min(from, 2))] }
      })
      const stranger = {
        name: 'nobody-asked',
        partitions: [{ partitionIndex: 0, errorCode: 0, offset: 1, leaderEpoch: 1 }],
      }
      return extra ? [stranger, ...turned] : turned
    })

describe('ListOffsetsDecoder', () => {
  it('aligns the answer with the rows asked, whatever order it comes in', () => {
    const cases = asked.chain((list) =>
      fc.record({ list: fc.constant(list), answer: fc.oneof(fc.constant(list), scrambled(list)) }),
    )
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(...versions),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        ({ list, answer }, version, cut) => {
          const rows = rowsOf(list)
          const from = Math.floor(rows.partition.length * cut)
          const to = rows.partition.length
          const decoder = new ListOffsetsDecoder(version, answerBytes(version, answer), rows, from, to)
          expect(plain(inPieces(decoder.pass()).result)).toEqual(expectedColumns(rows, from, to, answer))
        },
      ),
    )
  })

  it("does not take a partition nobody asked for as the next topic's", () => {
    const one = (partitionIndex: number, offset: number): Answered => ({
      partitionIndex,
      errorCode: 0,
      offset,
      leaderEpoch: 0,
    })
    const rows = rowsOf([
      { name: 'a', partitions: [one(0, 0)] },
      { name: 'b', partitions: [one(1, 0)] },
    ])
    const bytes = answerBytes(5, [{ name: 'a', partitions: [one(0, 10), one(1, 11)] }])
    expect([...decodeListOffsets(5, bytes, { rows, from: 0, to: 2 }).offset]).toEqual([10, NaN])
  })

  it('may stop within a topic too and goes on where it was', () => {
    const list = [
      {
        name: 'wide',
        partitions: Array.from({ length: 10_000 }, (_, i) => ({
          partitionIndex: i,
          errorCode: 0,
          offset: i * 7,
          leaderEpoch: 1,
        })),
      },
    ]
    const rows = rowsOf(list)
    const decoder = new ListOffsetsDecoder(5, answerBytes(5, list), rows, 0, 10_000)
    const { result, slices } = inPieces(decoder.pass())
    expect(slices).toBe(10)
    expect(plain(result)).toEqual(expectedColumns(rows, 0, 10_000, list))
  })

  it('refuses an offset beyond 2^53 in its own row, and a negative one by the name of its partition', () => {
    const list = [{ name: 'orders', partitions: [{ partitionIndex: 3, errorCode: 0, offset: 5, leaderEpoch: 0 }] }]
    const bytes = answerBytes(5, list)
    const view = new DataView(bytes.buffer)
    const at = bytes.length - 12
    expect(view.getBigInt64(at)).toBe(5n)
    const decode = (offset: bigint): unknown => {
      view.setBigInt64(at, offset)
      const columns = decodeListOffsets(5, bytes, { rows: rowsOf(list), from: 0, to: 1 })
      return [columns.offset[0], columns.errors[0]]
    }
    expect(decode(2n ** 53n - 1n)).toEqual([Number.MAX_SAFE_INTEGER, 0])
    expect(decode(2n ** 53n)).toEqual([Number.NaN, OFFSET_TOO_LARGE])
    expect(decode(2n ** 63n - 1n)).toEqual([Number.NaN, OFFSET_TOO_LARGE])
    expect(() => decode(-2n)).toThrow('orders-3 has the offset -2')
  })
})

describe('encodeListOffsets', () => {
  it('writes the flexible layout with the timeout of v10', () => {
    const rows = rowsOf([
      { name: 'a', partitions: [{ partitionIndex: 1 }] },
      { name: 'bc', partitions: [{ partitionIndex: 2 }] },
    ])
    const body = toHex(
      encodeListOffsets(10, {
        replicaId: REPLICA_DEBUG,
        isolation: 0,
        timestamp: TIMESTAMP_LATEST,
        rows,
        from: 0,
        to: 2,
      }),
    )
    const partition = (index: number): string => `0000000${index}ffffffff${'f'.repeat(16)}00`
    expect(body).toBe(`00fffffffe0003026102${partition(1)}0003626302${partition(2)}00000003e800`)
  })

  it('asks for the rows of its range only, in exactly as many bytes as it takes', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(...versions), fc.nat(20), (list, version, from) => {
        const rows = rowsOf(list)
        const to = rows.partition.length
        fc.pre(from <= to)
        const bytes = encodeListOffsets(version, {
          replicaId: -1,
          isolation: 1,
          timestamp: 1_700_000_000_123,
          rows,
          from,
          to,
        })
        expect(toHex(bytes)).toBe(toHex(requestBytes(version, rows, from)))
      }),
    )
  })
})

/** The same request by the general writer. */
function requestBytes(version: number, rows: OffsetRows, from: number): Uint8Array {
  const groups = rows.topicNames
    .map((name, topic) => ({
      name,
      partitions: [...rows.partition].filter((_, row) => row >= from && rows.topicIndex[row] === topic),
    }))
    .filter((group) => group.partitions.length > 0)
  const w = new Writer('ListOffsets', version >= 6)
  w.tags()
  w.int32(-1, 'replica')
  w.int8(1, 'isolation')
  w.array(groups, 'topics', (group) => {
    w.string(group.name, 'name')
    w.array(group.partitions, 'partitions', (partition) => {
      w.int32(partition, 'index')
      w.int32(-1, 'epoch')
      w.int64(1_700_000_000_123, 'timestamp')
      w.tags()
    })
    w.tags()
  })
  if (version >= 10) w.int32(1000, 'timeout')
  w.tags()
  return w.finish()
}
