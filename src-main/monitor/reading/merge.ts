import type { OffsetColumns } from '../../domain/topology/columns'
import type { Timed } from '../poll/broker-lane'
import type { Clock } from '../../ports/clock'
import type { ClusterState } from './cluster-state'
import type { Question } from '../poll/questions'
import { inSlices } from '../../ports/slices'

const BLOCK = 2_048
const NOT_AUTHORIZED = 29

/**
 * Writes the LEOs of rows [from, from + answer length) of a question into the reading, with the times of this answer. Stops when the topology has
 * changed meanwhile: the row numbers would mean something else. Answers true when a row was refused for missing rights.
 */
export async function mergeLogEnd(
  clock: Clock,
  state: ClusterState,
  asked: ClusterState['book'],
  question: Question,
  from: number,
  answer: Timed<OffsetColumns>,
): Promise<boolean> {
  if (asked === null) return false
  const { reading, tracker } = asked
  const { offset, errors } = answer.value
  let refused = false
  await inSlices(clock, offset.length, BLOCK, (start, end) => {
    if (state.book !== asked) return
    for (let i = start; i < end; i += 1) {
      const replica = question.replicaRows[from + i]!
      const row = reading.topology.replicaPartition[replica]!
      if (Number.isNaN(offset[i]!)) {
        if (errors[i] === NOT_AUTHORIZED) refused = true
        reading.logEndOffsetError[replica] = errors[i]!
        reading.logEndOffset[replica] = Number.NaN
        reading.lagRecords[replica] = Number.NaN
        continue
      }
      if (reading.leader[row] === question.broker)
        tracker.leaderRead(row, offset[i]!, answer.sentAt, answer.readAt, question.broker)
      else tracker.followerRead(replica, offset[i]!, answer.sentAt, answer.readAt)
    }
  })
  return refused
}

/** The same for high watermarks, which only a leader tells; -1 rows (left out) stay unknown. */
export function mergeHighWatermark(
  state: ClusterState,
  asked: ClusterState['book'],
  question: Question,
  from: number,
  answer: Timed<OffsetColumns>,
): void {
  if (asked === null || state.book !== asked) return
  const { reading, highWatermarkReadAt } = asked
  const { offset, errors } = answer.value
  for (let i = 0; i < offset.length; i += 1) {
    const row = reading.topology.replicaPartition[question.replicaRows[from + i]!]!
    reading.highWatermark[row] = offset[i]!
    reading.highWatermarkError[row] = errors[i]!
    highWatermarkReadAt[row] = answer.sentAt
  }
}
