import type { ClusterStatus } from '../contract/frame'
import { STATE_NAMES } from '../shared/states'
import { isOurSide } from '../contract/summary'
import type { ClusterSummary, LossSummary } from '../contract/summary'
import type { Tally } from '../shared/tally'

/** Topics or partitions named in one line. */
const NAMED = 3

/** `3`, `at least 3`, `unknown`. */
function numberOf({ atLeast, complete }: Tally): string {
  if (complete) return String(atLeast)
  return atLeast === 0 ? 'unknown' : `at least ${atLeast}`
}

/** Where acknowledged records were lost since the watch began, most first; nothing is acknowledged here, so it stays on every line. */
function lossesOf({ open, atLeast, topics, topicCount }: LossSummary): string[] {
  if (open === 0) return []
  const named = topics
    .slice(0, NAMED)
    .map(({ topic, partitions }) => `${topic}${partitions === 1 ? '' : ` (${partitions} partitions)`}`)
  const more = topicCount > named.length ? `${named.join(' ')} and ${topicCount - named.length} more` : named.join(' ')
  const what = atLeast > 0 ? `at least ${atLeast} acknowledged records were lost` : 'acknowledged records may be lost'
  return [`${what}: ${more}`]
}

/** Everything but the time: two pictures with the same text are no change. The last word is the number of under-replicated partitions. */
export function lineOf(summary: ClusterSummary, changes: readonly string[]): string {
  const states = summary.counts
    .map((count, state) => ({ count, name: STATE_NAMES[state]! }))
    .filter(({ count }) => count > 0)
  // Metadata calls what it leads healthy until it is fenced, so it is said here.
  const leading = (count: number): string => (count === 0 ? '' : `, leads ${count} partition${count === 1 ? '' : 's'}`)
  const silent = summary.headline.silent.map(({ broker, silence, returning, leadsTo, leads }) => {
    if (returning) return `broker ${broker} is coming back`
    if (silence === 'other-cluster')
      return `the address of broker ${broker} leads to another Kafka cluster (${leadsTo}${leading(leads)})`
    return `broker ${broker} ${isOurSide({ silence }) ? 'is not seen from here' : 'does not answer'} (${silence}${leading(leads)})`
  })
  const gone = summary.brokers
    .filter((broker) => !broker.listed)
    .map(({ id, noListener }) => (noListener ? `broker ${id} has no listener here` : `broker ${id} is gone`))
  const failed = summary.brokers
    .filter(({ offlineReplicas }) => offlineReplicas > 0)
    .map(({ id, offlineReplicas }) => `a log directory of broker ${id} failed (offline replicas ${offlineReplicas})`)
  const disputed = summary.disputed > 0 ? [`disputed ${summary.disputed}`] : []
  const lost = lossesOf(summary.loss)
  const unseen = summary.partitions === 0 && summary.reach !== 'all' ? ['no topic is seen'] : []
  const parts = [
    ...unseen,
    ...lost,
    ...states.map(({ count, name }) => `${name} ${count}`),
    ...silent,
    ...gone,
    ...failed,
    ...disputed,
    ...changes,
  ]
  return `${parts.join(', ')}; under-replicated ${numberOf(summary.headline.underReplicated)}`
}

/** A lost cluster keeps its last number, with a word for its age. */
export function statusLine(status: ClusterStatus, summary: ClusterSummary | null): string {
  const why = status.problem === null ? '' : ` (${status.problem.step}: ${status.problem.message})`
  return `${status.phase}${why}; under-replicated ${summary === null ? 'unknown' : numberOf(summary.headline.underReplicated)}`
}

/** What moved between two pictures, by name for up to three partitions and as a number above; only those that are named are looked up. */
export function isrChanges<T>(
  changed: readonly T[],
  describe: (one: T) => {
    readonly topic: string
    readonly partition: number
    readonly isr: readonly number[]
    readonly leader: number
  },
): string[] {
  if (changed.length > NAMED) return [`ISR or leader changed on ${changed.length} partitions`]
  return changed
    .map(describe)
    .map(
      ({ topic, partition, isr, leader }) =>
        `${topic}-${partition} leader ${leader} ISR ${isr.length === 0 ? 'none' : isr.join('+')}`,
    )
}
