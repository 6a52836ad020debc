import type { MetadataColumns } from './columns'
import type { Topology, TopologyColumns } from './reading'
import { sortNames } from './sort-names'
import { rememberTopicRows } from './topic-index'
import type { Sliced } from '../slices'

const PARTITIONS_PER_PIECE = 1024

/** Rows of one topic of the answer in the order of their numbers; a number listed twice counts once (the first). */
function rowsByNumber(meta: MetadataColumns, topic: number): number[] {
  const rows: number[] = []
  let sorted = true
  for (let at = meta.topicStart[topic]!; at < meta.topicStart[topic + 1]!; at++) {
    const last = rows[rows.length - 1]
    sorted &&= last === undefined || meta.partition[last]! < meta.partition[at]!
    rows.push(at)
  }
  if (sorted) return rows
  rows.sort((a, b) => meta.partition[a]! - meta.partition[b]! || a - b)
  return rows.filter((at, i) => i === 0 || meta.partition[at] !== meta.partition[rows[i - 1]!])
}

/**
 * A fresh topology from an answer. Writes `rowOf` (P of the answer) for the rows it takes in. Topics with an error and
 * no partitions are left out; a topic listed twice counts once.
 */
export function* layOut(meta: MetadataColumns, rowOf: Uint32Array): Sliced<Topology> {
  const order = yield* sortNames(meta.topicNames)
  const topicNames: string[] = []
  const index = new Map<string, number>()
  const internal: number[] = []
  const ids: number[] = []
  const starts: number[] = [0]
  const source = new Uint32Array(meta.partition.length)
  let rows = 0
  let replicas = 0
  let pause = PARTITIONS_PER_PIECE
  for (const topic of order) {
    const name = meta.topicNames[topic]!
    if (meta.topicErrors[topic] !== 0 && meta.topicStart[topic] === meta.topicStart[topic + 1]) continue
    if (topicNames[topicNames.length - 1] === name) continue
    index.set(name, topicNames.length)
    topicNames.push(name)
    internal.push(meta.topicInternal[topic]!)
    ids.push(...meta.topicIds.subarray(topic * 4, topic * 4 + 4))
    for (const at of rowsByNumber(meta, topic)) {
      rowOf[at] = rows
      source[rows++] = at
      replicas += meta.replicaStart[at + 1]! - meta.replicaStart[at]!
    }
    starts.push(rows)
    if (rows + topicNames.length >= pause) {
      pause = rows + topicNames.length + PARTITIONS_PER_PIECE
      yield
    }
  }
  const topology: TopologyColumns = {
    topicNames,
    topicInternal: Uint8Array.from(internal),
    topicIds: Int32Array.from(ids),
    topicStart: Uint32Array.from(starts),
    topicIndex: new Uint32Array(rows),
    partition: new Int32Array(rows),
    replicaStart: new Uint32Array(rows + 1),
    replicaBroker: new Int32Array(replicas),
    replicaPartition: new Uint32Array(replicas),
  }
  rememberTopicRows(topology, index)
  yield* fill(topology, meta, source)
  return topology
}

function* fill(topology: TopologyColumns, meta: MetadataColumns, source: Uint32Array): Sliced<undefined> {
  const { topicIndex, partition, replicaStart, replicaBroker, replicaPartition, topicStart } = topology
  let topic = 0
  let out = 0
  for (let row = 0; row < partition.length; row++) {
    while (row >= topicStart[topic + 1]!) topic++
    const at = source[row]!
    topicIndex[row] = topic
    partition[row] = meta.partition[at]!
    for (let k = meta.replicaStart[at]!; k < meta.replicaStart[at + 1]!; k++) {
      replicaBroker[out] = meta.replicaBroker[k]!
      replicaPartition[out++] = row
    }
    replicaStart[row + 1] = out
    if (row % PARTITIONS_PER_PIECE === 0) yield
  }
}
