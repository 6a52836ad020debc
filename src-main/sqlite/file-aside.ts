/** A database of ours as files: what lies at its path, what may not be opened, and how it is put aside by name, so that nothing is ever written over what could not be read. */
import { closeSync, lstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'

/** The disk is full, the file is held or may not be written, the copy of the old one failed: nothing that is wrong with what stands in it. */
const NOT_OF_THE_FILE = /^(SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PERM|NOMEM)|E[A-Z]+$)/

export const isDamage = (cause: unknown): boolean => {
  const { code } = cause as { readonly code?: unknown }
  return typeof code !== 'string' || !NOT_OF_THE_FILE.test(code)
}

export const notUsable = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** What SQLite may have beside the file, each of which it works into the file when it opens it. */
export const LOGS = ['-wal', '-journal'] as const
export const ALL_OF_IT = ['', ...LOGS, '-shm'] as const

export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** Bytes of a file; 0 when there is none. */
export const lengthOf = (path: string): number => (isFile(path) ? statSync(path).size : 0)

/** First name of a row of numbered ones that nothing has. */
export function freeName(base: string, isTaken: (name: string) => boolean): string {
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
export function setAside(path: string, now: number): string {
  const aside = asideName(path, now)
  const tails = ALL_OF_IT.filter((tail) => isThere(path + tail))
  for (const tail of tails) renameSync(path + tail, aside + tail)
  return aside + (tails[0] ?? '')
}

/** Throws where SQLite would begin a new file beside, or in place of, something that holds what we kept. */
export function refuseUnusable(path: string): void {
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
export function setStrayLogAside(path: string, now: number): string | null {
  const log = `${path}-wal`
  if (lengthOf(path) === 0 || lengthOf(log) === 0 || isInWalMode(path)) return null
  const aside = asideName(log, now)
  renameSync(log, aside)
  return aside
}

/** What is at this path, as device and inode; null = nothing. */
export function fileAt(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`
}
