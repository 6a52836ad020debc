import { crc32 } from 'node:zlib'
import { bytesOf } from '../../ports/stored-row'

export const INSERT_SAMPLE = 'INSERT OR REPLACE INTO sample (tier, bucket, at, body, sum) VALUES (?, ?, ?, ?, ?)'

export interface SampleRow {
  readonly at: number
  readonly body: unknown
  readonly sum: number
}

export const sampleSum = (tier: number, bucket: number, at: number, body: Uint8Array): number =>
  crc32(body, crc32(JSON.stringify([tier, bucket, at])))

/** Body of a row that is as it was written; null = it cannot be read. */
export function sampleBody(row: SampleRow, tier: number, bucket: number): Buffer | null {
  const body = bytesOf(row.body)
  return body !== null && row.sum === sampleSum(tier, bucket, row.at, body) ? body : null
}

/** Calls `read` and answers null where the bytes are not what it expects. */
export function readable<T>(body: Buffer | null, read: (body: Buffer) => T): T | null {
  if (body === null) return null
  try {
    return read(body)
  } catch {
    return null
  }
}
