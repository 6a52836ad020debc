import type { KeptLoss } from '@contract/loss'
import type { ExportTable } from '../../stores/screen'

const COLUMNS = [
  'topic',
  'topicId',
  'partition',
  'seenAt',
  'seenBy',
  'lostAtLeast',
  'lostAtMost',
  'missingAsRead',
  'logsPartAt',
  'highWatermarkBefore',
  'oldLeader',
  'oldEpoch',
  'newLeader',
  'newEpoch',
  'heldBy',
  'acknowledgedAt',
  'acknowledgedBy',
  'reason',
]
const time = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString())

/** The evidence, a row a partition. */
export function lossExport(losses: readonly KeptLoss[]): ExportTable {
  return {
    name: 'records lost',
    columns: COLUMNS,
    rows: losses.map((loss) => [
      loss.topic,
      loss.topicId,
      loss.partition,
      time(loss.seenAt),
      loss.kind,
      loss.atLeast,
      loss.atMost,
      loss.missingAsRead,
      loss.partsAt,
      loss.highWatermark,
      loss.oldLeader,
      loss.oldEpoch,
      loss.newLeader,
      loss.epoch,
      loss.holders.map(({ broker, logEndOffset }) => `${broker} to ${logEndOffset}`).join('; '),
      time(loss.acknowledged?.at),
      loss.acknowledged?.by ?? null,
      loss.acknowledged?.reason ?? null,
    ]),
  }
}
