import type { Topology } from './reading'
import type { Sliced } from '../slices'
import { sameTopicId, topicRows } from './topic-index'

/** `length` rows that stood at `from` in the old topology and stand at `to` in the new one. */
export interface RowRun {
  readonly from: number
  readonly to: number
  readonly length: number
}

/**
 * What two topologies have in common, as runs of rows (a topic more or less among 20,000 leaves two runs): same topic
 * name and id, same partition number, same broker. Rows of no run are new.
 */
export interface RowMap {
  readonly topic: readonly RowRun[]
  readonly partition: readonly RowRun[]
  readonly replica: readonly RowRun[]
}

/** Grows the last run where the next row follows on, so that a sorted walk gives few runs. */
class RunBuilder {
  readonly runs: { from: number; to: number; length: number }[] = []

  add(from: number, to: number, length: number): void {
    const last = this.runs[this.runs.length - 1]
    if (last !== undefined && last.from + last.length === from && last.to + last.length === to) last.length += length
    else if (length > 0) this.runs.push({ from, to, length })
  }
}

/** The same brokers in the same order. */
export function sameReplicas(from: Topology, old: number, to: Topology, row: number): boolean {
  const a = from.replicaStart[old]!
  const b = to.replicaStart[row]!
  const count = to.replicaStart[row + 1]! - b
  if (from.replicaStart[old + 1]! - a !== count) return false
  for (let k = 0; k < count; k++) if (from.replicaBroker[a + k] !== to.replicaBroker[b + k]) return false
  return true
}

function addReplicas(from: Topology, old: number, to: Topology, row: number, runs: RunBuilder): void {
  const a = from.replicaStart[old]!
  const b = to.replicaStart[row]!
  if (sameReplicas(from, old, to, row)) {
    runs.add(a, b, to.replicaStart[row + 1]! - b)
    return
  }
  for (let at = b; at < to.replicaStart[row + 1]!; at++) {
    for (let k = a; k < from.replicaStart[old + 1]!; k++)
      if (from.replicaBroker[k] === to.replicaBroker[at]) runs.add(k, at, 1)
  }
}

const TOPICS_PER_PIECE = 256

/** What `from` and `to` have in common. */
export function* mapRows(from: Topology, to: Topology): Sliced<RowMap> {
  const oldTopics = topicRows(from)
  const topic = new RunBuilder()
  const partition = new RunBuilder()
  const replica = new RunBuilder()
  for (let row = 0; row < to.topicNames.length; row++) {
    if (row % TOPICS_PER_PIECE === 0) yield
    const oldTopic = oldTopics.get(to.topicNames[row]!)
    if (oldTopic === undefined || !sameTopicId(from.topicIds, oldTopic, to.topicIds, row)) continue
    topic.add(oldTopic, row, 1)
    let old = from.topicStart[oldTopic]!
    const oldEnd = from.topicStart[oldTopic + 1]!
    // Both lists are sorted by number.
    for (let at = to.topicStart[row]!; at < to.topicStart[row + 1]!; at++) {
      while (old < oldEnd && from.partition[old]! < to.partition[at]!) old++
      if (old >= oldEnd || from.partition[old] !== to.partition[at]) continue
      partition.add(old, at, 1)
      addReplicas(from, old, to, at, replica)
    }
  }
  return { topic: topic.runs, partition: partition.runs, replica: replica.runs }
}

type Column = Float64Array | Int32Array | Int16Array | Uint8Array

/** Copies the rows in common, of columns of one kind; the others keep what they hold. */
export function copyRuns(from: Column, to: Column, runs: readonly RowRun[]): void {
  for (const run of runs) to.set(from.subarray(run.from, run.from + run.length), run.to)
}

/** As `copyRuns`, of anything. */
export function copyCells<T>(from: readonly T[], to: T[], runs: readonly RowRun[]): void {
  for (const run of runs) for (let row = 0; row < run.length; row += 1) to[run.to + row] = from[run.from + row]!
}

/** Where an old row is now, -1 = nowhere. */
export function newRow(old: number, runs: readonly RowRun[]): number {
  const run = runs.find((candidate) => old >= candidate.from && old < candidate.from + candidate.length)
  return run === undefined ? -1 : run.to + old - run.from
}

/** Rows of a map in another topology; those that are not there are left out. */
export function movedRows<T>(of: ReadonlyMap<number, T>, rows: RowMap): Map<number, T> {
  const moved = new Map<number, T>()
  for (const [row, one] of of) {
    const to = newRow(row, rows.partition)
    if (to >= 0) moved.set(to, one)
  }
  return moved
}
