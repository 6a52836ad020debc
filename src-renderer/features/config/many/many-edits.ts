/** The same settings for many topics, before they become a change. Pure. */
import type { ChangeDraft, ConfigEdit } from '@contract/change'
import type { ConfigColumn } from '@contract/config'
import { SOURCE_TOPIC } from '@contract/config'

/** A value that some of the topics have now, how many of them, and how many of those as their own override. */
export interface ValueCount {
  readonly value: string | null
  readonly topics: number
  readonly own: number
}

/** Counts of `before` plus those of one more column, the most frequent value first. Topics with an error are not counted here: the reader names them. */
export function countValues(before: readonly ValueCount[], column: ConfigColumn): ValueCount[] {
  const counts = new Map(before.map((one) => [one.value, one]))
  column.topics.forEach((_, at) => {
    if (column.errors[at] !== 0) return
    const value = column.values[at] ?? null
    const known = counts.get(value) ?? { value, topics: 0, own: 0 }
    counts.set(value, {
      value,
      topics: known.topics + 1,
      own: known.own + (column.sources[at] === SOURCE_TOPIC ? 1 : 0),
    })
  })
  return [...counts.values()].sort((a, b) => b.topics - a.topics)
}

export const manyDraft = (topics: readonly string[], edits: readonly ConfigEdit[]): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics, edits }],
})
