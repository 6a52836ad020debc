import { MARK_AT_MIN_BY_DESIGN, MARK_LEADER_SILENT, UNDER_REPLICATED } from '@shared/states'
import type { ClusterSummary } from '@contract/summary'
import type { FrameView } from '../stores/frame-view'

/** Under-replicated or worse, or led by a broker that does not answer; at min ISR by design is no fault of today. */
function isTroubled(state: number, marks: number): boolean {
  if ((marks & MARK_LEADER_SILENT) !== 0) return true
  return state >= UNDER_REPLICATED && (marks & MARK_AT_MIN_BY_DESIGN) === 0
}

/** Troubled partitions, and the topics they belong to. One pass over the rows: a partition in two kinds of trouble is one. */
function troubled(view: FrameView): { partitions: number; topics: number } {
  const { topics, columns } = view.frame
  const found = { partitions: 0, topics: 0 }
  for (let topic = 0; topic < topics.names.length; topic++) {
    const before = found.partitions
    for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
      if (isTroubled(columns.state[row]!, columns.marks[row]!)) found.partitions++
    }
    if (found.partitions > before) found.topics++
  }
  return found
}

/**
 * How much on each page needs a look: partitions from under-replicated upward or with a silent leader, their topics,
 * brokers that are silent, gone or behind, the incident that is open, and findings of lost records that nobody has acknowledged.
 */
export function needALook(
  summary: ClusterSummary | null,
  view: FrameView | null,
): { board: number; topics: number; brokers: number; history: number; loss: number } {
  if (summary === null) return { board: 0, topics: 0, brokers: 0, history: 0, loss: 0 }
  const { partitions, topics } = view === null ? { partitions: 0, topics: 0 } : troubled(view)
  const brokers = summary.brokers.filter(
    (broker) => !broker.listed || broker.answers === 'no' || broker.inSync + broker.adding < broker.replicas,
  ).length
  return { board: partitions, topics, brokers, history: summary.incident === null ? 0 : 1, loss: summary.loss.open }
}
