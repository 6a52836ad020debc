import type { Holders } from '../../domain/topology/broker-index'
import type { OffsetRows } from '../../domain/topology/columns'
import type { Sliced } from '../../domain/slices'
import type { Topology } from '../../domain/topology/reading'
import type { ReadOnlyCells } from '../../shared/read-only'

/** Rows in one piece of a pass. */
const BLOCK = 4_096

/** What one broker is asked: `replicaRows[i]` is the replica row the i-th offset row stands for. */
export interface Question {
  readonly broker: number
  readonly rows: OffsetRows
  readonly replicaRows: Uint32Array
}

/**
 * One question per broker over the planned partitions, `followers`: every replica but the leader's, `leaders`: the leader's only. A partition
 * without a leader counts as followers only: survivors still tell their LEO (kafka-facts c13).
 */
export function* questionsPass(
  which: 'followers' | 'leaders',
  topology: Topology,
  holders: Holders,
  leader: ReadOnlyCells<Int32Array>,
  planned: Uint32Array,
): Sliced<readonly Question[]> {
  const { replicaStart, replicaBroker } = topology
  const counts = new Uint32Array(holders.ids.length)
  const leads = which === 'leaders'
  for (let i = 0; i < planned.length; i += 1) {
    if (i % BLOCK === 0) yield
    const row = planned[i]!
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
      if ((replicaBroker[replica] === leader[row]) === leads)
        counts[holders.ofReplica[replica]!] = counts[holders.ofReplica[replica]!]! + 1
    }
  }
  const topicIndex = Array.from(counts, (count) => new Uint32Array(count))
  const partition = Array.from(counts, (count) => new Int32Array(count))
  const replicaRows = Array.from(counts, (count) => new Uint32Array(count))
  const filled = new Uint32Array(holders.ids.length)
  for (let i = 0; i < planned.length; i += 1) {
    if (i % BLOCK === 0) yield
    const row = planned[i]!
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
      if ((replicaBroker[replica] === leader[row]) !== leads) continue
      const broker = holders.ofReplica[replica]!
      const at = filled[broker]!
      topicIndex[broker]![at] = topology.topicIndex[row]!
      partition[broker]![at] = topology.partition[row]!
      replicaRows[broker]![at] = replica
      filled[broker] = at + 1
    }
  }
  const questions: Question[] = []
  holders.ids.forEach((broker, i) => {
    if (counts[i] === 0) return
    const rows = { topicNames: topology.topicNames, topicIndex: topicIndex[i]!, partition: partition[i]! }
    questions.push({ broker, rows, replicaRows: replicaRows[i]! })
  })
  return questions
}
