import type { LivePartition } from '@contract/live'
import type { ExportTable } from '../../stores/screen'

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** One line per replica; unknown is null. */
export function partitionExport(topic: string, partition: number, live: LivePartition | null): ExportTable {
  return {
    name: `${topic}-${partition}`,
    columns: [
      'topic',
      'partition',
      'broker',
      'leader',
      'leaderEpoch',
      'inSync',
      'logEndOffset',
      'highWatermark',
      'lagRecords',
      'aheadRecords',
      'lateMs',
      'readAt',
    ],
    rows: (live?.replicas ?? []).map((replica) => [
      topic,
      partition,
      replica.broker,
      replica.broker === live!.leader,
      live!.leaderEpoch,
      replica.inSync,
      orNull(replica.logEndOffset),
      orNull(live!.highWatermark),
      orNull(replica.lagRecords),
      replica.aheadRecords === 0 && Number.isNaN(replica.lagRecords) ? null : replica.aheadRecords,
      orNull(replica.lateMs),
      orNull(replica.readAt),
    ]),
  }
}
