import { gunzipSync } from 'node:zlib'
import { CODECS } from '../../shared/codecs'
import type { Codec } from '../../shared/codecs'
import { withoutKeyIn } from './record-keys'
import { WireError } from './wire-error'

const NONE = 0
const GZIP = 1

/** Base offset and length: what stands before the bytes that the length counts. */
const LOG_OVERHEAD = 12
const LEAST_LENGTH = 14
const MAGIC_AT = 16
const CURRENT_MAGIC = 2
/** Where the records of a v2 batch begin. */
const HEADER_BYTES = 61
const ATTRIBUTES_AT = 21
const OLD_ATTRIBUTES_AT = 17
const LAST_OFFSET_DELTA_AT = 23
const RECORDS_COUNT_AT = 57
const CODEC_MASK = 0x07
const CONTROL_BIT = 0x20
const TWO_32 = 4294967296

/** What gzip batches of one answer may grow to together: some 10 ms of work, whatever a broker sends. */
export const INFLATED_LIMIT_BYTES = 4 * 1024 * 1024

export interface RecordBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  /** As `max.message.bytes` counts it: with offset and length in front. */
  readonly sizeBytes: number
  /** 'unknown' for a code that is newer than this reader. */
  readonly compression: Codec
  /** Transaction markers: not records of anybody. */
  readonly control: boolean
  readonly records: number
  /** Null: its records could not be opened (snappy, lz4, zstd, an old format, or bytes that do not make sense). */
  readonly withoutKey: number | null
}

/**
 * The batches of one partition of a Fetch answer. The last one is often cut by the broker and then left out. Costs no more than the bytes
 * given and INFLATED_LIMIT_BYTES. Throws WireError for lengths and counts that no broker writes (DefaultRecordBatch.java).
 */
export function readRecordBatches(apiName: string, bytes: Uint8Array): RecordBatch[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const batches: RecordBatch[] = []
  const budget = { left: INFLATED_LIMIT_BYTES }
  let at = 0
  while (bytes.length - at > MAGIC_AT) {
    const length = view.getInt32(at + 8)
    if (length < LEAST_LENGTH) throw new WireError('bad-length', apiName, at + 8, `BatchLength is ${length}`)
    const size = LOG_OVERHEAD + length
    if (size > bytes.length - at) break
    const batch = bytes.subarray(at, at + size)
    const old = view.getInt8(at + MAGIC_AT) < CURRENT_MAGIC
    const read = old ? oldBatch(batch) : currentBatch(apiName, at, batch, budget)
    if (!Number.isSafeInteger(read.baseOffset) || !Number.isSafeInteger(read.lastOffset))
      throw new WireError('out-of-range', apiName, at, 'BaseOffset is beyond 2^53')
    batches.push(read)
    at += size
  }
  return batches
}

function currentBatch(apiName: string, at: number, batch: Uint8Array, budget: { left: number }): RecordBatch {
  if (batch.length < HEADER_BYTES) throw new WireError('bad-length', apiName, at, `a batch of ${batch.length} bytes`)
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength)
  const records = view.getInt32(RECORDS_COUNT_AT)
  const lastOffsetDelta = view.getInt32(LAST_OFFSET_DELTA_AT)
  if (records < 0 || lastOffsetDelta < 0)
    throw new WireError('malformed', apiName, at, `${records} records up to offset +${lastOffsetDelta}`)
  const attributes = view.getInt16(ATTRIBUTES_AT)
  const codec = attributes & CODEC_MASK
  const baseOffset = offsetOf(view)
  const opened = open(codec, batch.subarray(HEADER_BYTES), budget)
  return {
    baseOffset,
    lastOffset: baseOffset + lastOffsetDelta,
    sizeBytes: batch.length,
    compression: CODECS[codec] ?? 'unknown',
    control: (attributes & CONTROL_BIT) !== 0,
    records,
    withoutKey: opened === null ? null : withoutKeyIn(opened, records),
  }
}

/** A message of format v0 or v1, or a wrapper around several: all that can be said is that something is there. */
function oldBatch(batch: Uint8Array): RecordBatch {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength)
  const baseOffset = offsetOf(view)
  const compression = CODECS[view.getInt8(OLD_ATTRIBUTES_AT) & CODEC_MASK] ?? 'unknown'
  return {
    baseOffset,
    lastOffset: baseOffset,
    sizeBytes: batch.length,
    compression,
    control: false,
    records: 1,
    withoutKey: null,
  }
}

function open(codec: number, body: Uint8Array, budget: { left: number }): Uint8Array | null {
  if (codec === NONE) return body
  if (codec !== GZIP || budget.left <= 0) return null
  try {
    const inflated = gunzipSync(body, { maxOutputLength: budget.left })
    budget.left -= inflated.length
    return inflated
  } catch {
    // Larger than what is left, or not gzip at all. Either way the work is spent, and the next batch must not spend it again.
    budget.left = 0
    return null
  }
}

const offsetOf = (view: DataView): number => view.getInt32(0) * TWO_32 + view.getUint32(4)
