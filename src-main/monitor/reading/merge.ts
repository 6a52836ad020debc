import type { LagTracker } from '../../domain/lag/lag-tracker'
import type { WritableReading } from '../../domain/topology/reading'
import type { OffsetsAnswer } from './answers'
import { KafkaError } from '../../shared/kafka-codes'

/** Writes rows [from, to) of an answer of LEOs, with the times of this answer. True when a row was refused for missing rights. */
export function mergeLogEnds(
  reading: WritableReading,
  tracker: LagTracker,
  { broker, replicaRows, offsets, sentAt, readAt }: OffsetsAnswer,
  from: number,
  to: number,
): boolean {
  const { offset, errors } = offsets
  let refused = false
  for (let i = from; i < to; i += 1) {
    const replica = replicaRows[i]!
    const row = reading.topology.replicaPartition[replica]!
    if (Number.isNaN(offset[i]!)) {
      if (errors[i] === KafkaError.TOPIC_AUTHORIZATION_FAILED) refused = true
      reading.logEndOffsetError[replica] = errors[i]!
      reading.logEndOffset[replica] = Number.NaN
      reading.lagRecords[replica] = Number.NaN
      continue
    }
    if (reading.leader[row] === broker) tracker.leaderRead(row, offset[i]!, sentAt, readAt, broker)
    else tracker.followerRead(replica, offset[i]!, sentAt, readAt)
  }
  return refused
}

/** The same for high watermarks, which only a leader tells; -1 rows (left out) stay unknown. */
export function mergeHighWatermarks(
  reading: WritableReading,
  highWatermarkReadAt: Float64Array,
  { replicaRows, offsets, sentAt }: OffsetsAnswer,
): void {
  const { offset, errors } = offsets
  for (let i = 0; i < offset.length; i += 1) {
    const row = reading.topology.replicaPartition[replicaRows[i]!]!
    reading.highWatermark[row] = offset[i]!
    reading.highWatermarkError[row] = errors[i]!
    highWatermarkReadAt[row] = sentAt
  }
}
