/** Attributes, timestamp delta, offset delta, key length, value length and header count of an empty record, each at its shortest. */
const LEAST_RECORD_BYTES = 7
const LONGEST_VARINT = 5
const LONGEST_VARLONG = 10

/**
 * How many of the `count` records in `bytes` (the opened body of one v2 batch) have no key; null when they are not where they should be.
 * Only lengths are looked at, so a record costs the same whatever its size (DefaultRecord.java).
 */
export function withoutKeyIn(bytes: Uint8Array, count: number): number | null {
  if (count * LEAST_RECORD_BYTES > bytes.length) return null
  let at = 0
  let withoutKey = 0
  for (let i = 0; i < count; i++) {
    const length = varint(bytes, at)
    if (length === null) return null
    const start = length.end
    const end = start + length.value
    if (length.value < LEAST_RECORD_BYTES - 1 || end > bytes.length) return null
    // Attributes take one byte; deltas are skipped, whatever they say.
    const timestamp = varintEnd(bytes, start + 1, LONGEST_VARLONG)
    const offset = timestamp === null ? null : varintEnd(bytes, timestamp, LONGEST_VARINT)
    const key = offset === null ? null : varint(bytes, offset)
    if (key === null || key.value < -1 || key.end + Math.max(0, key.value) > end) return null
    if (key.value === -1) withoutKey++
    at = end
  }
  return at === bytes.length ? withoutKey : null
}

function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  const end = varintEnd(bytes, at, LONGEST_VARINT)
  if (end === null) return null
  let raw = 0
  for (let i = end - 1; i >= at; i--) raw = raw * 128 + ((bytes[i] ?? 0) & 0x7f)
  // Zigzag: 0, -1, 1, -2 … are written as 0, 1, 2, 3 …
  return { value: raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2, end }
}

function varintEnd(bytes: Uint8Array, at: number, longest: number): number | null {
  for (let i = at; i < at + longest; i++) {
    const byte = bytes[i]
    if (byte === undefined) return null
    if (byte < 0x80) return i + 1
  }
  return null
}
