import { STATE_NAMES } from '@shared/states'
import type { FrameView } from '../../stores/frame-view'
import type { ExportTable } from '../../stores/screen'
import type { RowIds } from '../../ui/held-order'
import { aheadRecords, behindRecords, isrWords, lateMs, nextOfRow, nextWords } from './row-words'
import type { Say } from './say'

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** NaN where nothing is known of the row's lag: that nobody is ahead is a statement too. */
function aheadOrUnknown(frame: FrameView['frame'], row: number): number {
  const ahead = aheadRecords(frame, row)
  return ahead === 0 && Number.isNaN(behindRecords(frame, row)) ? Number.NaN : ahead
}

/** The rows of a trouble list for a file: plain names and numbers, unknown as null, "next" in the words on screen. */
export function troubleExport(say: Say, view: FrameView, rows: RowIds, name: string, now: number): ExportTable {
  const { frame } = view
  const { columns } = frame
  return {
    name,
    columns: [
      'topic',
      'partition',
      'state',
      'leader',
      'leaderEpoch',
      'isrOfReplicas',
      'lagRecords',
      'aheadRecords',
      'lateMs',
      'next',
    ],
    rows: Array.from(rows, (row) => [
      frame.topics.names[view.topicIndex[row]!]!,
      frame.partition[row]!,
      STATE_NAMES[columns.state[row]!] ?? 'unknown',
      columns.leader[row] === -1 ? null : columns.leader[row]!,
      columns.leaderEpoch[row]!,
      isrWords(frame, row),
      orNull(behindRecords(frame, row)),
      orNull(aheadOrUnknown(frame, row)),
      orNull(lateMs(frame, row, now)),
      nextWords(say, nextOfRow(frame, row), now),
    ]),
  }
}
