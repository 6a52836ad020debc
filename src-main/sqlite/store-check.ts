/**
 * What is wrong with a file of ours that SQLite opens, without changing a byte of it. Names and text are read as bytes: libsql ends the process at text
 * that is not UTF-8 (tursodatabase/libsql#1223), and a damaged page may hold any.
 */
import { isUtf8 } from 'node:buffer'
import type Database from 'libsql'
import { bytesOf } from '../ports/stored-row'

type Columns = ReadonlyMap<string, ReadonlySet<string>>

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Throws at a name that is not text: whatever has it, it is none of ours. */
function nameOf(row: unknown): string {
  const name = bytesOf((row as { readonly name: unknown }).name)
  if (name === null || !isUtf8(name)) throw new Error('the file is damaged: a name in it is not text')
  return name.toString('utf8')
}

/**
 * null = SQLite finds nothing. Reads the whole file: a damaged page must be found now, not when a cluster is saved at 3 am. `integrity_check` and not
 * `quick_check`, which does not hold an index against its table: a row that the index does not have would be left out of its change.
 */
export function structureFault(db: Database.Database): string | null {
  const row = db.prepare('SELECT CAST(integrity_check AS BLOB) AS said FROM pragma_integrity_check(1)').get()
  const said = bytesOf((row as { readonly said: unknown } | undefined)?.said)?.toString('utf8') ?? 'no answer'
  return said === 'ok' ? null : said
}

/** Columns by table, of every table that is not SQLite's own. */
export function columnsOf(db: Database.Database): Columns {
  const tables = db
    .prepare("SELECT CAST(name AS BLOB) AS name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(nameOf)
  const columns = db.prepare('SELECT CAST(name AS BLOB) AS name FROM pragma_table_info(?)')
  return new Map(tables.map((table) => [table, new Set(columns.all(table).map(nameOf))]))
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

/** Names a cell whose text is not UTF-8; null = there is none. Reads every text once. */
export function brokenText(db: Database.Database): string | null {
  for (const [table, names] of columnsOf(db)) {
    const columns = [...names]
    const texts = columns.map(
      (name, at) => `CASE typeof(${quoted(name)}) WHEN 'text' THEN CAST(${quoted(name)} AS BLOB) END AS c${at}`,
    )
    const rows = db
      .prepare(`SELECT rowid AS row, ${texts.join(', ')} FROM ${quoted(table)}`)
      .iterate() as IterableIterator<Readonly<Record<string, ArrayBuffer | number | null>>>
    for (const row of rows)
      for (const [at, column] of columns.entries()) {
        const bytes = bytesOf(row[`c${at}`])
        if (bytes !== null && !isUtf8(bytes)) return `column ${column} of row ${row.row as number} of table ${table}`
      }
  }
  return null
}
