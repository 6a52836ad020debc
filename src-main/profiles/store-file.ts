/**
 * Opens `highwater.db` in the profile folder: SQLite through libsql. A file we cannot read is renamed and kept; one that a newer Highwater wrote, or that
 * is well and cannot be used now (held, disk full), is left where it is. A migration keeps the file as it was, and so does a recovery. Nothing is ever
 * written over what could not be read, and nothing is written into a database that is not ours.
 *
 * A commit is in the one file when it returns (`journal_mode` TRUNCATE), never in a log beside it: a log that is lost, cut or exchanged takes the last lines
 * of the journal with it, and a log of another file is worked in by SQLite without a word. What WAL would save is a few fsyncs per line of the journal.
 */
import { createHash } from 'node:crypto'
import { chmodSync, constants, copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import type { StartNote } from '../contract/ipc'
import { cell, readRow } from '../ports/stored-row'
import {
  ALL_OF_IT,
  fileAt,
  freeName,
  isDamage,
  isFile,
  isThere,
  lengthOf,
  LOGS,
  notUsable,
  refuseUnusable,
  setAside,
  setStrayLogAside,
} from '../sqlite/file-aside'
import { migrate, NewerFile, refuseStranger, versionOf } from '../sqlite/schema'
import { brokenText, columnsOf, structureFault } from '../sqlite/store-check'
import { MIGRATIONS } from './migrations'
import { isBehind, readMark, transactionsOf, writeMark } from './store-mark'
import type { Mark } from './store-mark'

export interface StoreFile {
  readonly db: Database.Database
  /** null when all is well. */
  readonly note: StartNote | null
  /**
   * Throws when the file that is open is not the one at its path any more, or not as we left it: it was deleted, replaced or written over while Highwater
   * ran, and what is written now would not be there at the next start.
   */
  prove(): void
  /** Remembers how far the file is now, so that a start that finds an older one says so. Does not throw. */
  mark(): void
  close(): void
}

/** A look at the opened database before it is taken for well: what it throws is damage. */
type TryOut = (db: Database.Database) => void

/** Before SQLite works a log into the file, which it does not take back: both are kept as they are, once, whatever becomes of it. */
function keepBeforeRecovery(path: string): void {
  const logs = LOGS.filter((log) => lengthOf(path + log) > 0)
  if (logs.length === 0 || !isThere(path)) return
  const hash = createHash('sha256')
  for (const tail of ['', ...logs]) hash.update(readFileSync(path + tail))
  const kept = `${path}.before-${hash.digest('hex').slice(0, 16)}`
  for (const tail of ['', ...logs]) if (!isThere(kept + tail)) copyFileSync(path + tail, kept + tail)
}

/** As it was before its migration. */
function keepOld(path: string, version: number): void {
  copyFileSync(path, freeName(`${path}.v${version}`, isFile), constants.COPYFILE_EXCL)
}

function refuseBrokenText(db: Database.Database): void {
  const broken = brokenText(db)
  if (broken !== null) throw new Error(`the file is damaged: ${broken} is not text`)
}

function commitIntoTheFile(db: Database.Database): void {
  const [row] = db.pragma('journal_mode = TRUNCATE') as readonly { readonly journal_mode: string }[]
  if (row?.journal_mode !== 'truncate') throw notUsable('SQLITE_BUSY', 'the file is held by another program')
  db.pragma('synchronous = FULL')
}

function open(path: string, migrations: readonly string[], tryOut: TryOut): Database.Database {
  const db = new Database(path)
  try {
    db.pragma('busy_timeout = 2000')
    const fault = structureFault(db)
    if (fault !== null) throw new Error(`the file is damaged: ${fault}`)
    const version = versionOf(db)
    if (version > migrations.length) throw new NewerFile()
    if (path !== ':memory:') {
      refuseStranger(db, version, migrations)
      refuseBrokenText(db)
      commitIntoTheFile(db)
      if (version > 0 && version < migrations.length) keepOld(path, version)
    }
    if (version < migrations.length) migrate(db, migrations)
    // It names clusters and people.
    if (path !== ':memory:') for (const tail of ALL_OF_IT) if (isFile(path + tail)) chmodSync(path + tail, 0o600)
    tryOut(db)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** How the id of a file is asked for; null: a file of migrations that give it none. */
function idQuestion(db: Database.Database): (() => string) | null {
  if (!columnsOf(db).has('file')) return null
  const ask = db.prepare(`SELECT ${cell('id', 'id')} FROM file LIMIT 1`)
  return () => {
    // SQLite takes the pages it remembers for those of the file while the change counter is the same, which that of another file may be.
    db.exec('PRAGMA shrink_memory')
    // To its end: a statement that is left in the middle keeps its view of the file.
    const [raw] = ask.all()
    return raw === undefined ? '' : (readRow(raw).row as { readonly id: string }).id
  }
}

const inMemory = (db: Database.Database, note: StartNote | null): StoreFile => ({
  db,
  note,
  prove: () => undefined,
  mark: () => undefined,
  close: () => {
    if (db.open) db.close()
  },
})

/** `noteOf` is told where the file is now. */
function onDisk(
  db: Database.Database,
  path: string,
  noteOf: (now: Mark) => StartNote | null,
  onProblem: (cause: unknown) => void,
): StoreFile {
  const opened = fileAt(path)
  const askId = idQuestion(db)
  const id = askId?.() ?? ''
  let known: Mark = { file: id, transactions: transactionsOf(path) }
  /** It only ever grows: SQLite takes a page that is cut off in the middle for one that ends in zeros. */
  let length = lengthOf(path)
  const note = noteOf(known)
  const isOurs = (): boolean =>
    fileAt(path) === opened &&
    lengthOf(path) >= length &&
    transactionsOf(path) >= known.transactions &&
    (askId === null || askId() === id)
  const prove = (): void => {
    if (!isOurs())
      throw new Error(
        `${path} was deleted or replaced while Highwater was running. Nothing more is kept: start Highwater again`,
      )
  }
  const mark = (): void => {
    try {
      if (askId === null || !isOurs()) return
      known = { file: id, transactions: transactionsOf(path) }
      length = lengthOf(path)
      writeMark(path, known)
    } catch (cause) {
      onProblem(cause)
    }
  }
  mark()
  return {
    db,
    note,
    prove,
    mark,
    close: () => {
      if (!db.open) return
      mark()
      db.close()
    },
  }
}

/** `tryOut`: a last look at what was opened, before it is taken for well; called again for a file that takes its place. */
export function openStoreFile(
  path: string,
  now: number,
  onProblem: (cause: unknown) => void,
  migrations = MIGRATIONS,
  tryOut: TryOut = () => undefined,
): StoreFile {
  const memory = (note: StartNote | null): StoreFile => inMemory(open(':memory:', migrations, tryOut), note)
  if (path === ':memory:') return memory(null)
  let problem: unknown
  try {
    mkdirSync(dirname(path), { recursive: true })
    const mark = readMark(path)
    const isNew = !isThere(path)
    refuseUnusable(path)
    const strayLog = setStrayLogAside(path, now)
    keepBeforeRecovery(path)
    const noteOf = (found: Mark): StartNote | null => {
      if (mark !== null && isNew) return { text: 'storage-gone', path }
      if (mark !== null && isBehind(found, mark)) return { text: 'storage-older', path }
      return strayLog === null ? null : { text: 'storage-log-aside', path: strayLog }
    }
    return onDisk(open(path, migrations, tryOut), path, noteOf, onProblem)
  } catch (cause) {
    problem = cause
    onProblem(cause)
    if (cause instanceof NewerFile) return memory({ text: 'storage-newer', path })
  }
  try {
    if (!isDamage(problem)) return memory({ text: 'storage-unwritable', path })
    const aside = setAside(path, now)
    return onDisk(open(path, migrations, tryOut), path, () => ({ text: 'storage-set-aside', path: aside }), onProblem)
  } catch (cause) {
    onProblem(cause)
    return memory({ text: 'storage-unwritable', path })
  }
}
