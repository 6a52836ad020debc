/**
 * Opens `highwater.db` in the profile folder: SQLite through libsql. A file we cannot read is renamed and kept; one that a newer Highwater wrote, or that
 * is well and cannot be used now (held, disk full), is left where it is. A migration keeps the file as it was, and so does a recovery. Nothing is ever
 * written over what could not be read, and nothing is written into a database that is not ours.
 *
 * A commit is in the one file when it returns (`journal_mode` TRUNCATE), never in a log beside it: a log that is lost, cut or exchanged takes the last lines
 * of the journal with it, and a log of another file is worked in by SQLite without a word. What WAL would save is a few fsyncs per line of the journal.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import type { StartNote } from '../contract/ipc'
import { cell, readRow } from '../ports/stored-row'
import { MIGRATIONS } from './migrations'
import { brokenText, columnsOf, missingIn, structureFault } from './store-check'
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

class NewerFile extends Error {}

/** The disk is full, the file is held or may not be written, the copy of the old one failed: nothing that is wrong with what stands in it. */
const NOT_OF_THE_FILE = /^(SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PERM|NOMEM)|E[A-Z]+$)/

export const isDamage = (cause: unknown): boolean => {
  const { code } = cause as { readonly code?: unknown }
  return typeof code !== 'string' || !NOT_OF_THE_FILE.test(code)
}

const notUsable = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** What SQLite may have beside the file, each of which it works into the file when it opens it. */
const LOGS = ['-wal', '-journal'] as const
const ALL_OF_IT = ['', '-shm', ...LOGS] as const

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** Bytes of a file; 0 when there is none. */
const lengthOf = (path: string): number => (isFile(path) ? statSync(path).size : 0)

const versionOf = (db: Database.Database): number => {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}

/** First name of a row of numbered ones that nothing has. */
function freeName(base: string, isTaken: (name: string) => boolean): string {
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? base : `${base}-${n}`
    if (!isTaken(name)) return name
  }
}

/** Name for what is put aside: sorts by time, never taken. */
const asideName = (path: string, now: number): string =>
  freeName(`${path}.unreadable-${new Date(now).toISOString().replace(/[:.]/g, '-')}`, (name) =>
    ALL_OF_IT.some((tail) => isThere(name + tail)),
  )

/** Answers the name of what was put aside: the file, or where that is gone what is left of it. */
function setAside(path: string, now: number): string {
  const aside = asideName(path, now)
  const tails = ALL_OF_IT.filter((tail) => isThere(path + tail))
  for (const tail of tails) renameSync(path + tail, aside + tail)
  return aside + (tails[0] ?? '')
}

/** Throws where SQLite would begin a new file beside, or in place of, something that holds what we kept. */
function refuseUnusable(path: string): void {
  if (!isThere(path)) {
    if (LOGS.some((log) => lengthOf(path + log) > 0)) throw new Error('the file is gone and its log is not')
    return
  }
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw notUsable('ENOENT', `${path} leads to a file that is not there`)
  if (!stat.isFile()) throw notUsable('EISDIR', `${path} is not a file`)
  // A power cut leaves files of no length, and SQLite takes one for new and deletes its log.
  if (stat.size === 0) throw new Error('the file is empty: what it held is lost')
}

/** Whether SQLite would look for a log `-wal`: the read and write versions in the header (SQLite's file format, 1.3.3). */
function isInWalMode(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(2)
    readSync(file, bytes, 0, 2, 18)
    return bytes.includes(2)
  } finally {
    closeSync(file)
  }
}

/** A log `-wal` beside a file that has none is of another one, and SQLite would work it in all the same. Answers its new name, null = there was none. */
function setStrayLogAside(path: string, now: number): string | null {
  const log = `${path}-wal`
  if (lengthOf(path) === 0 || lengthOf(log) === 0 || isInWalMode(path)) return null
  const aside = asideName(log, now)
  renameSync(log, aside)
  return aside
}

/** Before SQLite works a log into the file, which it does not take back: both are kept as they are, once, whatever becomes of it. */
function keepBeforeRecovery(path: string): void {
  const logs = LOGS.filter((log) => lengthOf(path + log) > 0)
  if (logs.length === 0 || !isThere(path)) return
  const hash = createHash('sha256')
  for (const tail of ['', ...logs]) hash.update(readFileSync(path + tail))
  const kept = `${path}.before-${hash.digest('hex').slice(0, 16)}`
  for (const tail of ['', ...logs]) if (!isThere(kept + tail)) copyFileSync(path + tail, kept + tail)
}

function migrate(db: Database.Database, path: string, migrations: readonly string[]): void {
  const version = versionOf(db)
  if (version === migrations.length) return
  if (version > 0 && path !== ':memory:') {
    copyFileSync(path, freeName(`${path}.v${version}`, isFile), constants.COPYFILE_EXCL)
  }
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const step of migrations.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

/** The columns that a file has after these migrations. */
function expectedColumns(migrations: readonly string[]): ReturnType<typeof columnsOf> {
  const db = new Database(':memory:')
  try {
    for (const migration of migrations) db.exec(migration)
    return columnsOf(db)
  } finally {
    db.close()
  }
}

/** Before anything is written into it: a database that has not what its version says is not ours, or is no longer whole. */
function refuseStranger(db: Database.Database, version: number, migrations: readonly string[]): void {
  const found = columnsOf(db)
  if (version < 0) throw new Error(`the file is damaged: there is no version ${version}`)
  if (version === 0 && found.size > 0) throw new Error('the file is a database of another program')
  const missing = missingIn(found, expectedColumns(migrations.slice(0, version)))
  if (missing !== null) throw new Error(`the file is damaged: it has no ${missing}`)
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
      commitIntoTheFile(db)
    }
    migrate(db, path, migrations)
    // It names clusters and people.
    if (path !== ':memory:') for (const tail of ALL_OF_IT) if (isFile(path + tail)) chmodSync(path + tail, 0o600)
    tryOut(db)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** What is at this path, as device and inode; null = nothing. */
function fileAt(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`
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
