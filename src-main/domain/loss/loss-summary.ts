import type { KeptLoss } from '../../contract/loss'
import { LOSS_TOPICS, type LossSummary } from '../../contract/summary'

/** What of the findings is open, for the bar over every page. */
export function lossSummary(
  kept: readonly KeptLoss[],
  unreadable: number,
): Omit<LossSummary, 'watchedSince' | 'undecided'> {
  const open = kept.filter(({ acknowledged }) => acknowledged === null)
  const topics = new Map<string, { topic: string; partitions: Set<number>; atLeast: number }>()
  for (const { topic, partition, atLeast } of open) {
    const one = topics.get(topic) ?? { topic, partitions: new Set(), atLeast: 0 }
    topics.set(topic, one)
    one.partitions.add(partition)
    one.atLeast += atLeast
  }
  const most = [...topics.values()].sort((a, b) => b.atLeast - a.atLeast || (a.topic < b.topic ? -1 : 1))
  const seen = open.map(({ seenAt }) => seenAt)
  return {
    open: open.length,
    atLeast: open.reduce((sum, { atLeast }) => sum + atLeast, 0),
    topics: most
      .slice(0, LOSS_TOPICS)
      .map(({ topic, partitions, atLeast }) => ({ topic, partitions: partitions.size, atLeast })),
    topicCount: topics.size,
    firstSeenAt: seen.reduce((a, b) => Math.min(a, b), seen[0] ?? Number.NaN),
    lastSeenAt: seen.reduce((a, b) => Math.max(a, b), seen[0] ?? Number.NaN),
    holders: [...new Set(open.flatMap(({ holders }) => holders.map(({ broker }) => broker)))].sort((a, b) => a - b),
    unreadable,
  }
}
