import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INFLATED_LIMIT_BYTES, readRecordBatches } from '../../../../src-main/kafka/wire/record-batches'
import { WireError } from '../../../../src-main/kafka/wire/wire-error'
import { batchBytes, recordBytes, varint } from '../../../support/record-bytes'

const GZIP = 1
const read = (...batches: readonly Uint8Array[]): ReturnType<typeof readRecordBatches> =>
  readRecordBatches('Fetch', Buffer.concat(batches))
const mixed = recordBytes([{ key: 'a' }, { key: null }, { key: '' }, { key: null }])
const refusal = (code: string): unknown => expect.objectContaining({ name: 'WireError', apiName: 'Fetch', code })

describe('record batches', () => {
  it('tells a record without key from one with an empty key', () => {
    expect(read(batchBytes(mixed, 4, { baseOffset: 40 }))).toEqual([
      {
        baseOffset: 40,
        lastOffset: 43,
        sizeBytes: 61 + mixed.length,
        compression: 'none',
        control: false,
        records: 4,
        withoutKey: 2,
      },
    ])
  })

  it('counts whatever records there are, plain and gzipped alike', () => {
    const records = fc.array(
      fc.record({ key: fc.option(fc.string({ maxLength: 300 })), value: fc.string({ maxLength: 300 }) }),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(records, fc.boolean(), (list, packed) => {
        const body = recordBytes(list)
        const [batch] = read(batchBytes(packed ? gzipSync(body) : body, list.length, { attributes: packed ? GZIP : 0 }))
        expect(batch).toMatchObject({ records: list.length, withoutKey: list.filter(({ key }) => key === null).length })
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    [2, 'snappy'],
    [3, 'lz4'],
    [4, 'zstd'],
    [6, 'unknown'],
  ])('says of compression %i that it is %s and not to be opened', (attributes, compression) => {
    expect(read(batchBytes(Buffer.alloc(40), 9, { attributes }))).toMatchObject([
      { compression, records: 9, withoutKey: null },
    ])
  })

  it('marks transaction markers, also compressed transactions apart from them', () => {
    expect(
      read(batchBytes(mixed, 4, { attributes: 0x30 }), batchBytes(mixed, 4, { attributes: 0x10 })).map(
        ({ control }) => control,
      ),
    ).toEqual([true, false])
  })

  it('leaves out a batch that is cut, wherever that is', () => {
    const whole = batchBytes(mixed, 4)
    for (let length = 0; length < whole.length; length++) expect(read(whole, whole.subarray(0, length))).toHaveLength(1)
  })

  it('can tell of the old formats only that a message is there', () => {
    const old = Buffer.alloc(34)
    old.writeInt32BE(7, 4)
    old.writeInt32BE(22, 8)
    old.writeInt8(1, 16)
    old.writeInt8(2, 17)
    expect(read(old, old)).toEqual(
      [0, 1].map(() => ({
        baseOffset: 7,
        lastOffset: 7,
        sizeBytes: 34,
        compression: 'snappy',
        control: false,
        records: 1,
        withoutKey: null,
      })),
    )
  })
})

describe('batches made to hurt', () => {
  it('does not inflate what grows beyond the limit', () => {
    const bomb = batchBytes(gzipSync(Buffer.alloc(INFLATED_LIMIT_BYTES + 1)), 1000, { attributes: GZIP })
    expect(bomb.length).toBeLessThan(10_000)
    expect(read(bomb)).toMatchObject([{ records: 1000, withoutKey: null }])
  })

  it('has one limit for all batches of an answer', () => {
    const value = 'x'.repeat(INFLATED_LIMIT_BYTES * 0.6)
    const large = batchBytes(gzipSync(recordBytes([{ key: null, value }])), 1, { attributes: GZIP })
    const small = batchBytes(gzipSync(mixed), 4, { attributes: GZIP })
    expect(read(small, large, large, small).map(({ withoutKey }) => withoutKey)).toEqual([2, 1, null, null])
  })

  it.each([
    ['more records than bytes', batchBytes(mixed, 0x7fffffff)],
    ['fewer records than bytes', batchBytes(mixed, 3)],
    ['gzip that is none', batchBytes(mixed, 4, { attributes: GZIP })],
    ['a record longer than the batch', batchBytes(Buffer.from([...varint(1000), 0, 0, 0, 1, 1, 0, 0]), 1)],
    ['a record of negative length', batchBytes(Buffer.from([...varint(-3), 0, 0, 0, 1, 1, 0, 0]), 1)],
    ['a key longer than its record', batchBytes(Buffer.from([...varint(7), 0, 0, 0, ...varint(60), 1, 0, 0]), 1)],
    ['a key of length -2', batchBytes(Buffer.from([...varint(7), 0, 0, 0, ...varint(-2), 1, 0, 0, 0]), 1)],
    ['a varint without end', batchBytes(Buffer.alloc(30, 0xff), 1)],
  ])('calls records unreadable: %s', (_what, batch) => {
    expect(read(batch)).toMatchObject([{ withoutKey: null }])
  })

  it('refuses lengths and counts that no broker writes', () => {
    const short = batchBytes(mixed, 4)
    short.writeInt32BE(13, 8)
    expect(() => read(short)).toThrow(refusal('bad-length'))
    const headless = batchBytes(mixed, 4)
    headless.writeInt32BE(48, 8)
    expect(() => read(headless)).toThrow(refusal('bad-length'))
    expect(() => read(batchBytes(mixed, -1))).toThrow(refusal('malformed'))
    const far = batchBytes(mixed, 4)
    far.writeInt32BE(0x7fffffff, 0)
    expect(() => read(far)).toThrow(refusal('out-of-range'))
  })

  it('gives a value or a refusal for any noise', () => {
    const whole = Buffer.concat([batchBytes(mixed, 4), batchBytes(gzipSync(mixed), 4, { attributes: GZIP })])
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(flips, (list) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of list) bytes[at] = value
        try {
          expect(readRecordBatches('Fetch', bytes).length).toBeLessThanOrEqual(bytes.length / 26)
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
      { numRuns: 1500 },
    )
  })
})
