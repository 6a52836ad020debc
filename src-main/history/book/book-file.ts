/**
 * Opens a history file: SQLite in WAL mode, `synchronous=NORMAL` (docs/decisions/0025-history-in-files-of-its-own.md). One that cannot be read, or is another cluster's, is renamed and
 * kept, and a new one is begun; one that a newer Highwater wrote or that cannot be used now is left where it is, and this run keeps its history in memory.
 *
 * It is not read to its end when it is opened, which would take seconds: rows carry sums, and damage that a reading or a writing comes upon is dealt with then. After a kill, a file
 * of moderate size is looked through, as SQLite works in any log that lies beside it.
 */
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import type { StartNote } from '../../contract/ipc'
import { cell, readRow } from '../../ports/stored-row'
import {
  ALL_OF_IT,
  fileAt,
  isDamage,
  isFile,
  isThere,
  lengthOf,
  notUsable,
  refuseUnusable,
  setAside,
  setStrayLogAside,
} from '../../sqlite/file-aside'
import { migrate, NewerFile, refuseStranger, versionOf } from '../../sqlite/schema'
import { structureFault } from '../../sqlite/store-check'
import { BOOK_MIGRATIONS } from './migrations'

/** A larger one takes longer to look through than a person wants to wait for a cluster to open. */
const LOOKED_THROUGH_BYTES = 32 * 1_048_576

export interface BookFile {
  readonly db: Database.Database
  readonly inMemory: boolean
  /** What is at the path is still what was opened. */
  isThere(): boolean
  close(): void
}

export interface OpenedBook {
  readonly file: BookFile
  readonly note: StartNote | null
}

/** Paths that this process has had open: their header may not be read past SQLite any more (sqlite/README.md). */
const hadOpen = new Set<string>()

function ownerOf(db: Database.Database): string | null {
  const [raw] = db.prepare(`SELECT ${cell('owner', 'owner')} FROM file LIMIT 1`).all()
  return raw === undefined ? null : (readRow(raw).row as { readonly owner: string }).owner
}

function refuseOther(found: string | null, owner: string): void {
  if (found !== null && found !== owner) throw new Error(`the file is the history of another cluster: ${found}`)
}

function useLog(db: Database.Database): void {
  const [row] = db.pragma('journal_mode = WAL') as readonly { readonly journal_mode: string }[]
  if (row?.journal_mode !== 'wal') throw notUsable('SQLITE_BUSY', 'the file is held by another program')
  db.pragma('synchronous = NORMAL')
  // Checkpoints come in a turn of their own (writer.ts), not in the middle of a commit.
  db.pragma('wal_autocheckpoint = 0')
  db.pragma('journal_size_limit = 1048576')
}

function prepare(db: Database.Database, owner: string): void {
  if (versionOf(db) < BOOK_MIGRATIONS.length) migrate(db, BOOK_MIGRATIONS)
  if (ownerOf(db) === null) db.prepare('INSERT INTO file (id, owner) VALUES (?, ?)').run(randomUUID(), owner)
}

function connect(path: string, owner: string): Database.Database {
  const wasKilled = lengthOf(`${path}-wal`) > 0
  hadOpen.add(path)
  const db = new Database(path)
  try {
    // There is one writer, and whoever reads holds nothing for long.
    db.pragma('busy_timeout = 50')
    const version = versionOf(db)
    if (version > BOOK_MIGRATIONS.length) throw new NewerFile()
    refuseStranger(db, version, BOOK_MIGRATIONS)
    if (version > 0) refuseOther(ownerOf(db), owner)
    // Only a file that has no page yet takes it.
    else db.pragma('auto_vacuum = INCREMENTAL')
    if (wasKilled && lengthOf(path) <= LOOKED_THROUGH_BYTES) {
      const fault = structureFault(db)
      if (fault !== null) throw new Error(`the file is damaged: ${fault}`)
    }
    useLog(db)
    prepare(db, owner)
    // Whole before it is used: beside a file without a page SQLite deletes the log.
    db.pragma('wal_checkpoint(TRUNCATE)')
    for (const tail of ALL_OF_IT) if (isFile(path + tail)) chmodSync(path + tail, 0o600)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function onDisk(path: string, db: Database.Database): BookFile {
  const opened = fileAt(path)
  return {
    db,
    inMemory: false,
    isThere: () => fileAt(path) === opened,
    close() {
      if (!db.open) return
      try {
        // So that the next start finds no log: this is what a clean end looks like.
        db.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        db.close()
      }
    },
  }
}

function inMemory(owner: string): BookFile {
  const db = new Database(':memory:')
  prepare(db, owner)
  return {
    db,
    inMemory: true,
    isThere: () => true,
    close: () => {
      if (db.open) db.close()
    },
  }
}

/** For a run that cannot use the file at the path. */
export const inMemoryBook = (
  path: string,
  owner: string,
  text: StartNote['text'] = 'history-unwritable',
): OpenedBook => ({ file: inMemory(owner), note: { text, path } })

/** For the one writer, who has the lock. Does not throw. */
export function openBook(path: string, owner: string, now: number, onProblem: (cause: unknown) => void): OpenedBook {
  let problem: unknown
  try {
    mkdirSync(dirname(path), { recursive: true })
    refuseUnusable(path)
    const strayLog = hadOpen.has(path) ? null : setStrayLogAside(path, now)
    const file = onDisk(path, connect(path, owner))
    return { file, note: strayLog === null ? null : { text: 'history-log-aside', path: strayLog } }
  } catch (cause) {
    problem = cause
    onProblem(cause)
    if (cause instanceof NewerFile) return inMemoryBook(path, owner, 'history-newer')
  }
  if (!isDamage(problem)) return inMemoryBook(path, owner)
  return beginAnew(path, owner, now, onProblem)
}

/** Puts aside what is at the path, whatever it is. Does not throw. */
export function beginAnew(path: string, owner: string, now: number, onProblem: (cause: unknown) => void): OpenedBook {
  try {
    const aside = ALL_OF_IT.some((tail) => isThere(path + tail)) ? setAside(path, now) : null
    const file = onDisk(path, connect(path, owner))
    return { file, note: aside === null ? null : { text: 'history-set-aside', path: aside } }
  } catch (cause) {
    onProblem(cause)
    return inMemoryBook(path, owner)
  }
}

/** For reading beside a writer, of whichever process; null = there is none. Throws what SQLite throws, and at a file that is not this cluster's. */
export function openForReading(path: string, owner: string): BookFile | null {
  if (lengthOf(path) === 0) return null
  hadOpen.add(path)
  const db = new Database(path)
  try {
    db.pragma('busy_timeout = 1000')
    db.pragma('query_only = ON')
    const version = versionOf(db)
    if (version > BOOK_MIGRATIONS.length) throw new NewerFile(`a newer Highwater wrote ${path}`)
    if (version === 0) {
      db.close()
      return null
    }
    refuseOther(ownerOf(db), owner)
    const opened = fileAt(path)
    return { db, inMemory: false, isThere: () => fileAt(path) === opened, close: () => db.close() }
  } catch (cause) {
    db.close()
    throw cause
  }
}
