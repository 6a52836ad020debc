/** What a search found, as rows. Pure. */
import type { ConfigColumn } from '@contract/config'
import type { TableSort } from '../../../ui/table-column'
import type { ConfigQuery } from './parse-query'
import { answersQuery } from './parse-query'

export interface Found {
  readonly topic: string
  /** Null: Kafka does not tell it. */
  readonly value: string | null
  readonly source: number
  readonly readAt: number
}

/** Rows of a column that answer the query; `unclear`: values that are not told or cannot be compared. Topics with an error are counted by the reader. */
export function foundIn(
  query: ConfigQuery,
  column: ConfigColumn,
): { readonly rows: readonly Found[]; readonly unclear: number } {
  const rows: Found[] = []
  let unclear = 0
  column.topics.forEach((topic, at) => {
    if (column.errors[at] !== 0) return
    const value = column.values[at] ?? null
    const answer = answersQuery(query, value)
    if (answer === null) unclear += 1
    else if (answer) rows.push({ topic, value, source: column.sources[at] ?? 0, readAt: column.readAt })
  })
  return { rows, unclear }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
/** Numbers by size, before everything else; what is not told comes last. */
function byValue(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y))
    return Number.isNaN(x) === Number.isNaN(y) ? byText(a, b) : Number.isNaN(x) ? 1 : -1
  return x - y
}

/** Indices of `found` that are from `source` (-1 = any), in the order asked for; names break ties. */
export function orderFound(found: readonly Found[], source: number, sort: TableSort): number[] {
  const sign = sort.descending ? -1 : 1
  const order = (a: Found, b: Found): number =>
    sort.key === 'value'
      ? byValue(a.value, b.value)
      : sort.key === 'source'
        ? a.source - b.source
        : byText(a.topic, b.topic)
  return found
    .map((_, index) => index)
    .filter((index) => source < 0 || found[index]!.source === source)
    .sort((a, b) => sign * order(found[a]!, found[b]!) || byText(found[a]!.topic, found[b]!.topic))
}
