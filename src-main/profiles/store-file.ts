/**
 * Opens `highwater.db` in the profile folder: SQLite through libsql, WAL. A file we cannot read is renamed and kept; one that a newer Highwater wrote,
 * or that is well and cannot be used now (held, disk full), is left where it is. A migration keeps the file as it was. Nothing is ever written over
 * what could not be read.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import type { StartNote } from '../contract/ipc'
import { MIGRATIONS } from './migrations'
import { brokenText, columnsOf, missingIn } from './store-check'

export interface StoreFile {
  readonly db: Database.Database
  /** null when all is well. */
  readonly note: StartNote | null
  /**
   * Throws when the file that is open is not the one at its path any more: it was deleted or replaced while Highwater ran, and what is written now would
   * not be there at the next start.
   */
  prove(): void
  /** Brings everything into the one file, so that copying it is a backup. */
  close(): void
}

class NewerFile extends Error {}

/** The disk is full, the file is held or may not be written, the copy of the old one failed: nothing that is wrong with what stands in it. */
const NOT_OF_THE_FILE = /^(SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PERM|NOMEM)|E[A-Z]+$)/

export const isDamage = (cause: unknown): boolean => {
  const { code } = cause as { readonly code?: unknown }
  return typeof code !== 'string' || !NOT_OF_THE_FILE.test(code)
}

const versionOf = (db: Database.Database): number => {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}

/** What is at this path, as device and inode; null = nothing. */
function fileAt(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`
}

/** The last rows are in the write-ahead log, so that both files have to be the ones that were opened. */
function proofOf(path: string): () => void {
  const main = fileAt(path)
  let log = fileAt(`${path}-wal`)
  return () => {
    const now = fileAt(`${path}-wal`)
    log ??= now
    if (fileAt(path) === main && now === log) return
    throw new Error(
      `${path} was deleted or replaced while Highwater was running. Nothing more is kept: start Highwater again`,
    )
  }
}

function migrate(db: Database.Database, path: string, migrations: readonly string[]): void {
  const version = versionOf(db)
  if (version > migrations.length) throw new NewerFile()
  if (version === migrations.length) return
  if (version > 0 && path !== ':memory:') {
    // All of it must be in the one file that is copied, not half in the write-ahead log.
    db.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(path, `${path}.v${version}`)
  }
  for (let step = version; step < migrations.length; step += 1) {
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(migrations[step]!)
      db.exec(`PRAGMA user_version = ${step + 1}`)
      db.exec('COMMIT')
    } catch (cause) {
      db.exec('ROLLBACK')
      throw cause
    }
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

function refuseBroken(db: Database.Database, migrations: readonly string[]): void {
  const missing = missingIn(columnsOf(db), expectedColumns(migrations))
  if (missing !== null) throw new Error(`the file is damaged: it has no ${missing}`)
  const broken = brokenText(db)
  if (broken !== null) throw new Error(`the file is damaged: ${broken} is not text`)
}

/** A power cut leaves files of no length. Beside a log that holds something it is a young file of ours. */
const isEmptied = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.size === 0 &&
  (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0

function open(path: string, migrations: readonly string[]): Database.Database {
  if (path !== ':memory:' && isEmptied(path)) throw new Error('the file is empty: what it held is lost')
  const db = new Database(path)
  try {
    db.pragma('busy_timeout = 2000')
    // Reads the whole file once: a damaged page must be found now, not when a cluster is saved at 3 am.
    const check = db.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined
    if (check?.quick_check !== 'ok') throw new Error(`the file is damaged: ${check?.quick_check ?? 'no answer'}`)
    if (versionOf(db) > migrations.length) throw new NewerFile()
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db, path, migrations)
    if (path === ':memory:') return db
    refuseBroken(db, migrations)
    // It names clusters and people.
    for (const tail of ['', '-wal', '-shm']) if (existsSync(path + tail)) chmodSync(path + tail, 0o600)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** Name for a file that is put aside: sorts by time, never taken. */
function asideName(path: string, now: number): string {
  const base = `${path}.unreadable-${new Date(now).toISOString().replace(/[:.]/g, '-')}`
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? base : `${base}-${n}`
    if (!existsSync(name)) return name
  }
}

function setAside(path: string, now: number): string {
  const aside = asideName(path, now)
  renameSync(path, aside)
  for (const tail of ['-wal', '-shm']) if (existsSync(path + tail)) renameSync(path + tail, aside + tail)
  return aside
}

const asStore = (db: Database.Database, note: StartNote | null, prove: () => void): StoreFile => ({
  db,
  note,
  prove,
  close: () => {
    if (!db.open) return
    // libsql leaves the log behind when it closes (seen on 0.5.29).
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
  },
})

const inMemory = (migrations: readonly string[], note: StartNote): StoreFile =>
  asStore(open(':memory:', migrations), note, () => undefined)

export function openStoreFile(
  path: string,
  now: number,
  onProblem: (cause: unknown) => void,
  migrations = MIGRATIONS,
): StoreFile {
  let problem: unknown
  try {
    mkdirSync(dirname(path), { recursive: true })
    return asStore(open(path, migrations), null, proofOf(path))
  } catch (cause) {
    problem = cause
    onProblem(cause)
    if (cause instanceof NewerFile) return inMemory(migrations, { text: 'storage-newer', path })
  }
  try {
    if (!existsSync(path) || !isDamage(problem)) return inMemory(migrations, { text: 'storage-unwritable', path })
    const aside = setAside(path, now)
    return asStore(open(path, migrations), { text: 'storage-set-aside', path: aside }, proofOf(path))
  } catch (cause) {
    onProblem(cause)
    return inMemory(migrations, { text: 'storage-unwritable', path })
  }
}
