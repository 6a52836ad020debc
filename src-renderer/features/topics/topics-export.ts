import { STATE_NAMES } from '@shared/states'
import type { FrameView } from '../../stores/frame-view'
import type { ExportCell, ExportTable } from '../../stores/screen'
import type { TopicFigures } from './topic-columns'

const COLUMNS = [
  'topic',
  'worstState',
  'partitions',
  'replicationFactor',
  'minInSyncReplicas',
  'minInSyncReplicasSource',
  'underReplicated',
  'maxLagRecords',
]
const known = (value: number): number | null => (value >= 0 ? value : null)

/** The Topics table in the order on screen. */
export function topicsTable(view: FrameView | null, figures: TopicFigures | null, order: Uint32Array): ExportTable {
  function* rows(): Iterable<readonly ExportCell[]> {
    if (view === null || figures === null) return
    const { topics } = view.frame
    for (const topic of order) {
      yield [
        topics.names[topic]!,
        STATE_NAMES[figures.worstState[topic]!]!,
        figures.partitions[topic]!,
        figures.replicationFactor[topic]!,
        known(topics.minInSyncReplicas[topic]!),
        topics.minInSyncReplicasSource[topic]!,
        figures.underReplicated[topic]!,
        known(figures.maxLag[topic]!),
      ]
    }
  }
  return { name: 'topics', columns: COLUMNS, rows: rows() }
}
