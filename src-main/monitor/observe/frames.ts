import type { ClusterFrame, FrameDelta, PartitionColumns } from '../../contract/frame'
import type { LivePartition, LivePoint } from '../../contract/live'
import type { ClusterSummary } from '../../contract/summary'
import { pickFlags, pickRows } from '../../domain/picture/delta'
import type { ClusterSettings, Reading } from '../../domain/topology/reading'
import { effectiveMinOf } from '../../domain/forecast/stop-effects'
import type { Picture } from '../judge/picture'

/** Of the figures beside the columns that travel with every push. */
export interface Aside {
  readonly live: LivePartition | null
  readonly point: LivePoint | null
  readonly view: FrameDelta['view']
}

const copied = (columns: PartitionColumns): PartitionColumns => ({
  leader: columns.leader.slice(),
  leaderEpoch: columns.leaderEpoch.slice(),
  state: columns.state.slice(),
  marks: columns.marks.slice(),
  tolerance: columns.tolerance.slice(),
  lagRecords: columns.lagRecords.slice(),
  caughtUpAt: columns.caughtUpAt.slice(),
  worstBroker: columns.worstBroker.slice(),
  next: columns.next.slice(),
  nextFrom: columns.nextFrom.slice(),
  nextTo: columns.nextTo.slice(),
  nextBroker: columns.nextBroker.slice(),
})

/** Effective min ISR per topic, by the replication factor of its first partition; -1 unknown. */
export function effectivePerTopic(reading: Reading, settings: ClusterSettings): Int32Array {
  const { topicStart, topicNames } = reading.topology
  return Int32Array.from(topicNames, (_, topic) =>
    topicStart[topic] === topicStart[topic + 1] ? -1 : effectiveMinOf(reading, settings, topicStart[topic]!),
  )
}

/** The whole picture; everything that the next update overwrites is copied. */
export function wholeFrame(
  cluster: string,
  picture: Picture,
  summary: ClusterSummary,
  settings: ClusterSettings,
): ClusterFrame {
  const { reading, epoch } = picture.book
  const { topology } = reading
  return {
    cluster,
    epoch,
    seq: picture.seq,
    takenAt: summary.takenAt,
    topics: {
      names: topology.topicNames,
      start: topology.topicStart,
      internal: topology.topicInternal,
      minInSyncReplicas: effectivePerTopic(reading, settings),
      minInSyncReplicasSource: reading.minInSyncReplicasSource.slice(),
    },
    partition: topology.partition,
    columns: copied(picture.columns),
    replicaStart: topology.replicaStart,
    replicaBroker: topology.replicaBroker,
    replicaFlags: picture.replicaFlags.slice(),
    summary,
  }
}

/** What changed after `seq`. */
export function deltaSince(
  cluster: string,
  picture: Picture,
  seq: number,
  summary: ClusterSummary,
  aside: Aside,
): FrameDelta {
  const rows = picture.changedSince(seq)
  return {
    cluster,
    epoch: picture.book.epoch,
    seq: picture.seq,
    takenAt: summary.takenAt,
    rows,
    columns: pickRows(picture.columns, rows),
    replicaFlags: pickFlags(picture.replicaFlags, picture.book.reading.topology.replicaStart, rows),
    summary,
    ...aside,
  }
}

/** Worst follower lag per row, exact; NaN unknown. */
export function worstLags(reading: Reading, rows: Uint32Array): Float64Array {
  const { replicaStart } = reading.topology
  return Float64Array.from(rows, (row) => {
    let worst = Number.NaN
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
      const lag = reading.lagRecords[replica]!
      if (!(lag <= worst)) worst = Number.isNaN(lag) ? worst : lag
    }
    return worst
  })
}
