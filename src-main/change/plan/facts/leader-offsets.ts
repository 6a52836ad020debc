import type { OffsetColumns } from '../../../domain/topology/columns'
import type { OffsetsQuestion } from '../../../ports/cluster-port'
import type { Asking, PlanRow } from './asking'
import { collect, eachRow, ROWS_PER_QUESTION } from './chunks'
import { perBroker } from './per-broker'
import { errorReason } from './reason'
import { Reasons } from './reasons'

const QUESTION_MS = 5_000

export interface LeaderOffsets {
  /** Aligned with the rows asked; NaN unknown, and for 'at-time' -1 = no record that new. */
  readonly offset: Float64Array
  /** A topic without a reason is known as a whole. */
  readonly missing: Reasons
  readonly readAt: number
}

function questionRows(rows: readonly PlanRow[]): OffsetsQuestion['rows'] {
  const places = new Map<number, number>()
  const topicNames: string[] = []
  const topicIndex = Uint32Array.from(rows, ({ topic, name }) => {
    if (!places.has(topic)) places.set(topic, topicNames.push(name) - 1)
    return places.get(topic)!
  })
  return { topicNames, topicIndex, partition: Int32Array.from(rows, ({ partition }) => partition) }
}

/** Asks each partition's leader. `rows` of one topic must be contiguous; partitions without a leader are missing. Rejects only when cancelled. */
export async function leaderOffsets(
  asking: Asking,
  rows: readonly PlanRow[],
  what: 'at-time' | 'log-start' | 'log-end',
  atMs?: number,
): Promise<LeaderOffsets> {
  const offset = new Float64Array(rows.length).fill(Number.NaN)
  const missing = new Reasons()
  const byLeader = new Map<number, number[]>()
  await eachRow(asking, rows, ({ topic, leader, partition }, at) => {
    if (leader === -1) missing.add(topic, { id: 'why.leaderless', args: { partition } })
    else collect(byLeader, leader, at)
  })
  const take = (chunk: readonly number[], columns: OffsetColumns): void => {
    columns.offset.forEach((value, i) => {
      const at = chunk[i]!
      const error = columns.errors[i]!
      if (error === 0) offset[at] = value
      else missing.add(rows[at]!.topic, errorReason(error))
    })
  }
  const { failures } = await perBroker(asking, byLeader.keys(), 'topic', async (ask, leader) => {
    const led = byLeader.get(leader)!
    for (let from = 0; from < led.length; from += ROWS_PER_QUESTION) {
      await asking.breathe()
      const chunk = led.slice(from, from + ROWS_PER_QUESTION)
      const asked = questionRows(chunk.map((at) => rows[at]!))
      const question = { what, rows: asked, from: 0, to: chunk.length, ...(atMs === undefined ? {} : { atMs }) }
      take(chunk, await ask((link) => link.offsets(question, QUESTION_MS)))
    }
  })
  for (const [leader, reason] of failures) {
    await eachRow(asking, byLeader.get(leader)!, (at) => {
      if (Number.isNaN(offset[at]!)) missing.add(rows[at]!.topic, reason)
    })
  }
  return { offset, missing, readAt: asking.clock.now() }
}
