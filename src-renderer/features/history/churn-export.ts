import type { ExportTable } from '../../stores/screen'
import type { Churn } from './churn'
import { isoTime } from '@shared/incident-files'

/** What is on screen, a row a row and a cell; of cells that were not watched from end to end that is said. */
export const churnExport = ({ rows, cells }: Churn): ExportTable => ({
  name: 'ISR changes',
  columns: ['topic', 'partition', 'broker', 'leader', 'from', 'to', 'leftIsrAtLeast', 'watchedShare'],
  rows: rows.flatMap((row) =>
    cells.map(({ from, to, watched }, at) => [
      row.topic === '' ? null : row.topic,
      row.partition < 0 ? null : row.partition,
      row.broker < 0 ? null : row.broker,
      row.leader < 0 ? null : row.leader,
      isoTime(from),
      isoTime(to),
      row.counts[at]!,
      watched,
    ]),
  ),
})
