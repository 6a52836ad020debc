import {
  AT_MIN_ISR,
  MARK_AT_MIN_BY_DESIGN,
  MARK_LEADER_SILENT,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
} from '@contract/states'
import type { ClusterSummary } from '@contract/summary'
import type { FrameView } from '../stores/frame-view'

/** Under-replicated or worse, or led by a broker that does not answer; at min ISR by design is no fault of today. */
function isTroubled(state: number, marks: number): boolean {
  if ((marks & MARK_LEADER_SILENT) !== 0) return true
  return state >= UNDER_REPLICATED && (marks & MARK_AT_MIN_BY_DESIGN) === 0
}

/** Topics with a troubled partition. One pass over the rows. */
export function troubledTopics(view: FrameView): number {
  const { topics, columns } = view.frame
  let found = 0
  for (let topic = 0; topic < topics.names.length; topic++) {
    for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
      if (!isTroubled(columns.state[row]!, columns.marks[row]!)) continue
      found++
      break
    }
  }
  return found
}

/**
 * How much on each page needs a look: partitions from under-replicated upward or with a silent leader, their topics,
 * and brokers that are silent, gone or behind.
 */
export function needALook(
  summary: ClusterSummary | null,
  view: FrameView | null,
): { board: number; topics: number; brokers: number } {
  if (summary === null) return { board: 0, topics: 0, brokers: 0 }
  const { headline, counts } = summary
  // At min ISR by design is not counted: the headline has left it out already.
  const atMin = Math.min(counts[AT_MIN_ISR] ?? 0, headline.oneLossAway)
  const silent = headline.silent.reduce((sum, broker) => sum + broker.leads, 0)
  const board = silent + (counts[OFFLINE] ?? 0) + (counts[UNDER_MIN_ISR] ?? 0) + atMin + (counts[UNDER_REPLICATED] ?? 0)
  const brokers = summary.brokers.filter(
    (broker) => !broker.listed || broker.answers === 'no' || broker.inSync < broker.replicas,
  ).length
  return { board, topics: view === null ? 0 : troubledTopics(view), brokers }
}
