import { askBroker } from './raw-client'

export interface FetchedValues {
  readonly errorCode: number
  readonly highWatermark: number
  readonly values: readonly string[]
  /** Where to go on; the offset that was asked for when nothing came. */
  readonly nextOffset: number
}

const API_FETCH = 1
// Of a batch before its records, and where its fields lie in it (DefaultRecordBatch.java).
const BATCH_HEADER = 61
const LENGTH_AT = 8
const MAGIC_AT = 16
const ATTRIBUTES_AT = 21
const LAST_DELTA_AT = 23
const COUNT_AT = 57
const COMPRESSION_BITS = 7

/**
 * One Fetch v4 (2.8 to 4.4) to the leader of one partition, as a plain consumer: no group, whose coordinator may be as dead as the broker that
 * was just killed. Reads what the sandbox's own producers write: batches of magic 2 without compression; anything else throws.
 */
export async function fetchValues(
  port: number,
  topic: string,
  partition: number,
  offset: number,
): Promise<FetchedValues> {
  const name = Buffer.from(topic)
  const body = Buffer.alloc(17 + 4 + 2 + name.length + 4 + 16)
  let at = body.writeInt32BE(-1, 0)
  at = body.writeInt32BE(500, at)
  at = body.writeInt32BE(1, at)
  at = body.writeInt32BE(1 << 22, at)
  at = body.writeInt8(0, at)
  at = body.writeInt32BE(1, at)
  at = body.writeInt16BE(name.length, at)
  at += name.copy(body, at)
  at = body.writeInt32BE(1, at)
  at = body.writeInt32BE(partition, at)
  at = body.writeBigInt64BE(BigInt(offset), at)
  body.writeInt32BE(1 << 22, at)
  return decode(await askBroker(port, { apiKey: API_FETCH, apiVersion: 4, body }), offset)
}

function decode(bytes: Buffer, asked: number): FetchedValues {
  // Throttle time, one topic with its name, one partition with its index.
  let at = 8
  at += 2 + bytes.readInt16BE(at) + 4 + 4
  const errorCode = bytes.readInt16BE(at)
  const highWatermark = Number(bytes.readBigInt64BE(at + 2))
  at += 18
  at += 4 + 16 * Math.max(0, bytes.readInt32BE(at))
  const records = bytes.subarray(at + 4, at + 4 + Math.max(0, bytes.readInt32BE(at)))
  const values: string[] = []
  let nextOffset = asked
  // The last batch may be cut off where the broker's limit fell.
  for (let from = 0; from + BATCH_HEADER <= records.length;) {
    const size = 12 + records.readInt32BE(from + LENGTH_AT)
    if (from + size > records.length) break
    const batch = records.subarray(from, from + size)
    // The first batch may begin before the offset that was asked for.
    const first = Number(batch.readBigInt64BE(0))
    values.push(...batchValues(batch).slice(Math.max(0, asked - first)))
    nextOffset = first + batch.readInt32BE(LAST_DELTA_AT) + 1
    from += size
  }
  return { errorCode, highWatermark, values, nextOffset }
}

function batchValues(batch: Buffer): string[] {
  if (batch.readInt8(MAGIC_AT) !== 2) throw new Error(`A batch has magic ${batch.readInt8(MAGIC_AT)}`)
  if ((batch.readInt16BE(ATTRIBUTES_AT) & COMPRESSION_BITS) !== 0) throw new Error('A batch is compressed')
  let at = BATCH_HEADER
  const varint = (): number => {
    let raw = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = batch.readUInt8(at++)
      raw += (byte & 0x7f) * scale
      if (byte < 0x80) return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2
    }
  }
  return Array.from({ length: batch.readInt32BE(COUNT_AT) }, () => {
    const size = varint()
    const end = at + size
    at += 1
    varint()
    varint()
    const key = varint()
    at += Math.max(0, key)
    const length = varint()
    const value = batch.toString('utf8', at, at + Math.max(0, length))
    at = end
    return value
  })
}
