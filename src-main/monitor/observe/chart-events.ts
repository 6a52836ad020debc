import type { Watch } from '../../contract/ipc'
import { replicaEvents } from '../../domain/events/replica-events'
import type { Topology } from '../../domain/topology/reading'
import type { SampleStore } from '../../ports/samples'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { Picture } from '../judge/picture'

/** Of one picture, beside what is on screen: a dead broker makes events for thousands of partitions at once, and only what has a chart is marked. */
const ROWS_AT_MOST = 2_000

/** What is compared. */
export type Compared = Pick<Picture, 'judgedAt' | 'topology' | 'columns' | 'replicaFlags' | 'changed'>

/** Rows to look at: at most so many of those that changed, and all that are shown. */
function marked(changed: ReadOnlyCells<Uint32Array>, shown: readonly number[]): Iterable<number> {
  if (changed.length <= ROWS_AT_MOST) return changed
  const rows = new Set(changed.slice(0, ROWS_AT_MOST))
  for (const row of shown) rows.add(row)
  return rows
}

/**
 * Observer: marks charts with who left or joined an ISR or became a leader, by comparing each picture with the one before. `shownRows`: partition rows on
 * screen.
 */
export function chartEvents(
  store: Pick<SampleStore, 'event'>,
  shownRows: (topology: Topology) => readonly number[],
): (picture: Compared, before: Compared | null) => void {
  return (picture, before) => {
    // After a change of topology there is nothing to be compared with.
    if (before?.topology !== picture.topology) return
    const { topicNames, topicIndex, partition } = picture.topology
    for (const { row, broker, kind } of replicaEvents(
      before,
      picture,
      marked(picture.changed, shownRows(picture.topology)),
    )) {
      const subject: Watch = { kind: 'partition', topic: topicNames[topicIndex[row]!]!, partition: partition[row]! }
      store.event(subject, { at: picture.judgedAt, line: broker, kind })
    }
  }
}
