import type { FrameView } from '../../stores/frame-view'
import type { TableSort } from '../../ui/table-column'
import type { TopicFigures } from './topic-columns'

export interface TopicFilter {
  readonly text: string
  readonly internal: boolean
  readonly troubledOnly: boolean
}

/** Topic indices that match; every word of the text must be in the name. `lower` are the names in lower case. */
export function matchingTopics(
  view: FrameView,
  lower: readonly string[],
  figures: TopicFigures,
  filter: TopicFilter,
): Uint32Array {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = new Uint32Array(lower.length)
  let count = 0
  for (let topic = 0; topic < lower.length; topic++) {
    if (!filter.internal && view.frame.topics.internal[topic] === 1) continue
    if (filter.troubledOnly && figures.severity[topic]! < 2) continue
    if (words.every((word) => lower[topic]!.includes(word))) found[count++] = topic
  }
  return found.subarray(0, count)
}

/**
 * Position of each topic in the order of names; built once per epoch, so that ties and the name column cost no string
 * comparison.
 */
export function nameRanks(names: readonly string[]): Uint32Array {
  const order = Uint32Array.from(names, (_, index) => index).sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
  const ranks = new Uint32Array(names.length)
  order.forEach((topic, rank) => {
    ranks[topic] = rank
  })
  return ranks
}

const RANK_BITS = 2 ** 21
const KEY_MAX = 2 ** 32 - 1
/** Any count up to 2^53, in order, within 32 bits. Unknown stands below 0. */
const countKey = (value: number): number => (value >= 0 ? 1 + Math.floor(Math.log2(1 + value) * 2 ** 26) : 0)

function keyOf(view: FrameView, figures: TopicFigures, key: string): (topic: number) => number {
  const columns: Readonly<Record<string, ArrayLike<number>>> = {
    state: figures.severity,
    partitions: figures.partitions,
    factor: figures.replicationFactor,
    minIsr: view.frame.topics.minInSyncReplicas,
    under: figures.underReplicated,
    lag: figures.maxLag,
  }
  const column = columns[key]
  return column === undefined ? () => 0 : (topic) => countKey(column[topic]!)
}

/**
 * Topics in the order of `sort`, then by name. Key and rank of the name are packed into one float each: sorting those
 * needs no callback.
 */
export function sortTopics(
  found: Uint32Array,
  view: FrameView,
  figures: TopicFigures,
  ranks: Uint32Array,
  sort: TableSort,
): Uint32Array {
  const byName = sort.key === 'topic'
  const key = keyOf(view, figures, sort.key)
  const packed = new Float64Array(found.length)
  const topicOfRank = new Uint32Array(ranks.length)
  for (let at = 0; at < found.length; at++) {
    const topic = found[at]!
    const rank = ranks[topic]!
    topicOfRank[rank] = topic
    const value = Math.min(KEY_MAX, byName ? rank : key(topic))
    packed[at] = (sort.descending ? KEY_MAX - value : value) * RANK_BITS + rank
  }
  packed.sort()
  return Uint32Array.from(packed, (value) => topicOfRank[value % RANK_BITS]!)
}
