import { Reader } from '../../src-main/kafka/wire/reader'

/**
 * The measure for our Metadata decoder: reads every field of every topic and partition once, names as strings, and
 * keeps nothing but a sum. No checks, no columns, no calls, by the fastest reads there are in Node. v7 or v12; lists of
 * at most 126 brokers.
 */
export function barePass(version: 7 | 12, bytes: Uint8Array): number {
  const r = new Reader('Metadata', bytes, version === 12)
  r.tags()
  r.int32('throttle')
  r.array('brokers', 1, () => {
    r.int32('id')
    r.string('host')
    r.int32('port')
    r.nullableString('rack')
    r.tags()
  })
  r.nullableString('cluster id')
  r.int32('controller')
  const topics = r.count('topics', 1)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return version === 7 ? barePlain(text, r.view, r.offset, topics) : bareCompact(text, r.view, r.offset, topics)
}

function barePlain(text: Buffer, view: DataView, start: number, topics: number): number {
  let at = start
  let sum = 0
  for (let t = 0; t < topics; t++) {
    sum = (sum + view.getInt16(at)) | 0
    const nameEnd = at + 4 + view.getInt16(at + 2)
    sum = (sum + text.toString('latin1', at + 4, nameEnd).length) | 0
    at = nameEnd
    sum = (sum + view.getUint8(at)) | 0
    const partitions = view.getInt32(at + 1)
    at += 5
    for (let p = 0; p < partitions; p++) {
      sum = (sum + view.getInt16(at) + view.getInt32(at + 2) + view.getInt32(at + 6) + view.getInt32(at + 10)) | 0
      at += 14
      for (let list = 0; list < 3; list++) {
        const count = view.getInt32(at)
        at += 4
        for (let i = 0; i < count; i++, at += 4) sum = (sum + view.getInt32(at)) | 0
      }
    }
  }
  return sum
}

function bareCompact(text: Buffer, view: DataView, start: number, topics: number): number {
  let at = start
  let sum = 0
  for (let t = 0; t < topics; t++) {
    sum = (sum + view.getInt16(at)) | 0
    at += 2
    let length = view.getUint8(at++)
    if (length >= 0x80) length = (length & 0x7f) | (view.getUint8(at++) << 7)
    sum = (sum + text.toString('latin1', at, at + length - 1).length) | 0
    at += length - 1
    sum = (sum + view.getUint8(at + 16)) | 0
    at += 17
    let partitions = 0
    for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
      byte = view.getUint8(at++)
      partitions |= (byte & 0x7f) << shift
    }
    for (let p = 1; p < partitions; p++) {
      sum = (sum + view.getInt16(at) + view.getInt32(at + 2) + view.getInt32(at + 6) + view.getInt32(at + 10)) | 0
      at += 14
      for (let list = 0; list < 3; list++) {
        const count = view.getUint8(at) - 1
        at += 1
        for (let i = 0; i < count; i++, at += 4) sum = (sum + view.getInt32(at)) | 0
      }
      at += 1
    }
    sum = (sum + view.getInt32(at)) | 0
    at += 5
  }
  return sum
}
