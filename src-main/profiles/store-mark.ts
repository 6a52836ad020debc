/**
 * How far our file was when Highwater last looked after it, in a small file beside it (`highwater.db.mark`). A file that is gone, an older copy of it or
 * one of another Highwater is well by itself, and only this tells that something that was kept is not in it.
 *
 * The mark is behind the file at times (it is written after a line of the journal, at start and at the end), never before it, so it needs no fsync. One
 * that is not there or not whole claims nothing.
 */
import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { cellsChecksum } from '../ports/stored-row'

export interface Mark {
  /** Id in the file (table `file` of migrations.ts). */
  readonly file: string
  /** Transactions it has been through: the change counter of its header. */
  readonly transactions: number
}

const pathOf = (store: string): string => `${store}.mark`

/** Change counter, big-endian, of a database that is not in WAL mode (SQLite's file format, 1.3.7). 0 when there is no such header. */
export function transactionsOf(store: string): number {
  const file = openSync(store, 'r')
  try {
    const bytes = Buffer.alloc(4)
    return readSync(file, bytes, 0, 4, 24) === 4 ? bytes.readUInt32BE() : 0
  } finally {
    closeSync(file)
  }
}

export function readMark(store: string): Mark | null {
  try {
    const { file, transactions, checksum } = JSON.parse(readFileSync(pathOf(store), 'utf8')) as Record<string, unknown>
    if (typeof file !== 'string' || typeof transactions !== 'number') return null
    return checksum === cellsChecksum([file, transactions]) ? { file, transactions } : null
  } catch {
    return null
  }
}

/** Throws what the file system throws. */
export function writeMark(store: string, { file, transactions }: Mark): void {
  const path = pathOf(store)
  const text = JSON.stringify({ file, transactions, checksum: cellsChecksum([file, transactions]) })
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** What was kept when the mark was made is not all in a file that is so. */
export const isBehind = (now: Mark, mark: Mark): boolean =>
  now.file !== mark.file || now.transactions < mark.transactions
