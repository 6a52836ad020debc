/**
 * How a row of our own file is read and proven. libsql ends the process at text that is not UTF-8 (tursodatabase/libsql#1223), and a page may go bad
 * after the file was looked through at start, so text is asked for as bytes everywhere and decoded here.
 */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'

/** A column for a SELECT: its text as bytes, anything else as it is, under `name`. */
export const cell = (column: string, name: string): string =>
  `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END AS ${name}`

export const cells = (columns: readonly string[]): string => columns.map((column) => cell(column, column)).join(', ')

/** libsql hands bytes over as a Buffer from `get` and as an ArrayBuffer from `all` (seen on 0.5.29). null = it is something else. */
export function bytesOf(value: unknown): Buffer | null {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return value instanceof ArrayBuffer ? Buffer.from(value) : null
}

export interface ReadRow {
  /** By column, bytes as text again; what is no UTF-8 in them became U+FFFD. */
  readonly row: unknown
  /** Every text of it was UTF-8. */
  readonly isText: boolean
}

/** A row that was asked for by `cells`. */
export function readRow(raw: unknown): ReadRow {
  let isText = true
  const row = Object.fromEntries(
    Object.entries(raw as Readonly<Record<string, unknown>>).map(([name, value]) => {
      const bytes = bytesOf(value)
      if (bytes === null) return [name, value]
      isText &&= isUtf8(bytes)
      return [name, bytes.toString('utf8')]
    }),
  )
  return { row, isText }
}

/** SHA-256 over cells as they stand in the file, as JSON each, so that no value can pass for the end of one and the beginning of the next. */
export const cellsChecksum = (values: readonly (string | number | null)[]): string =>
  createHash('sha256')
    .update(values.map((value) => JSON.stringify(value)).join('\n'))
    .digest('hex')
