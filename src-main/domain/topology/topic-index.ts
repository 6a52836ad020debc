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
const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Id of a topic as Kafka's tools print it (Uuid.toString: 22 characters of base64 for URLs); '' where there is no such topic or its id is not told. */
export function topicIdOf(topology: Topology, topic: string): string {
  const row = topicRows(topology).get(topic)
  if (row === undefined) return ''
  const words = Array.from({ length: WORDS }, (_, word) => topology.topicIds[row * WORDS + word]!)
  if (words.every((word) => word === 0)) return ''
  let text = ''
  let bits = 0
  let held = 0
  for (let byte = 0; byte < WORDS * 4; byte++) {
    held = ((held << 8) | ((words[byte >> 2]! >>> (24 - 8 * (byte & 3))) & 0xff)) & 0xffff
    for (bits += 8; bits >= 6; bits -= 6) text += BASE64_URL[(held >> (bits - 6)) & 63]!
  }
  return text + BASE64_URL[(held << (6 - bits)) & 63]!
}

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
  // Sorted by number, so that a topic of 60,000 partitions with gaps is no square of work at every poll.
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (topology.partition[middle]! < partition) low = middle + 1
    else high = middle
  }
  return low < to && topology.partition[low] === partition ? low : -1
}

/** Replica row of a broker in a partition row, -1 = no replica there. */
export function findReplica(topology: Topology, row: number, broker: number): number {
  for (let at = topology.replicaStart[row]!; at < topology.replicaStart[row + 1]!; at++) {
    if (topology.replicaBroker[at] === broker) return at
  }
  return -1
}
