import type { HistoryPage } from '../../contract/history'

/** So many rows are read for one page at most, where many cannot be read. */
const LOOKED_AT = 10_000

/** `row` null = it cannot be read. */
export interface Numbered<T> {
  readonly id: number
  readonly row: T | null
}

/** Reads on past rows that cannot be read until `limit` can. `newest` answers at most so many with a lower number than `before`, newest first. */
export function fillPage<T>(
  limit: number,
  before: number,
  newest: (before: number, limit: number) => readonly Numbered<T>[],
): HistoryPage<T> {
  const rows: T[] = []
  let unreadable = 0
  let from = before
  for (let looked = 0; looked < LOOKED_AT;) {
    const wanted = limit - rows.length
    const found = newest(from, wanted + 1)
    for (const { row } of found.slice(0, wanted))
      if (row === null) unreadable += 1
      else rows.push(row)
    if (found.length <= wanted) return { rows, more: false, unreadable }
    if (rows.length >= limit) return { rows, more: true, unreadable }
    looked += wanted
    from = found[wanted - 1]!.id
  }
  return { rows, more: true, unreadable }
}
