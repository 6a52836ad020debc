import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../../src-main/kafka/wire/reader'
import { WireError } from '../../../../src-main/kafka/wire/wire-error'
import { Writer } from '../../../../src-main/kafka/wire/writer'
import { fromHex, toHex } from '../../../support/captured-answers'

const int = (bits: number): fc.Arbitrary<number> => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((raw) => Buffer.from(raw).toString('base64url'))

/** Every type as a pair of one write and one read, so that any sequence of them must come back as it went in. */
const pieces: fc.Arbitrary<Piece> = fc.oneof(
  int(8).map((v) =>
    piece(
      v,
      (w) => w.int8(v, 'f'),
      (r) => r.int8('f'),
    ),
  ),
  int(16).map((v) =>
    piece(
      v,
      (w) => w.int16(v, 'f'),
      (r) => r.int16('f'),
    ),
  ),
  int(32).map((v) =>
    piece(
      v,
      (w) => w.int32(v, 'f'),
      (r) => r.int32('f'),
    ),
  ),
  fc.maxSafeInteger().map((v) =>
    piece(
      v,
      (w) => w.int64(v, 'f'),
      (r) => r.int64('f'),
    ),
  ),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((v) =>
    piece(
      v,
      (w) => w.uvarint(v, 'f'),
      (r) => r.uvarint('f'),
    ),
  ),
  fc.boolean().map((v) =>
    piece(
      v,
      (w) => w.boolean(v),
      (r) => r.boolean('f'),
    ),
  ),
  uuid.map((v) =>
    piece(
      v,
      (w) => w.uuid(v, 'f'),
      (r) => r.uuid('f'),
    ),
  ),
  text.map((v) =>
    piece(
      v,
      (w) => w.string(v, 'f'),
      (r) => r.string('f'),
    ),
  ),
  fc.option(text).map((v) =>
    piece(
      v,
      (w) => w.nullableString(v, 'f'),
      (r) => r.nullableString('f'),
    ),
  ),
  fc.array(int(32)).map((v) =>
    piece(
      v,
      (w) => w.int32s(v, 'f'),
      (r) => r.int32s('f'),
    ),
  ),
  fc.option(fc.array(int(32))).map((v) =>
    piece(
      v,
      (w) => w.int32s(v, 'f'),
      (r) => r.nullableInt32s('f'),
    ),
  ),
  fc.array(text).map((v) =>
    piece(
      v,
      (w) => w.array(v, 'f', (x) => w.string(x, 'f')),
      (r) => r.array('f', 1, () => r.string('f')),
    ),
  ),
  fc.constant(
    piece(
      undefined,
      (w) => w.tags(),
      (r) => r.tags(),
    ),
  ),
)

interface Piece {
  readonly value: unknown
  readonly write: (w: Writer) => void
  readonly read: (r: Reader) => unknown
}

function piece(value: unknown, write: Piece['write'], read: Piece['read']): Piece {
  return { value, write, read }
}

function reader(hex: string, flexible = false): Reader {
  return new Reader('Test', fromHex(hex.replaceAll(' ', '')), flexible)
}

describe('Reader and Writer', () => {
  it('bring back whatever sequence of values went in, in both families of versions', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.boolean(), (sequence, flexible) => {
        const writer = new Writer('Test', flexible)
        for (const one of sequence) one.write(writer)
        const r = new Reader('Test', writer.finish(), flexible)
        for (const one of sequence) expect(one.read(r)).toEqual(one.value)
        r.end()
      }),
    )
  })

  it('stop with a WireError at whichever byte the answer was cut', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 10 }),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sequence, flexible, where) => {
          const writer = new Writer('Test', flexible)
          for (const one of sequence) one.write(writer)
          const bytes = writer.finish()
          fc.pre(bytes.length > 0)
          const r = new Reader(
            'Test',
            bytes.subarray(0, Math.min(bytes.length - 1, Math.floor(where * bytes.length))),
            flexible,
          )
          expect(() => sequence.forEach((one) => one.read(r))).toThrow(WireError)
        },
      ),
    )
  })

  it('read a view into a larger buffer, as sockets hand them out', () => {
    const bytes = fromHex('ffff00010262630000ff').subarray(2, 8)
    const r = new Reader('Test', bytes, false)
    expect([r.int16('a'), r.int8('b'), r.int16('c'), r.int8('d')]).toEqual([1, 2, 0x6263, 0])
    r.end()
  })
})

describe('Writer', () => {
  it.each([
    ['int8', 0, '7f', 127],
    ['int16', 0, '8000', -32768],
    ['int32', 0, '80000000', -2147483648],
    ['int64', 0, 'ffffffffffffffff', -1],
    ['int64', 0, '001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['uvarint', 0, 'ffffffff0f', 4294967295],
  ] as const)('writes %s big endian', (type, _at, hex, value) => {
    const w = new Writer('Test', true)
    w[type](value, 'f')
    expect(toHex(w.finish())).toBe(hex)
  })

  it.each([
    ['int8', 128],
    ['int16', -32769],
    ['int32', 2 ** 31],
    ['int32', 1.5],
    ['int32', NaN],
    ['int64', 2 ** 53],
    ['uvarint', -1],
  ] as const)('refuses %s %d', (type, value) => {
    expect(() => new Writer('Test', true)[type](value, 'Field')).toThrow(`Test: Field is ${value}`)
  })

  it('refuses a string longer than Kafka takes, and a uuid of another length', () => {
    expect(() => new Writer('Test', true).string('é'.repeat(16384), 'Name')).toThrow('Test: Name has 32768 bytes')
    expect(() => new Writer('Test', true).uuid('AAAA', 'Id')).toThrow(WireError)
  })
})

describe('Reader', () => {
  it('refuses what no number can hold exactly, naming API and field', () => {
    expect(reader('001fffffffffffff').int64('Offset')).toBe(Number.MAX_SAFE_INTEGER)
    const refused: unknown = expect.objectContaining({
      code: 'out-of-range',
      apiName: 'Test',
      offset: 0,
      what: 'Offset is beyond 2^53',
    })
    expect(() => reader('0020000000000000').int64('Offset')).toThrow(refused)
    expect(() => reader('8000000000000000').int64('Offset')).toThrow(refused)
  })

  it.each([
    ['a string longer than the rest', (): unknown => reader('0005 6162').string('f'), 'truncated'],
    ['a string of negative length', (): unknown => reader('fffe').nullableString('f'), 'bad-length'],
    ['a null where none may be', (): unknown => reader('ffff').string('f'), 'bad-length'],
    ['a null list where none may be', (): unknown => reader('ffffffff').int32s('f'), 'bad-length'],
    ['a list of negative length', (): unknown => reader('fffffffe').nullableInt32s('f'), 'bad-length'],
    ['a list of two thousand million items', (): unknown => reader('7fffffff 00000000').int32s('f'), 'bad-length'],
    [
      'a compact list of four thousand million items',
      (): unknown => reader('ffffffff0f 00', true).int32s('f'),
      'bad-length',
    ],
    ['a varint that does not end', (): unknown => reader('ffffffffffff', true).uvarint('f'), 'malformed'],
    ['a varint beyond 32 bits', (): unknown => reader('ffffffff1f', true).uvarint('f'), 'malformed'],
    ['more tags than bytes', (): unknown => reader('ffffff0f 00', true).tags(), 'bad-length'],
    ['a tag longer than the rest', (): unknown => reader('01 00 7f 00', true).tags(), 'bad-length'],
    ['bytes after the end', (): unknown => reader('00').end(), 'trailing'],
  ])('refuses %s', (_what, read, code) => {
    expect(read).toThrow(expect.objectContaining({ name: 'WireError', apiName: 'Test', code }))
  })

  it('skips tags it does not know by their length', () => {
    const r = reader('02 00 03 aabbcc 85 01 00 2a', true)
    r.tags()
    expect(r.int8('next')).toBe(0x2a)
  })
})
