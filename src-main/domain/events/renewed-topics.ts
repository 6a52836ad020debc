import type { Sliced } from '../slices'
import type { Topology } from '../topology/reading'
import { sameReplicas, type RowMap, type RowRun } from '../topology/row-runs'

const ROWS_PER_PIECE = 1_024

/** Topics of `after` that are new, or whose partitions or replica lists are not those of before. */
export function* renewedTopics(before: Topology, after: Topology, rows: RowMap): Sliced<Set<number>> {
  const renewed = new Set<number>()
  const kept = new Uint8Array(after.partition.length)
  for (const run of rows.partition)
    for (let at = 0; at < run.length; at += 1) {
      if (at % ROWS_PER_PIECE === ROWS_PER_PIECE - 1) yield
      if (sameReplicas(before, run.from + at, after, run.to + at)) kept[run.to + at] = 1
    }
  const topics = keptTopics(rows.topic, after.topicNames.length)
  for (let topic = 0; topic < topics.length; topic += 1) {
    if (topic % ROWS_PER_PIECE === ROWS_PER_PIECE - 1) yield
    const from = after.topicStart[topic]!
    const to = after.topicStart[topic + 1]!
    const was = topics[topic]!
    const isSame = was >= 0 && before.topicStart[was + 1]! - before.topicStart[was]! === to - from
    if (!isSame || kept.subarray(from, to).includes(0)) renewed.add(topic)
  }
  return renewed
}

/** Row of each topic before, -1 = it is new. */
function keptTopics(runs: readonly RowRun[], count: number): Int32Array {
  const topics = new Int32Array(count).fill(-1)
  for (const run of runs) for (let at = 0; at < run.length; at += 1) topics[run.to + at] = run.from + at
  return topics
}
