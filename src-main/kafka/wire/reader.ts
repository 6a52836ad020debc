import type { Sliced } from '../../domain/slices'
import { WireError } from './wire-error'
import type { WireErrorCode } from './wire-error'

const TWO_32 = 4294967296
/** Elements of a few fields each: far below a millisecond. */
const ELEMENTS_PER_PIECE = 64

/**
 * Reads Kafka's types, big endian, from one answer. `flexible` picks the compact strings, arrays and tag buffers of
 * KIP-482, so that a layout is written down once for both families of versions. Every length is checked against the
 * bytes that are left before anything is allocated, so the cost of garbage is bounded by its own size. Throws WireError
 * only.
 */
export class Reader {
  offset = 0
  readonly view: DataView
  /** Size of the answer in bytes. */
  readonly length: number
  private readonly buffer: Buffer

  constructor(
    readonly apiName: string,
    bytes: Uint8Array,
    readonly flexible: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = bytes.byteLength
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remaining(): number {
    return this.length - this.offset
  }

  fail(code: WireErrorCode, what: string): never {
    throw new WireError(code, this.apiName, this.offset, what)
  }

  int8(field: string): number {
    return this.view.getInt8(this.skip(1, field))
  }

  boolean(field: string): boolean {
    return this.int8(field) !== 0
  }

  int16(field: string): number {
    return this.view.getInt16(this.skip(2, field))
  }

  int32(field: string): number {
    return this.view.getInt32(this.skip(4, field))
  }

  /** An int64 as a number, exact; refused beyond 2^53 - 1, since a rounded offset is a wrong offset. */
  int64(field: string): number {
    const value = this.int64Rounded(field)
    if (!Number.isSafeInteger(value)) {
      this.offset -= 8
      this.fail('out-of-range', `${field} is beyond 2^53`)
    }
    return value
  }

  /**
   * For sizes that need no exactness: network file systems report disks of 2^63 bytes, which must not cost the whole
   * answer.
   */
  int64Rounded(field: string): number {
    const at = this.skip(8, field)
    return this.view.getInt32(at) * TWO_32 + this.view.getUint32(at + 4)
  }

  uvarint(field: string): number {
    let value = this.view.getUint8(this.skip(1, field))
    if (value < 0x80) return value
    value &= 0x7f
    for (let scale = 128; scale <= 268435456; scale *= 128) {
      const byte = this.view.getUint8(this.skip(1, field))
      value += (byte & 0x7f) * scale
      if (byte < 0x80 && value < TWO_32) return value
    }
    return this.fail('malformed', `${field} is not a 32-bit varint`)
  }

  /** 16 bytes as Kafka's tools print them: base64url without padding. */
  uuid(field: string): string {
    const at = this.skip(16, field)
    return this.buffer.toString('base64url', at, at + 16)
  }

  string(field: string): string {
    return this.nullableString(field) ?? this.fail('bad-length', `${field} is null`)
  }

  nullableString(field: string): string | null {
    const length = this.nullableLength(field)
    if (length === -1) return null
    const at = this.skip(length, field)
    return this.buffer.toString('utf8', at, at + length)
  }

  /** Bytes with an int32 length in front (non-flexible versions only); a view, not a copy. */
  nullableBytes(field: string): Uint8Array | null {
    const length = this.int32(field)
    if (length < -1) this.fail('bad-length', `${field} has length ${length}`)
    if (length === -1) return null
    const at = this.skip(length, field)
    return this.buffer.subarray(at, at + length)
  }

  /** The length in front of a string, -1 for null; the string's bytes come next. */
  nullableLength(field: string): number {
    const length = this.flexible ? this.uvarint(field) - 1 : this.int16(field)
    if (length < -1) this.fail('bad-length', `${field} has length ${length}`)
    return length
  }

  /**
   * `minBytes`: the least an element can take; a count that cannot fit what is left is refused before reading the first
   * one.
   */
  array<T>(field: string, minBytes: number, read: (reader: Reader) => T): T[] {
    return this.nullableArray(field, minBytes, read) ?? this.fail('bad-length', `${field} is null`)
  }

  /** `array` for what may be long: it pauses after every few elements. */
  *arrayPass<T>(field: string, minBytes: number, read: (reader: Reader) => T): Sliced<T[]> {
    const count = this.count(field, minBytes)
    const items: T[] = []
    for (let i = 0; i < count; i++) {
      items.push(read(this))
      if (i % ELEMENTS_PER_PIECE === ELEMENTS_PER_PIECE - 1) yield
    }
    return items
  }

  /** The same where an element may be long itself. */
  *arrayOfPasses<T>(field: string, minBytes: number, read: (reader: Reader) => Sliced<T>): Sliced<T[]> {
    const count = this.count(field, minBytes)
    const items: T[] = []
    for (let i = 0; i < count; i++) {
      items.push(yield* read(this))
      if (i % ELEMENTS_PER_PIECE === ELEMENTS_PER_PIECE - 1) yield
    }
    return items
  }

  nullableArray<T>(field: string, minBytes: number, read: (reader: Reader) => T): T[] | null {
    const count = this.nullableCount(field, minBytes)
    if (count === -1) return null
    const items: T[] = []
    for (let i = 0; i < count; i++) items.push(read(this))
    return items
  }

  /** The count in front of an array that may not be null. */
  count(field: string, minBytes: number): number {
    const count = this.nullableCount(field, minBytes)
    if (count < 0) this.fail('bad-length', `${field} is null`)
    return count
  }

  nullableCount(field: string, minBytes: number): number {
    const count = this.flexible ? this.uvarint(field) - 1 : this.int32(field)
    if (count < -1 || count * minBytes > this.remaining) this.fail('bad-length', `${field} has count ${count}`)
    return count
  }

  int32s(field: string): number[] {
    return this.array(field, 4, (reader) => reader.int32(field))
  }

  nullableInt32s(field: string): number[] | null {
    return this.nullableArray(field, 4, (reader) => reader.int32(field))
  }

  /**
   * The tag buffer that ends a struct of a flexible version; nothing in the others. `known` may read a tag (and must
   * then take exactly its bytes) or leave it alone; tags it leaves alone are skipped, as newer brokers may add some.
   */
  tags(known?: (tag: number, reader: Reader) => void): void {
    if (!this.flexible) return
    const count = this.uvarint('tag count')
    if (count === 0) return
    if (count * 2 > this.remaining) this.fail('bad-length', `${count} tagged fields`)
    for (let i = 0; i < count; i++) {
      const tag = this.uvarint('tag')
      const length = this.uvarint('tag length')
      if (length > this.remaining) this.fail('bad-length', `tag ${tag} has length ${length}`)
      const end = this.offset + length
      known?.(tag, this)
      if (this.offset !== end && this.offset !== end - length)
        this.fail('malformed', `tag ${tag} is not ${length} bytes long`)
      this.offset = end
    }
  }

  /** Every answer must be used up to its last byte: a rest means that we read it by the wrong layout. */
  end(): void {
    if (this.remaining !== 0) this.fail('trailing', `${this.remaining} bytes after the end`)
  }

  /** Steps over `length` bytes that are there and returns where they begin. */
  skip(length: number, field: string): number {
    const at = this.offset
    if (length > this.length - at)
      this.fail('truncated', `${field} needs ${length} bytes, ${this.length - at} are left`)
    this.offset = at + length
    return at
  }
}
