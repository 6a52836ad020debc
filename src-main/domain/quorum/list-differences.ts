import { MOST_LISTED_TOPICS } from '../../contract/quorum'
import type { ListDifference } from '../../contract/quorum'
import type { Sliced } from '../slices'
import type { BrokerAddress } from '../topology/columns'
import type { Topology } from '../topology/reading'
import { sameReplicas } from '../topology/row-runs'
import { sameTopicId, topicRows } from '../topology/topic-index'

const TOPICS_PER_PIECE = 256

type Found = Omit<ListDifference, 'broker' | 'with' | 'since' | 'saidAt' | 'readings'>

/** The same partitions on the same brokers, and no other id. */
function sameTopic(a: Topology, at: number, b: Topology, row: number): boolean {
  const from = a.topicStart[at]!
  const base = b.topicStart[row]!
  const count = a.topicStart[at + 1]! - from
  if (b.topicStart[row + 1]! - base !== count || !sameTopicId(a.topicIds, at, b.topicIds, row)) return false
  for (let k = 0; k < count; k += 1)
    if (a.partition[from + k] !== b.partition[base + k] || !sameReplicas(a, from + k, b, base + k)) return false
  return true
}

const NO_TOPIC_DIFFERS = { lacks: [], lacksCount: 0, has: [], hasCount: 0, others: 0 } as const

/** Topics of `own` held against those of `held`; the same object is the same topics. */
function* topicDifferences(own: Topology, held: Topology): Sliced<Omit<Found, 'lacksBrokers' | 'hasBrokers'>> {
  if (own === held) return NO_TOPIC_DIFFERS
  const ownRows = topicRows(own)
  const heldRows = topicRows(held)
  const lacks: string[] = []
  let shared = 0
  let others = 0
  for (let row = 0; row < held.topicNames.length; row += 1) {
    if (row % TOPICS_PER_PIECE === 0) yield
    const at = ownRows.get(held.topicNames[row]!)
    if (at === undefined) lacks.push(held.topicNames[row]!)
    else {
      shared += 1
      if (!sameTopic(own, at, held, row)) others += 1
    }
  }
  yield
  const hasCount = own.topicNames.length - shared
  const has = hasCount === 0 ? [] : own.topicNames.filter((name) => !heldRows.has(name))
  return {
    lacks: lacks.slice(0, MOST_LISTED_TOPICS),
    lacksCount: lacks.length,
    has: has.slice(0, MOST_LISTED_TOPICS),
    hasCount,
    others,
  }
}

/** Which topics and brokers one answer lists and another does not; null = both list the same. */
export function* listDifferences(
  own: { readonly topology: Topology; readonly brokers: readonly BrokerAddress[] },
  held: { readonly topology: Topology; readonly brokers: readonly BrokerAddress[] },
): Sliced<Found | null> {
  const ids = own.brokers.map(({ id }) => id)
  const heldIds = held.brokers.map(({ id }) => id)
  const lacksBrokers = heldIds.filter((id) => !ids.includes(id))
  const hasBrokers = ids.filter((id) => !heldIds.includes(id))
  const topics = yield* topicDifferences(own.topology, held.topology)
  const { lacksCount, hasCount, others } = topics
  if (lacksCount + hasCount + others + lacksBrokers.length + hasBrokers.length === 0) return null
  return { ...topics, lacksBrokers, hasBrokers }
}

const sameList = (a: readonly (number | string)[], b: readonly (number | string)[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])

/** Two answers of one broker that differ from the picture in the same way. */
export const sameDifference = (a: Found, b: Found): boolean =>
  a.lacksCount === b.lacksCount &&
  a.hasCount === b.hasCount &&
  a.others === b.others &&
  sameList(a.lacks, b.lacks) &&
  sameList(a.has, b.has) &&
  sameList(a.lacksBrokers, b.lacksBrokers) &&
  sameList(a.hasBrokers, b.hasBrokers)
