import type { Watch } from '../../contract/ipc'
import type { LagSeries } from '../../contract/live'
import { replicaEvents } from '../../domain/events/replica-events'
import type { Picture } from '../judge/picture'

/** Of one picture: a dead broker makes events for thousands of partitions at once, and only what has a chart is marked. */
const ROWS_AT_MOST = 2_000

/** Where the marks of charts go; history/samples fits. */
export interface EventStore {
  event(subject: Watch, event: LagSeries['events'][number]): void
}

/** What is compared. */
export type Compared = Pick<Picture, 'judgedAt' | 'topology' | 'columns' | 'replicaFlags' | 'changed'>

/** Observer: marks charts with who left or joined an ISR or became a leader, by comparing each picture with the one before. */
export function chartEvents(store: EventStore): (picture: Compared, before: Compared | null) => void {
  return (picture, before) => {
    // After a change of topology there is nothing to be compared with.
    if (before?.topology !== picture.topology) return
    const { topicNames, topicIndex, partition } = picture.topology
    for (const { row, broker, kind } of replicaEvents(before, picture, picture.changed.slice(0, ROWS_AT_MOST))) {
      const subject: Watch = { kind: 'partition', topic: topicNames[topicIndex[row]!]!, partition: partition[row]! }
      store.event(subject, { at: picture.judgedAt, line: broker, kind })
    }
  }
}
