import type { Reading, Topology } from './reading'
import { findPartition } from './topology'

const unknownFloats = (length: number): Float64Array => new Float64Array(length).fill(NaN)

/** A reading in which nothing is known yet. */
export function emptyReading(topology: Topology): Reading {
  const topics = topology.topicNames.length
  const partitions = topology.partition.length
  const replicas = topology.replicaBroker.length
  return {
    topology,
    brokers: [],
    sourceBroker: -1,
    metadataAt: NaN,
    leader: new Int32Array(partitions).fill(-1),
    leaderEpoch: new Int32Array(partitions).fill(-1),
    metadataError: new Int16Array(partitions).fill(-1),
    leaderSince: unknownFloats(partitions),
    lowerEpochs: new Map(),
    disputed: new Uint8Array(partitions),
    reassigning: new Uint8Array(partitions),
    replicaFlags: new Uint8Array(replicas),
    replicaElr: new Uint8Array(replicas),
    logEndOffset: unknownFloats(replicas),
    logEndOffsetError: new Int16Array(replicas),
    sentAt: unknownFloats(replicas),
    readAt: unknownFloats(replicas),
    lagRecords: unknownFloats(replicas),
    caughtUpAt: unknownFloats(replicas),
    behindSince: unknownFloats(replicas),
    lateAtLeast: new Uint8Array(replicas),
    outSince: unknownFloats(replicas),
    highWatermark: unknownFloats(partitions),
    highWatermarkError: new Int16Array(partitions),
    minInSyncReplicas: new Int32Array(topics).fill(-1),
    minInSyncReplicasSource: new Uint8Array(topics),
  }
}

/** Rows of a new reading that stand for the same thing in an old one: per new row the old row, -1 = new. */
export interface RowMap {
  readonly topic: Int32Array
  readonly partition: Int32Array
  readonly replica: Int32Array
}

/** Matches by topic name, partition number and broker id. */
export function mapRows(from: Topology, to: Topology): RowMap {
  const oldTopics = new Map(from.topicNames.map((name, row) => [name, row]))
  const topic = Int32Array.from(to.topicNames, (name) => oldTopics.get(name) ?? -1)
  const partition = new Int32Array(to.partition.length).fill(-1)
  const replica = new Int32Array(to.replicaBroker.length).fill(-1)
  for (let row = 0; row < partition.length; row++) {
    const name = to.topicNames[to.topicIndex[row]!]!
    if (topic[to.topicIndex[row]!] === -1) continue
    const old = findPartition(from, name, to.partition[row]!)
    partition[row] = old
    if (old < 0) continue
    for (let at = to.replicaStart[row]!; at < to.replicaStart[row + 1]!; at++) {
      for (let k = from.replicaStart[old]!; k < from.replicaStart[old + 1]!; k++) {
        if (from.replicaBroker[k] === to.replicaBroker[at]) replica[at] = k
      }
    }
  }
  return { topic, partition, replica }
}

type Column = Float64Array | Int32Array | Int16Array | Uint8Array

/** Copies the rows that have an earlier self; the others keep what they hold. */
export function copyRows<C extends Column>(from: C, to: C, map: Int32Array): void {
  for (let row = 0; row < map.length; row++) {
    const old = map[row]!
    if (old >= 0) to[row] = from[old]!
  }
}

/**
 * After a change of topics, partitions or replica lists: whatever stayed (same topic, partition and broker) keeps its figures and their times.
 * Answers the row map, which the lag tracker needs to follow.
 */
export function carryOver(from: Reading, to: Reading): RowMap {
  const map = mapRows(from.topology, to.topology)
  to.brokers = from.brokers
  to.sourceBroker = from.sourceBroker
  to.metadataAt = from.metadataAt
  for (const name of ['leader', 'leaderEpoch'] as const) copyRows(from[name], to[name], map.partition)
  for (const name of ['metadataError', 'highWatermarkError'] as const) copyRows(from[name], to[name], map.partition)
  for (const name of ['leaderSince', 'highWatermark'] as const) copyRows(from[name], to[name], map.partition)
  for (const name of ['disputed', 'reassigning'] as const) copyRows(from[name], to[name], map.partition)
  for (const name of ['replicaFlags', 'replicaElr', 'lateAtLeast'] as const) copyRows(from[name], to[name], map.replica)
  const floats = ['logEndOffset', 'sentAt', 'readAt', 'lagRecords', 'caughtUpAt', 'behindSince', 'outSince'] as const
  for (const name of floats) copyRows(from[name], to[name], map.replica)
  copyRows(from.logEndOffsetError, to.logEndOffsetError, map.replica)
  copyRows(from.minInSyncReplicas, to.minInSyncReplicas, map.topic)
  copyRows(from.minInSyncReplicasSource, to.minInSyncReplicasSource, map.topic)
  for (let row = 0; row < map.partition.length; row++) {
    const doubt = from.lowerEpochs.get(map.partition[row]!)
    if (doubt !== undefined) to.lowerEpochs.set(row, doubt)
  }
  return map
}
