import type { OffsetRows } from '../../domain/topology/columns'
import type { Api } from './codec'
import { checkVersion } from './codec'
import { WireError } from './wire-error'
import { ApiKey } from '../../shared/api-keys'

/**
 * Asks a replica for its own log end offset, on followers too (seen on 2.8.2 … 4.4.0); needs Describe on the topic
 * only.
 */
export const REPLICA_DEBUG = -2
/**
 * Asks as a consumer: leaders only, and `latest` is then the high watermark (isolation 0) or the last stable offset
 * (1).
 */
export const REPLICA_CONSUMER = -1
export const TIMESTAMP_LATEST = -1
export const TIMESTAMP_EARLIEST = -2

/** A question about rows `from` (included) to `to` (excluded) of `rows`. */
export interface OffsetsQuestion {
  readonly replicaId: number
  readonly isolation: 0 | 1
  /** TIMESTAMP_LATEST, TIMESTAMP_EARLIEST, or ms since 1970: the first record not older than that. */
  readonly timestamp: number
  readonly rows: OffsetRows
  readonly from: number
  readonly to: number
}

const FLEXIBLE_FROM = 6
const TIMEOUT_FROM = 10
const ANY_EPOCH = -1
/** How long the broker may wait for tiered storage (v10+); nothing we ask for lives there. */
const REMOTE_TIMEOUT_MS = 1000
const TWO_32 = 4294967296

/**
 * ListOffsets has no Codec: its answer is decoded into the rows that were asked, so decoding takes the question too. v5 from 2.8 to 4.4; the
 * newer ones for the day it is dropped.
 */
export const listOffsetsApi: Api = {
  apiKey: ApiKey.ListOffsets,
  apiName: 'ListOffsets',
  versions: [5, 11, 10],
  flexible: (version) => version >= FLEXIBLE_FROM,
  tellsThrottle: true,
}

/**
 * Written in two passes, measure and fill, into one allocation of exactly the right size: a poll asks for 100,000 rows
 * and more.
 */
export function encodeListOffsets(version: number, question: OffsetsQuestion): Uint8Array {
  checkVersion(listOffsetsApi, version)
  const { replicaId, isolation, timestamp, rows, from, to } = question
  if (!Number.isSafeInteger(timestamp))
    throw new WireError('out-of-range', listOffsetsApi.apiName, 0, `Timestamp is ${timestamp}`)
  const flexible = listOffsetsApi.flexible(version)
  const ends = topicEnds(rows, from, to)
  const bytes = Buffer.alloc(measure(version, rows, from, ends))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const high = Math.floor(timestamp / TWO_32)
  const rowBytes = flexible ? 17 : 16
  let at = flexible ? 1 : 0
  at = bytes.writeInt32BE(replicaId, at)
  at = bytes.writeInt8(isolation, at)
  at = writeCount(bytes, at, ends.length, flexible)
  let row = from
  for (const end of ends) {
    const name = nameAt(rows, row)
    const length = Buffer.byteLength(name)
    at = flexible ? writeUvarint(bytes, at, length + 1) : bytes.writeInt16BE(length, at)
    at += bytes.write(name, at, 'utf8')
    at = writeCount(bytes, at, end - row, flexible)
    for (; row < end; row++, at += rowBytes) {
      view.setInt32(at, rows.partition[row]!)
      view.setInt32(at + 4, ANY_EPOCH)
      view.setInt32(at + 8, high)
      // setInt32 keeps the low 32 bits.
      view.setInt32(at + 12, timestamp)
    }
    if (flexible) at++
  }
  if (version >= TIMEOUT_FROM) bytes.writeInt32BE(REMOTE_TIMEOUT_MS, at)
  return bytes
}

/** Where each run of rows of one topic ends. */
function topicEnds(rows: OffsetRows, from: number, to: number): number[] {
  const ends: number[] = []
  for (let row = from + 1; row < to; row++) if (rows.topicIndex[row] !== rows.topicIndex[row - 1]) ends.push(row)
  if (to > from) ends.push(to)
  return ends
}

function measure(version: number, rows: OffsetRows, from: number, ends: readonly number[]): number {
  const flexible = listOffsetsApi.flexible(version)
  let size = 5 + countSize(ends.length, flexible) + (flexible ? 2 : 0) + (version >= TIMEOUT_FROM ? 4 : 0)
  let row = from
  for (const end of ends) {
    const length = Buffer.byteLength(nameAt(rows, row))
    if (length > 0x7fff) throw new WireError('bad-length', listOffsetsApi.apiName, 0, `Name has ${length} bytes`)
    size += (flexible ? uvarintSize(length + 1) : 2) + length + countSize(end - row, flexible)
    size += (end - row) * (flexible ? 17 : 16) + (flexible ? 1 : 0)
    row = end
  }
  return size
}

function nameAt(rows: OffsetRows, row: number): string {
  const name = rows.topicNames[rows.topicIndex[row] ?? -1]
  if (name === undefined) throw new WireError('malformed', listOffsetsApi.apiName, 0, `row ${row} has no topic`)
  return name
}

function countSize(count: number, flexible: boolean): number {
  return flexible ? uvarintSize(count + 1) : 4
}

function writeCount(bytes: Buffer, at: number, count: number, flexible: boolean): number {
  return flexible ? writeUvarint(bytes, at, count + 1) : bytes.writeInt32BE(count, at)
}

function uvarintSize(value: number): number {
  return value < 0x80 ? 1 : 1 + uvarintSize(Math.floor(value / 128))
}

function writeUvarint(bytes: Buffer, at: number, value: number): number {
  if (value < 0x80) return bytes.writeUInt8(value, at)
  return writeUvarint(bytes, bytes.writeUInt8((value & 0x7f) | 0x80, at), Math.floor(value / 128))
}
