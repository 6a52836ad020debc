/** What the palette offers for a text: actions, brokers, topics and partitions (`orders 41`), best first. Pure. */
export type PaletteTarget =
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'moment'; readonly at: number }

export interface PaletteItem {
  readonly id: string
  readonly target: PaletteTarget
  readonly text: string
  /** What kind of thing it is, in the language on screen. */
  readonly note: string
  readonly keys: string
}

export interface PaletteSource {
  readonly actions: readonly PaletteItem[]
  readonly brokers: readonly PaletteItem[]
  readonly topics: readonly string[]
  /** Lower case, same order as `topics`. */
  readonly lower: readonly string[]
  /** Number of partitions of a topic, by index. */
  partitionsOf(topic: number): number
  topicItem(name: string): PaletteItem
  partitionItem(name: string, partition: number): PaletteItem
}

const MOST = 60

/** 0 the same, 1 begins so, 2 a part between dots, dashes or blanks begins so, 3 somewhere inside; -1 not at all. */
export function matchRank(text: string, query: string): number {
  if (text === query) return 0
  const at = text.indexOf(query)
  if (at < 0) return -1
  if (at === 0) return 1
  return /[._\-\s]/.test(text[at - 1]!) ? 2 : 3
}

function topicMatches(source: PaletteSource, query: string): { readonly index: number; readonly rank: number }[] {
  const found: { index: number; rank: number }[] = []
  source.lower.forEach((name, index) => {
    const rank = matchRank(name, query)
    if (rank >= 0) found.push({ index, rank })
  })
  return found
    .sort((a, b) => a.rank - b.rank || source.lower[a.index]!.length - source.lower[b.index]!.length)
    .slice(0, MOST)
}

/** `orders 41`, `orders/41`, `orders-41`: partition 41 of the topics that match `orders`. */
function partitionItems(source: PaletteSource, query: string): PaletteItem[] {
  const split = /^(.+?)[\s/:#-]+(\d{1,6})$/.exec(query)
  if (split === null) return []
  const partition = Number(split[2])
  return topicMatches(source, split[1]!)
    .filter(({ index }) => partition < source.partitionsOf(index))
    .slice(0, 10)
    .map(({ index }) => source.partitionItem(source.topics[index]!, partition))
}

/** As `matchRank`; 4 when every word of the query is in it somewhere, as people do not know the order of ours. */
function wordsRank(text: string, query: string): number {
  const rank = matchRank(text, query)
  return rank >= 0 || !query.split(/\s+/).every((word) => text.includes(word)) ? rank : 4
}

const byText = (items: readonly PaletteItem[], query: string): PaletteItem[] =>
  items
    .map((item) => ({ item, rank: wordsRank(item.text.toLowerCase(), query) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)

/**
 * With no text: what was used last, then the actions and brokers. With a text: what was used last comes first among
 * equals.
 */
export function paletteSearch(
  source: PaletteSource,
  text: string,
  recent: readonly PaletteItem[],
): readonly PaletteItem[] {
  const query = text.trim().toLowerCase()
  const found =
    query === ''
      ? [...recent, ...source.actions, ...source.brokers]
      : [
          ...partitionItems(source, query),
          ...byText(recent, query),
          ...byText(source.actions, query),
          ...byText(source.brokers, query),
          ...topicMatches(source, query).map(({ index }) => source.topicItem(source.topics[index]!)),
        ]
  const seen = new Set<string>()
  return found.filter((item) => !seen.has(item.id) && seen.add(item.id)).slice(0, MOST)
}
