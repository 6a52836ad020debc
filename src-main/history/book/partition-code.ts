/**
 * Partitions around trouble as bytes, those of 64 topics to a row, by the topic's number: slot, partition, state, how many followers, and for each its broker and two figures of 16 bits
 * (sample-code.ts).
 */
import { worstOf } from '../../domain/samples/partition-sample'
import type { FollowerLag, PartitionFigures } from '../../domain/samples/partition-sample'
import { codeOf, TOPICS_PER_ROW, valueOf } from './sample-code'

const ENTRY_BYTES = 7
const FOLLOWER_BYTES = 8
/** Kafka's own limit is far below. */
const MOST_FOLLOWERS = 255

/** Rows of the same topics' own figures have 0 and above, -1 is the cluster. */
export const partitionBucket = (topic: number): number => -2 - Math.floor(topic / TOPICS_PER_ROW)

/** By place within the row. */
export type PartitionRows = Map<number, PartitionFigures>

export const placeOf = (topic: number, partition: number): number =>
  partition * TOPICS_PER_ROW + (topic % TOPICS_PER_ROW)

export function addTo(rows: PartitionRows, place: number, figures: PartitionFigures): void {
  const known = rows.get(place)
  rows.set(place, known === undefined ? figures : worstOf(known, figures))
}

export function partitionBytes(rows: PartitionRows): Buffer {
  let size = 0
  for (const { followers } of rows.values())
    size += ENTRY_BYTES + FOLLOWER_BYTES * Math.min(MOST_FOLLOWERS, followers.length)
  const bytes = Buffer.alloc(size)
  let at = 0
  for (const [place, { state, followers }] of rows) {
    at = bytes.writeUInt8(place % TOPICS_PER_ROW, at)
    at = bytes.writeUInt32LE(Math.floor(place / TOPICS_PER_ROW), at)
    at = bytes.writeUInt8(state, at)
    at = bytes.writeUInt8(Math.min(MOST_FOLLOWERS, followers.length), at)
    for (const { broker, lagRecords, lateMs } of followers.slice(0, MOST_FOLLOWERS)) {
      at = bytes.writeInt32LE(broker, at)
      at = bytes.writeUInt16LE(codeOf(lagRecords), at)
      at = bytes.writeUInt16LE(codeOf(lateMs), at)
    }
  }
  return bytes
}

/** Of all of them, or of the `wanted` place only. Throws where the bytes end too early. */
export function partitionRows(bytes: Buffer, wanted = -1): PartitionRows {
  const rows: PartitionRows = new Map()
  for (let at = 0; at < bytes.length;) {
    const place = placeOf(bytes.readUInt8(at), bytes.readUInt32LE(at + 1))
    const state = bytes.readUInt8(at + 5)
    const count = bytes.readUInt8(at + 6)
    at += ENTRY_BYTES
    const end = at + FOLLOWER_BYTES * count
    if (end > bytes.length) throw new Error('a sample that ends too early')
    if (wanted < 0 || place === wanted) {
      const followers: FollowerLag[] = []
      for (; at < end; at += FOLLOWER_BYTES)
        followers.push({
          broker: bytes.readInt32LE(at),
          lagRecords: Math.round(valueOf(bytes.readUInt16LE(at + 4))),
          lateMs: valueOf(bytes.readUInt16LE(at + 6)),
        })
      rows.set(place, { state, followers })
    }
    at = end
  }
  return rows
}
