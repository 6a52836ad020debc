import { AT_MIN_ISR, MARK_AT_MIN_BY_DESIGN, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@contract/states'
import type { ClusterSummary } from '@contract/summary'
import type { FrameView } from '../stores/frame-view'

/** Topics with a partition that is under-replicated or worse; at min ISR by design is no fault of today. One pass over the rows. */
export function troubledTopics(view: FrameView): number {
  const { topics, columns } = view.frame
  let found = 0
  for (let topic = 0; topic < topics.names.length; topic++) {
    for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
      if (columns.state[row]! < UNDER_REPLICATED || (columns.marks[row]! & MARK_AT_MIN_BY_DESIGN) !== 0) continue
      found++
      break
    }
  }
  return found
}

/** How much on each page needs a look: partitions from under-replicated upward, their topics, and brokers that are silent, gone or behind. */
export function needALook(summary: ClusterSummary | null, view: FrameView | null): { board: number; topics: number; brokers: number } {
  if (summary === null) return { board: 0, topics: 0, brokers: 0 }
  const { headline, counts } = summary
  // At min ISR by design is not counted: the headline has left it out already.
  const atMin = Math.min(counts[AT_MIN_ISR] ?? 0, headline.oneLossAway)
  const board = (counts[OFFLINE] ?? 0) + (counts[UNDER_MIN_ISR] ?? 0) + atMin + (counts[UNDER_REPLICATED] ?? 0)
  const brokers = summary.brokers.filter((broker) => !broker.listed || broker.answers === 'no' || broker.inSync < broker.replicas).length
  return { board, topics: view === null ? 0 : troubledTopics(view), brokers }
}
