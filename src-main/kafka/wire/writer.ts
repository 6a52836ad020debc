import { WireError } from './wire-error'
import type { WireErrorCode } from './wire-error'

const TWO_32 = 4294967296
const FIRST_BYTES = 256

/**
 * Writes Kafka's types, big endian, into one growing buffer; the counterpart of Reader. Values that do not fit throw
 * WireError.
 */
export class Writer {
  private bytes = Buffer.alloc(FIRST_BYTES)
  private length = 0

  constructor(
    readonly apiName: string,
    readonly flexible: boolean,
  ) {}

  /** What was written so far, as a copy of exactly that size. */
  finish(): Uint8Array {
    return new Uint8Array(this.bytes.subarray(0, this.length))
  }

  fail(code: WireErrorCode, what: string): never {
    throw new WireError(code, this.apiName, this.length, what)
  }

  int8(value: number, field: string): void {
    this.checkInt(value, 0x80, field)
    this.byte(value)
  }

  boolean(value: boolean): void {
    this.byte(value ? 1 : 0)
  }

  int16(value: number, field: string): void {
    this.checkInt(value, 0x8000, field)
    const at = this.grow(2)
    this.bytes.writeInt16BE(value, at)
  }

  int32(value: number, field: string): void {
    this.checkInt(value, 0x80000000, field)
    const at = this.grow(4)
    this.bytes.writeInt32BE(value, at)
  }

  int64(value: number, field: string): void {
    if (!Number.isSafeInteger(value)) this.fail('out-of-range', `${field} is ${value}`)
    const at = this.grow(8)
    this.bytes.writeInt32BE(Math.floor(value / TWO_32), at)
    this.bytes.writeInt32BE(value | 0, at + 4)
  }

  uvarint(value: number, field: string): void {
    if (!Number.isInteger(value) || value < 0 || value >= TWO_32) this.fail('out-of-range', `${field} is ${value}`)
    let rest = value
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  /** Takes what Reader.uuid gives: base64url without padding. */
  uuid(value: string, field: string): void {
    const raw = Buffer.from(value, 'base64url')
    if (raw.length !== 16) this.fail('malformed', `${field} is not a uuid`)
    const at = this.grow(16)
    this.bytes.set(raw, at)
  }

  string(value: string, field: string): void {
    this.nullableString(value, field)
  }

  nullableString(value: string | null, field: string): void {
    const length = value === null ? -1 : Buffer.byteLength(value)
    // Kafka refuses strings that an int16 could not count, in both families of versions.
    if (length > 0x7fff) this.fail('bad-length', `${field} has ${length} bytes`)
    if (this.flexible) this.uvarint(length + 1, field)
    else this.int16(length, field)
    if (value === null) return
    const at = this.grow(length)
    this.bytes.write(value, at, 'utf8')
  }

  array<T>(items: readonly T[] | null, field: string, write: (item: T) => void): void {
    if (this.flexible) this.uvarint(items === null ? 0 : items.length + 1, field)
    else this.int32(items === null ? -1 : items.length, field)
    items?.forEach((item) => write(item))
  }

  int32s(items: readonly number[] | null, field: string): void {
    this.array(items, field, (item) => this.int32(item, field))
  }

  /** The empty tag buffer that ends every struct of a flexible version; nothing in the others. */
  tags(): void {
    if (this.flexible) this.byte(0)
  }

  private byte(value: number): void {
    const at = this.grow(1)
    this.bytes[at] = value
  }

  private checkInt(value: number, limit: number, field: string): void {
    if (!Number.isInteger(value) || value < -limit || value >= limit) this.fail('out-of-range', `${field} is ${value}`)
  }

  /** Makes room and returns where to write. Call it before touching `bytes`, which it may replace. */
  private grow(extra: number): number {
    const at = this.length
    const needed = at + extra
    if (needed > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(needed, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, at)
      this.bytes = larger
    }
    this.length = needed
    return at
  }
}
