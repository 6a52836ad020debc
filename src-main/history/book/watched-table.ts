import type Database from 'libsql'
import type { Watched } from '../../contract/history'
import { END_CODES, END_OF_CODE } from './codes'
import { rowSum } from './row-sum'

/** Spans that are kept: years of starts, sleeps and pauses. */
const KEPT = 10_000

interface Row {
  readonly id: number
  readonly began: number
  readonly until: number
  readonly end: number
  readonly sum: number
}

const sumOf = ({ id, began, until, end }: Omit<Row, 'sum'>): number => rowSum([id, began, until, end])

/** null = it cannot be read. */
function watchedOf(row: Row): Watched | null {
  const end = END_OF_CODE.get(row.end)
  return end === undefined || row.sum !== sumOf(row) ? null : { from: row.began, to: row.until, end }
}

export interface WatchedTable {
  /** Number of the next span. */
  next(): number
  /** Makes or replaces the span of this number. */
  put(id: number, watched: Watched): void
  /** Oldest first. */
  within(from: number, until: number): Watched[]
}

/** Every call throws what SQLite throws. */
export function createWatchedTable(db: Database.Database): WatchedTable {
  const write = db.prepare('INSERT OR REPLACE INTO watched (id, began, until, end, sum) VALUES (?, ?, ?, ?, ?)')
  const forget = db.prepare('DELETE FROM watched WHERE id <= ?')
  const select = db.prepare(
    'SELECT id, began, until, end, sum FROM watched WHERE until >= ? AND began < ? ORDER BY began, id',
  )
  const last = db.prepare('SELECT coalesce(max(id), 0) AS id FROM watched')
  return {
    next: () => (last.all() as readonly { readonly id: number }[])[0]!.id + 1,
    put(id, { from, to, end }) {
      const row = { id, began: from, until: to, end: END_CODES[end] }
      write.run(row.id, row.began, row.until, row.end, sumOf(row))
      if (id > KEPT) forget.run(id - KEPT)
    },
    within: (from, until) => (select.all(from, until) as readonly Row[]).flatMap((row) => watchedOf(row) ?? []),
  }
}
