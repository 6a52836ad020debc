import type Database from 'libsql'
import { rowSum } from './row-sum'

/** Some megabytes at most, whatever a cluster calls its topics. */
const REMEMBERED = 50_000

/** Topics by number, so that a row does not repeat its topic's name. */
export interface Names {
  /** 0 = the name is '', or nothing is kept of it. */
  find(text: string): number
  /** Gives it a number where it has none. In the transaction of the rows that use it. */
  numberOf(text: string): number
  /** A transaction was rolled back, or names were deleted: what is remembered of the table may not be so any more. */
  forget(): void
}

export function createNames(db: Database.Database): Names {
  const numbers = new Map<string, number>()
  const select = db.prepare('SELECT id FROM name WHERE text = ?')
  const next = db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM name')
  const insert = db.prepare('INSERT INTO name (id, text, sum) VALUES (?, ?, ?)')
  const remember = (text: string, id: number): number => {
    if (numbers.size >= REMEMBERED) numbers.clear()
    numbers.set(text, id)
    return id
  }
  const find = (text: string): number => {
    if (text === '') return 0
    const known = numbers.get(text)
    if (known !== undefined) return known
    // To its end: a statement that is left in the middle keeps its view of the file.
    const [row] = select.all(text) as readonly { readonly id: number }[]
    return row === undefined ? 0 : remember(text, row.id)
  }
  return {
    find,
    numberOf(text) {
      const known = find(text)
      if (known > 0 || text === '') return known
      const [row] = next.all() as readonly { readonly id: number }[]
      const id = row!.id
      insert.run(id, text, rowSum([id, text]))
      return remember(text, id)
    },
    forget: () => numbers.clear(),
  }
}
