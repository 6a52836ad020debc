import type { MetadataColumns } from './columns'
import type { Topology } from './reading'
import { runWhole } from '../slices'
import type { Sliced } from '../slices'
import { findPartition, sameTopicId, topicRows } from './topic-index'
import { layOut } from './topology-layout'

export { findPartition, findReplica, topicRows } from './topic-index'

/**
 * `rowOf`: per partition row of the answer its topology row, NO_ROW = left out. Replicas of a row keep their order, so
 * replica k stays k.
 */
export interface TopologyMatch {
  readonly topology: Topology
  readonly rowOf: Uint32Array
  /** Same topics (by name and, where both are known, id), partitions and replica lists as before: `topology` is then the earlier object itself. */
  readonly same: boolean
}

/** In `rowOf`: this row of the answer has no place (a partition or topic that the broker listed twice). */
export const NO_ROW = 0xffffffff

const TOPICS_PER_PIECE = 256

/**
 * Topics that came with an error and without partitions (3 unknown, 17 invalid, 29 not authorized, 5 just made) have
 * nothing to show.
 */
export function isPlaceless(meta: MetadataColumns, topic: number): boolean {
  return meta.topicErrors[topic] !== 0 && meta.topicStart[topic] === meta.topicStart[topic + 1]
}

function sameTopic(meta: MetadataColumns, topic: number, topology: Topology, row: number, rowOf: Uint32Array): boolean {
  const from = meta.topicStart[topic]!
  const to = meta.topicStart[topic + 1]!
  const base = topology.topicStart[row]!
  const count = topology.topicStart[row + 1]! - base
  if (to - from !== count || topology.topicInternal[row] !== meta.topicInternal[topic]) return false
  if (!sameTopicId(meta.topicIds, topic, topology.topicIds, row)) return false
  const name = topology.topicNames[row]!
  for (let at = from; at < to; at++) {
    const number = meta.partition[at]!
    // Numbers are dense on every real cluster; a topic that lists one twice fails the strict order and is laid out
    // anew.
    const hint = base + number
    const place = number < count && topology.partition[hint] === number ? hint : findPartition(topology, name, number)
    if (place < 0) return false
    const a = meta.replicaStart[at]!
    const b = topology.replicaStart[place]!
    const replicas = meta.replicaStart[at + 1]! - a
    if (topology.replicaStart[place + 1]! - b !== replicas) return false
    for (let k = 0; k < replicas; k++) if (meta.replicaBroker[a + k] !== topology.replicaBroker[b + k]) return false
    rowOf[at] = place
  }
  return true
}

/** Rows of each place, so that an answer naming one place twice and another not at all is not taken for the same. */
function coversAll(rowOf: Uint32Array, rows: number): boolean {
  const seen = new Uint8Array(rows)
  for (const row of rowOf) seen[row] = 1
  return !seen.includes(0)
}

function* compare(meta: MetadataColumns, previous: Topology, rowOf: Uint32Array): Sliced<boolean> {
  const rows = topicRows(previous)
  let placed = 0
  for (let topic = 0; topic < meta.topicNames.length; topic++) {
    if (isPlaceless(meta, topic)) continue
    // A broker mostly answers in the same order, often a sorted one: the row after the last is right more often than
    // not.
    const name = meta.topicNames[topic]!
    const row = previous.topicNames[placed] === name ? placed : rows.get(name)
    if (row === undefined || !sameTopic(meta, topic, previous, row, rowOf)) return false
    placed++
    if (placed % TOPICS_PER_PIECE === 0) yield
  }
  return (
    placed === previous.topicNames.length &&
    rowOf.length === previous.partition.length &&
    coversAll(rowOf, rowOf.length)
  )
}

/**
 * `buildTopology` in slices. `reuse` is written when its length fits (P of the answer), which saves 4 bytes per
 * partition and poll; it must not be the `rowOf` of an answer that is still in use.
 */
export function* topologyPass(
  meta: MetadataColumns,
  previous: Topology | null,
  reuse?: Uint32Array,
): Sliced<TopologyMatch> {
  const rowOf = reuse?.length === meta.partition.length ? reuse : new Uint32Array(meta.partition.length)
  if (previous !== null) {
    const same = yield* compare(meta, previous, rowOf)
    if (same) return { topology: previous, rowOf, same: true }
  }
  rowOf.fill(NO_ROW)
  const topology = yield* layOut(meta, rowOf)
  return { topology, rowOf, same: false }
}

/**
 * Topics sorted by name, partitions by number, whatever the order of the answer; one go. `topologyPass` where it may be
 * long.
 */
export function buildTopology(meta: MetadataColumns, previous: Topology | null, reuse?: Uint32Array): TopologyMatch {
  return runWhole(topologyPass(meta, previous, reuse))
}
