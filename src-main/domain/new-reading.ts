import type { Reading, Topology } from './reading'
import { copyRuns, mapRows, newRow } from './row-runs'
import type { RowMap } from './row-runs'

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

/**
 * After a change of topics, partitions or replica lists: whatever stayed (same topic, partition and broker) keeps its
 * figures and their times. Answers the row map, which the lag tracker needs to follow.
 */
export function carryOver(from: Reading, to: Reading): RowMap {
  const map = mapRows(from.topology, to.topology)
  to.brokers = from.brokers
  to.sourceBroker = from.sourceBroker
  to.metadataAt = from.metadataAt
  for (const name of ['leader', 'leaderEpoch'] as const) copyRuns(from[name], to[name], map.partition)
  for (const name of ['metadataError', 'highWatermarkError'] as const) copyRuns(from[name], to[name], map.partition)
  for (const name of ['leaderSince', 'highWatermark'] as const) copyRuns(from[name], to[name], map.partition)
  for (const name of ['disputed', 'reassigning'] as const) copyRuns(from[name], to[name], map.partition)
  for (const name of ['replicaFlags', 'replicaElr', 'lateAtLeast'] as const) copyRuns(from[name], to[name], map.replica)
  const floats = ['logEndOffset', 'sentAt', 'readAt', 'lagRecords', 'caughtUpAt', 'behindSince', 'outSince'] as const
  for (const name of floats) copyRuns(from[name], to[name], map.replica)
  copyRuns(from.logEndOffsetError, to.logEndOffsetError, map.replica)
  copyRuns(from.minInSyncReplicas, to.minInSyncReplicas, map.topic)
  copyRuns(from.minInSyncReplicasSource, to.minInSyncReplicasSource, map.topic)
  for (const [old, doubt] of from.lowerEpochs) {
    const row = newRow(old, map.partition)
    if (row >= 0) to.lowerEpochs.set(row, doubt)
  }
  return map
}
