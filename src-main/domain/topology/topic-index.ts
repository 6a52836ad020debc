import type { ReadOnlyCells } from '../../shared/read-only'
import type { Topology } from './reading'

const indexes = new WeakMap<Topology, ReadonlyMap<string, number>>()

/** Topic row by name. Built with the topology where that is done in slices, else at the first question. */
export function topicRows(topology: Topology): ReadonlyMap<string, number> {
  let index = indexes.get(topology)
  if (index === undefined) {
    index = new Map(topology.topicNames.map((name, row) => [name, row]))
    indexes.set(topology, index)
  }
  return index
}

/** Hands over an index made on the way. */
export function rememberTopicRows(topology: Topology, index: ReadonlyMap<string, number>): void {
  indexes.set(topology, index)
}

const WORDS = 4

/** False only when both ids are known and differ: the topic was deleted and made anew under its name. */
export function sameTopicId(
  a: ReadOnlyCells<Int32Array>,
  at: number,
  b: ReadOnlyCells<Int32Array>,
  other: number,
): boolean {
  let known = 0
  let otherKnown = 0
  let same = true
  for (let word = 0; word < WORDS; word++) {
    const left = a[at * WORDS + word]!
    const right = b[other * WORDS + word]!
    known |= left
    otherKnown |= right
    same &&= left === right
  }
  return same || known === 0 || otherKnown === 0
}

/** Partition row by topic name and partition number, -1 = not there. */
export function findPartition(topology: Topology, topic: string, partition: number): number {
  const row = topicRows(topology).get(topic)
  if (row === undefined) return -1
  const from = topology.topicStart[row]!
  const to = topology.topicStart[row + 1]!
  if (partition >= 0 && from + partition < to && topology.partition[from + partition] === partition)
    return from + partition
  for (let at = from; at < to; at++) if (topology.partition[at] === partition) return at
  return -1
}

/** Replica row of a broker in a partition row, -1 = no replica there. */
export function findReplica(topology: Topology, row: number, broker: number): number {
  for (let at = topology.replicaStart[row]!; at < topology.replicaStart[row + 1]!; at++) {
    if (topology.replicaBroker[at] === broker) return at
  }
  return -1
}
