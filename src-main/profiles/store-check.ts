/**
 * What `quick_check` does not see and what would end the process or a start later: text that is not UTF-8 (libsql aborts when it is read,
 * tursodatabase/libsql#1223), a table or column that is not there, an empty file where there was one.
 */
import { isUtf8 } from 'node:buffer'
import type Database from 'libsql'

type Columns = ReadonlyMap<string, ReadonlySet<string>>

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Columns by table, of every table that is not SQLite's own. */
export function columnsOf(db: Database.Database): Columns {
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { readonly name: string }[]
  return new Map(
    tables.map(({ name }) => {
      const columns = db.prepare(`PRAGMA table_info(${quoted(name)})`).all() as { readonly name: string }[]
      return [name, new Set(columns.map((column) => column.name))]
    }),
  )
}

/** Names a table or a column of `expected` that is missing; null = all are there. */
export function missingIn(found: Columns, expected: Columns): string | null {
  for (const [table, columns] of expected) {
    const there = found.get(table)
    if (there === undefined) return `table ${table}`
    for (const column of columns) if (!there.has(column)) return `column ${column} of table ${table}`
  }
  return null
}

/** Names a cell whose text is not UTF-8; null = there is none. Reads every text once, as bytes, which libsql hands over whatever they are. */
export function brokenText(db: Database.Database): string | null {
  for (const [table, columns] of columnsOf(db))
    for (const column of columns) {
      const cells = db
        .prepare(
          `SELECT rowid AS row, CAST(${quoted(column)} AS BLOB) AS bytes FROM ${quoted(table)} WHERE typeof(${quoted(column)}) = 'text'`,
        )
        .iterate() as IterableIterator<{ readonly row: number; readonly bytes: Buffer }>
      for (const { row, bytes } of cells) if (!isUtf8(bytes)) return `column ${column} of row ${row} of table ${table}`
    }
  return null
}
