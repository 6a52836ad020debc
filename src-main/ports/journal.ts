/** Where changes are written down; history/journal.ts over SQLite is the real one. */
import type { JournalEntry, JournalFilter, JournalPage, JournalRow } from '../contract/journal'

export type NewJournalRow = Omit<JournalRow, 'seq' | 'at'>

export interface JournalPort {
  /** False where rows would not outlive this run (our file cannot be written): nothing may be changed then. */
  readonly durable: boolean
  /** Written through to the disk when it returns; throws when it could not be. Answers the whole row. */
  append(row: NewJournalRow): JournalRow
  /** Rows of one change, oldest first; [] = no such change. Throws when one of them cannot be read: a change is never told with a line left out. */
  rows(change: string): readonly JournalRow[]
  /** Changes something is left to be done or settled with (not discarded, not ended), newest first. */
  open(): readonly JournalEntry[]
  list(filter: JournalFilter): JournalPage
}
