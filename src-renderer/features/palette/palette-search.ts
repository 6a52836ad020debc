/** What the palette shows for a text, in groups, the best first. Pure. */
import type { Query } from './match'
import { forgiven, RANK, rankCalled, rankOf, readQuery } from './match'
import type { PaletteGroupName, PaletteItem, PaletteSource } from './palette-item'
import { PALETTE_GROUPS } from './palette-item'

export interface PaletteGroup {
  readonly name: PaletteGroupName
  readonly items: readonly PaletteItem[]
  /** How many answered, of which `items` are the best. */
  readonly found: number
}

/** Most of one group, so that no group hides the others. */
const MOST = { topic: 30, other: 12 } as const

interface Ranked {
  readonly rank: number
  readonly item: PaletteItem
}
interface RankedTopic {
  readonly index: number
  readonly rank: number
}

/** What the first sign of a text narrows the palette to. */
export const PALETTE_PREFIXES = [
  { sign: '>', name: 'do', groups: ['here', 'do', 'go', 'cluster'] },
  { sign: '@', name: 'broker', groups: ['broker'] },
  { sign: '#', name: 'setting', groups: ['setting'] },
] as const satisfies readonly { sign: string; name: string; groups: readonly PaletteGroupName[] }[]
/** The text without that sign. */
export const withoutPrefix = (typed: string): string => typed.normalize('NFKC').replace(/^\s*[>@#]/, '')

/** The best topics in order: a better answer, then the shorter name. A single pass, as a letter is in most of 20,000 names. */
function bestTopics(source: PaletteSource, found: Iterable<RankedTopic>): { best: RankedTopic[]; count: number } {
  const best: RankedTopic[] = []
  const weight = ({ rank, index }: RankedTopic): number => rank * 1000 + source.lower[index]!.length
  let count = 0
  for (const one of found) {
    count += 1
    if (best.length === MOST.topic && weight(one) >= weight(best.at(-1)!)) continue
    const at = best.findIndex((other) => weight(one) < weight(other))
    best.splice(at < 0 ? best.length : at, 0, one)
    if (best.length > MOST.topic) best.pop()
  }
  return { best, count }
}

function plainTopics(source: PaletteSource, query: Query): RankedTopic[] {
  const found: RankedTopic[] = []
  source.lower.forEach((name, index) => {
    const rank = rankOf(name, query)
    if (rank >= 0) found.push({ index, rank })
  })
  return found
}

/** `orders 41`, `orders/41`, `orders-41`: partition 41 of the topics that match `orders`. */
function partitionsFor(source: PaletteSource, query: Query): Ranked[] {
  const split = /^(.+?)[\s/:#-]+(\d{1,6})$/.exec(query.text)
  if (split === null) return []
  const partition = Number(split[2])
  const topics = plainTopics(source, readQuery(split[1]!)).filter(({ index }) => partition < source.partitionsOf(index))
  return bestTopics(source, topics).best.map(({ index, rank }) => ({
    rank,
    item: source.partitionItem(index, partition),
  }))
}

/** What was used last comes first among equals. */
function orderItems(found: readonly Ranked[], recent: readonly string[]): Ranked[] {
  const age = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return found.toSorted((a, b) => a.rank - b.rank || age(a.item.id) - age(b.item.id))
}

function answers(source: PaletteSource, query: Query, recent: readonly string[], only: ReadonlySet<PaletteGroupName>) {
  const items = source.items.filter(({ group }) => only.has(group))
  const withTopics = only.has('topic')
  let ranked: Ranked[] = items
    .map((item) => ({ item, rank: rankCalled(item.text.toLowerCase(), item.words, query) }))
    .filter(({ rank }) => rank >= 0)
  let topics = withTopics ? plainTopics(source, query) : []
  const forgive = (how: 'lettersLeftOut' | 'mistyped'): void => {
    const rank = RANK[how]
    const had = new Set(ranked.map(({ item }) => item.id))
    const texts = items.map(({ text, words }) => `${text} ${words}`.toLowerCase())
    const more = forgiven(how, texts, query).map((at) => ({ rank, item: items[at]! }))
    ranked = [...ranked, ...more.filter(({ item }) => !had.has(item.id))]
    if (!withTopics) return
    const hadTopics = new Set(topics.map(({ index }) => index))
    const moreTopics = forgiven(how, source.lower, query).filter((index) => !hadTopics.has(index))
    topics = [...topics, ...moreTopics.map((index) => ({ index, rank }))]
  }
  const partitions = withTopics ? partitionsFor(source, query) : []
  const count = (): number => ranked.length + topics.length + partitions.length
  if (count() === 0) forgive('mistyped')
  if (count() === 0) forgive('lettersLeftOut')
  const { best, count: found } = bestTopics(source, topics)
  return {
    found,
    ranked: [
      ...partitions,
      ...orderItems(ranked, recent),
      ...best.map(({ index, rank }) => ({ rank, item: source.topicItem(index) })),
    ],
  }
}

function inGroups<T>(all: readonly T[], groupOf: (one: T) => PaletteGroupName): Map<PaletteGroupName, T[]> {
  const groups = new Map<PaletteGroupName, T[]>()
  for (const one of all) {
    const group = groups.get(groupOf(one))
    if (group === undefined) groups.set(groupOf(one), [one])
    else group.push(one)
  }
  return groups
}

/**
 * `recent`: ids of what was used last, newest first; what is not there any more is not shown. With no text they come first, then what can be
 * done. With a text the group with the best answer comes first.
 */
export function paletteSearch(
  source: PaletteSource,
  typed: string,
  recent: readonly string[],
): readonly PaletteGroup[] {
  const first = typed.normalize('NFKC').trim()[0]
  const prefix = PALETTE_PREFIXES.find(({ sign }) => sign === first)
  const query = readQuery(withoutPrefix(typed))
  const only = new Set<PaletteGroupName>(prefix?.groups ?? PALETTE_GROUPS)
  if (query.text === '') {
    const used = prefix === undefined ? recent.flatMap((id) => source.itemOf(id) ?? []) : []
    const usedIds = new Set(used.map(({ id }) => id))
    const rest = source.items.filter(
      // Settings are many, and found by a name that one knows.
      ({ id, group }) => only.has(group) && !usedIds.has(id) && (group !== 'setting' || prefix !== undefined),
    )
    const groups = inGroups(rest, ({ group }) => group)
    return [
      ...(used.length === 0 ? [] : [{ name: 'recent', items: used, found: used.length } as const]),
      ...PALETTE_GROUPS.flatMap((name) => {
        const items = groups.get(name) ?? []
        return items.length === 0 ? [] : [{ name, items, found: items.length }]
      }),
    ]
  }
  const { ranked, found } = answers(source, query, recent, only)
  return [...inGroups(ranked, ({ item }) => item.group)]
    .map(([name, all]) => ({
      name,
      best: all[0]!.rank,
      items: all.slice(0, name === 'topic' ? MOST.topic : MOST.other).map(({ item }) => item),
      found: name === 'topic' ? found : all.length,
    }))
    .toSorted((a, b) => a.best - b.best || PALETTE_GROUPS.indexOf(a.name) - PALETTE_GROUPS.indexOf(b.name))
    .map(({ name, items, found: of }) => ({ name, items, found: of }))
}
