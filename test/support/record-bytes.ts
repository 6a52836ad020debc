export interface TestRecord {
  readonly key: string | null
  readonly value?: string
}

/** Zigzag varint, as DefaultRecord writes it. */
export function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value < 0 ? -value * 2 - 1 : value * 2
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return [...bytes, rest]
}

/** The records of one batch, one after another. */
export function recordBytes(records: readonly TestRecord[]): Buffer {
  return Buffer.concat(
    records.map(({ key, value = 'v' }, offset) => {
      const text = (content: string | null): Buffer =>
        content === null
          ? Buffer.from(varint(-1))
          : Buffer.concat([Buffer.from(varint(Buffer.byteLength(content))), Buffer.from(content)])
      const body = Buffer.concat([
        Buffer.of(0),
        Buffer.from(varint(1_700_000_000_000 * offset)),
        Buffer.from(varint(offset)),
        text(key),
        text(value),
        Buffer.of(0),
      ])
      return Buffer.concat([Buffer.from(varint(body.length)), body])
    }),
  )
}

/** A batch of format v2 around `body`; the checksum is left at 0, which nobody here looks at. */
export function batchBytes(
  body: Uint8Array,
  records: number,
  options: { attributes?: number; baseOffset?: number } = {},
): Buffer {
  const head = Buffer.alloc(61)
  head.writeBigInt64BE(BigInt(options.baseOffset ?? 0), 0)
  head.writeInt32BE(61 - 12 + body.length, 8)
  head.writeInt8(2, 16)
  head.writeInt16BE(options.attributes ?? 0, 21)
  head.writeInt32BE(Math.max(0, records - 1), 23)
  head.writeInt32BE(records, 57)
  return Buffer.concat([head, body])
}
