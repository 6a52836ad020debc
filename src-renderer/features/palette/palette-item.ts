/** What the palette offers, and from what it is found. */

/** Headings of the palette, in the order in which they stand where they match equally well. */
export const PALETTE_GROUPS = [
  'recent',
  'moment',
  'partition',
  'topic',
  'here',
  'do',
  'go',
  'broker',
  'setting',
  'cluster',
] as const
export type PaletteGroupName = (typeof PALETTE_GROUPS)[number]

export type PaletteTarget =
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'setting'; readonly key: string }
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'moment'; readonly at: number }

export interface PaletteItem {
  /** The same thing has the same id in every run. */
  readonly id: string
  readonly group: PaletteGroupName
  readonly target: PaletteTarget
  readonly text: string
  /** What is to be known of it, in the language on screen; '' = nothing. */
  readonly note: string
  readonly keys: string
  /** What else people type for it, in lower case, with blanks between. */
  readonly words: string
}

export interface PaletteSource {
  /** Everything but topics and partitions, in the order in which it stands while nothing is typed. */
  readonly items: readonly PaletteItem[]
  readonly topics: readonly string[]
  /** Lower case, same order as `topics`. */
  readonly lower: readonly string[]
  /** Number of partitions of a topic, by index. */
  partitionsOf(topic: number): number
  topicItem(index: number): PaletteItem
  partitionItem(index: number, partition: number): PaletteItem
  /** null = there is no such thing now. */
  itemOf(id: string): PaletteItem | null
}

export const topicId = (topic: string): string => `t ${topic}`
export const partitionId = (topic: string, partition: number): string => `p ${partition} ${topic}`
/** The topic and partition (-1 = the topic itself) that an id stands for; null = it stands for something else. */
export function topicOfId(id: string): { readonly topic: string; readonly partition: number } | null {
  if (id.startsWith('t ')) return { topic: id.slice(2), partition: -1 }
  const [, partition, topic] = /^p (\d{1,10}) (.*)$/s.exec(id) ?? []
  return topic === undefined ? null : { topic, partition: Number(partition) }
}
