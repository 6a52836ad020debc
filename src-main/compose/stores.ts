/** Everything that is kept between two starts, opened: our own file, and what stands in it. Needs no Electron. */
import { createAuditBook } from '../audit/audit-book'
import type { AuditBook } from '../audit/audit-book'
import type { StartNote } from '../contract/ipc'
import { createJournal } from '../history/journal'
import type { KeptJournal } from '../history/journal'
import { lineNumbers } from '../history/journal-damage'
import { createLossBook } from '../history/loss-book'
import type { KeptLossBook } from '../history/loss-book'
import { createKeptStore } from '../profiles/kept-store'
import type { KeptStore } from '../profiles/kept-store'
import { MIGRATIONS } from '../profiles/migrations'
import { createProfileStore } from '../profiles/profile-store'
import type { ProfileStore } from '../profiles/profile-store'
import { openStoreFile } from '../profiles/store-file'
import type { StoreFile } from '../profiles/store-file'

interface Parts {
  readonly kept: KeptStore
  readonly saved: ProfileStore
  readonly losses: KeptLossBook
  readonly audits: AuditBook
  readonly journal: KeptJournal
}

export interface Stores extends Parts {
  readonly file: StoreFile
  /** What of it is lost, set aside or not used, as far as the start found out. */
  readonly notes: readonly StartNote[]
}

const notesOf = (file: StoreFile, { kept, saved, losses, audits, journal }: Parts): StartNote[] => [
  ...(file.note === null ? [] : [file.note]),
  ...saved.unreadable().map((path): StartNote => ({ text: 'cluster-unreadable', path })),
  ...kept.unreadable.map((path): StartNote => ({ text: 'kept-unreadable', path })),
  ...(journal.damage.lines.length === 0
    ? []
    : [{ text: 'journal-unreadable', path: lineNumbers(journal.damage.lines) } as const]),
  ...(losses.unreadable === 0 ? [] : [{ text: 'losses-unreadable', path: String(losses.unreadable) } as const]),
  ...(audits.unreadable === 0 ? [] : [{ text: 'audit-unreadable', path: String(audits.unreadable) } as const]),
]

/** A start never fails because of this file: see profiles/store-file.ts. */
export function openStores(path: string, now: () => number, onProblem: (cause: unknown) => void): Stores {
  const opened: { parts?: Parts } = {}
  const prove = (): void => file.prove()
  // The first reading of each part belongs to the look at the file: what it throws is damage, and another file takes its place.
  const readAll = (db: StoreFile['db']): void => {
    opened.parts = {
      kept: createKeptStore(db, prove),
      saved: createProfileStore(db, prove),
      losses: createLossBook(db, prove),
      audits: createAuditBook(db, prove),
      journal: createJournal(db, { durable: !db.memory, now, prove, written: () => file.mark() }),
    }
  }
  const file: StoreFile = openStoreFile(path, now(), onProblem, MIGRATIONS, readAll)
  const parts = opened.parts!
  return { ...parts, file, notes: notesOf(file, parts) }
}
