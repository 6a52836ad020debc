import { AT_MIN_ISR, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from '@contract/states'
import type { ClusterSummary } from '@contract/summary'

/** How much on each page needs a look: partitions from under-replicated upward, and brokers that are silent, gone or behind. */
export function needALook(summary: ClusterSummary | null): { board: number; topics: number; brokers: number } {
  if (summary === null) return { board: 0, topics: 0, brokers: 0 }
  const { headline, counts } = summary
  // At min ISR by design is not counted: the headline has left it out already.
  const atMin = Math.min(counts[AT_MIN_ISR] ?? 0, headline.oneLossAway)
  const board = (counts[OFFLINE] ?? 0) + (counts[UNDER_MIN_ISR] ?? 0) + atMin + (counts[UNDER_REPLICATED] ?? 0)
  const brokers = summary.brokers.filter((broker) => !broker.listed || broker.answers === 'no' || broker.inSync < broker.replicas).length
  return { board, topics: 0, brokers }
}
