import { runWhole } from '../slices'
import type { Topology, WritableReading } from './reading'
import { copyCells, copyRuns, mapRows, newRow } from './row-runs'
import type { RowMap } from './row-runs'
import type { Sliced } from '../slices'
import { NEVER_TOLD } from './columns'

const unknownFloats = (length: number): Float64Array => new Float64Array(length).fill(NaN)

/** In a piece of its own: at 600,000 rows one is 5 MB. */
function* floatsPass(length: number): Sliced<Float64Array> {
  yield
  return unknownFloats(length)
}

/** A reading in which nothing is known yet. */
export const emptyReading = (topology: Topology): WritableReading => runWhole(emptyReadingPass(topology))

export function* emptyReadingPass(topology: Topology): Sliced<WritableReading> {
  const topics = topology.topicNames.length
  const partitions = topology.partition.length
  const replicas = topology.replicaBroker.length
  return {
    topology,
    brokers: [],
    withoutListener: new Set(),
    handedOver: new Map(),
    sourceBroker: -1,
    metadataAt: NaN,
    metadataBeforeAt: NaN,
    leader: new Int32Array(partitions).fill(-1),
    leaderEpoch: new Int32Array(partitions).fill(-1),
    metadataError: new Int16Array(partitions).fill(NEVER_TOLD),
    leaderSince: yield* floatsPass(partitions),
    lowerEpochs: new Map(),
    disputed: new Uint8Array(partitions),
    reassigning: new Uint8Array(partitions),
    reassignmentsSentAt: NaN,
    reassignmentsReadAt: NaN,
    throttled: new Uint8Array(partitions),
    replicaFlags: new Uint8Array(replicas),
    replicaElr: new Uint8Array(replicas),
    lastKnownLeader: new Int32Array(partitions).fill(-1),
    replicaAdding: new Uint8Array(replicas),
    logEndOffset: yield* floatsPass(replicas),
    logEndOffsetError: new Int16Array(replicas),
    sentAt: yield* floatsPass(replicas),
    readAt: yield* floatsPass(replicas),
    lagRecords: yield* floatsPass(replicas),
    caughtUpAt: yield* floatsPass(replicas),
    behindSince: yield* floatsPass(replicas),
    lateAtLeast: new Uint8Array(replicas),
    fetchedAt: new Map(),
    steppedAt: yield* floatsPass(replicas),
    fetchers: new Map(),
    outSince: yield* floatsPass(replicas),
    highWatermark: yield* floatsPass(partitions),
    highWatermarkError: new Int16Array(partitions),
    minInSyncReplicas: new Int32Array(topics).fill(-1),
    minInSyncReplicasSource: new Uint8Array(topics),
    uncleanElection: new Uint8Array(topics),
    throttleLists: new Array<null>(topics).fill(null),
    retention: new Array<null>(topics).fill(null),
    settingsSentAt: new Float64Array(topics).fill(NaN),
  }
}

const OF_PARTITIONS = [
  'leader',
  'leaderEpoch',
  'metadataError',
  'highWatermarkError',
  'leaderSince',
  'lastKnownLeader',
  'highWatermark',
  'disputed',
  'reassigning',
  'throttled',
] as const

const OF_REPLICAS = [
  'replicaFlags',
  'replicaElr',
  'replicaAdding',
  'lateAtLeast',
  'logEndOffset',
  'logEndOffsetError',
  'sentAt',
  'readAt',
  'lagRecords',
  'caughtUpAt',
  'behindSince',
  'steppedAt',
  'outSince',
] as const

/**
 * After a change of topics, partitions or replica lists: whatever stayed (same topic, partition and broker) keeps its
 * figures and their times. Answers the row map, which the lag tracker needs to follow. An answer written into `from`
 * between two pieces may be lost, the one before then stands.
 */
export function* carryOverPass(from: WritableReading, to: WritableReading): Sliced<RowMap> {
  const map = yield* mapRows(from.topology, to.topology)
  to.brokers = from.brokers
  to.withoutListener = from.withoutListener
  for (const [broker, at] of from.handedOver) to.handedOver.set(broker, at)
  to.sourceBroker = from.sourceBroker
  to.metadataAt = from.metadataAt
  to.metadataBeforeAt = from.metadataBeforeAt
  to.reassignmentsSentAt = from.reassignmentsSentAt
  to.reassignmentsReadAt = from.reassignmentsReadAt
  for (const name of OF_PARTITIONS) {
    copyRuns(from[name], to[name], map.partition)
    yield
  }
  for (const name of OF_REPLICAS) {
    copyRuns(from[name], to[name], map.replica)
    yield
  }
  copyRuns(from.minInSyncReplicas, to.minInSyncReplicas, map.topic)
  copyRuns(from.minInSyncReplicasSource, to.minInSyncReplicasSource, map.topic)
  copyRuns(from.settingsSentAt, to.settingsSentAt, map.topic)
  copyRuns(from.uncleanElection, to.uncleanElection, map.topic)
  copyCells(from.throttleLists, to.throttleLists, map.topic)
  copyCells(from.retention, to.retention, map.topic)
  for (const [key, at] of from.fetchedAt) to.fetchedAt.set(key, at)
  for (const [broker, threads] of from.fetchers) to.fetchers.set(broker, threads)
  for (const [old, doubt] of from.lowerEpochs) {
    const row = newRow(old, map.partition)
    if (row >= 0) to.lowerEpochs.set(row, doubt)
  }
  return map
}
