/**
 * The journal in our own file (table of profiles/migrations.ts): one row per step of a change, only ever added to, on the disk before `append`
 * returns (the file runs with synchronous=FULL, so the commit waits for the disk). Structurally what ports/journal.ts asks for.
 *
 * A row that cannot be read (damaged, or of a later format) is never thrown away and never skipped: folding a change without one of its lines
 * would tell a story that did not happen. Its change alone cannot be opened; the lists, which read no bodies, still show it with all others.
 */
import type Database from 'libsql'
import type { ChangeEvent, ChangeState } from '../contract/change'
import type { JournalEntry, JournalFilter, JournalPage, JournalRow } from '../contract/journal'
import { fromBody, toBody } from './journal-body'
import { createJournalLists } from './journal-list'
import { namedBy, nextSoFar } from './journal-summary'
import type { SoFar } from './journal-summary'

/** Of `body`. A row of a higher one was written by a later Highwater. */
const FORMAT = 1

export interface Journal {
  readonly durable: boolean
  append(row: Omit<JournalRow, 'seq' | 'at'>): JournalRow
  /** Throws when one of the rows cannot be read; the message names it. */
  rows(change: string): readonly JournalRow[]
  open(): readonly JournalEntry[]
  list(filter: JournalFilter): JournalPage
}

interface Row {
  readonly seq: number
  readonly at: number
  readonly change: string
  readonly cluster: string
  readonly cluster_name: string
  readonly cluster_id: string
  readonly os_user: string
  readonly principal: string
  readonly state: string
  readonly type: string
  readonly format: number
  readonly body: string
}

function toRow(row: Row): JournalRow {
  if (row.format > FORMAT)
    throw new Error(`line ${row.seq} of the journal was written by a later Highwater (format ${row.format})`)
  let event: unknown
  try {
    event = fromBody(row.body)
  } catch (cause) {
    throw new Error(`line ${row.seq} of the journal is damaged`, { cause })
  }
  return {
    seq: row.seq,
    at: row.at,
    change: row.change,
    cluster: row.cluster,
    clusterName: row.cluster_name,
    clusterId: row.cluster_id,
    osUser: row.os_user,
    principal: row.principal,
    state: row.state as ChangeState,
    event: event as ChangeEvent,
  }
}

const SO_FAR = 'began, draft, confirmed, kind, level, undo_of AS undoOf, undone_by AS undoneBy, applied, items'
const INSERT = `INSERT INTO journal (
    seq, at, change, cluster, cluster_name, cluster_id, os_user, principal, state, began, draft, confirmed, kind, level, undo_of, undone_by,
    applied, items, type, format, topic_count, topics, keys, reason, words, body)
  VALUES (${Array.from({ length: 26 }, () => '?').join(', ')})`

/** `durable` false: the rows live in memory only, as long as this run. Every call is synchronous and throws what SQLite throws. */
export function createJournal(
  db: Database.Database,
  options: { readonly durable: boolean; readonly now: () => number },
): Journal {
  const ofChange = db.prepare(
    'SELECT seq, at, change, cluster, cluster_name, cluster_id, os_user, principal, state, type, format, body FROM journal WHERE change = ? ORDER BY seq',
  )
  const last = db.prepare(`SELECT ${SO_FAR} FROM journal WHERE change = ? ORDER BY seq DESC LIMIT 1`)
  const highest = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM journal')
  const insert = db.prepare(INSERT)
  const rows = (change: string): JournalRow[] => (ofChange.all(change) as Row[]).map(toRow)

  function write(row: Omit<JournalRow, 'seq' | 'at'>): JournalRow {
    const seq = (highest.get() as { seq: number }).seq + 1
    const at = options.now()
    const { change, cluster, clusterName, clusterId, osUser, principal, state, event } = row
    const before = (last.get(change) as SoFar | undefined) ?? null
    const soFar = nextSoFar(before, seq, event, () => rows(change).map((earlier) => earlier.event))
    const { began, draft, confirmed, kind, level, undoOf, undoneBy, applied, items } = soFar
    const { topicCount, topics, keys, reason, words } = namedBy(event, [osUser, principal, clusterName])
    insert.run(
      seq,
      at,
      change,
      cluster,
      clusterName,
      clusterId,
      osUser,
      principal,
      state,
      began,
      draft,
      confirmed,
      kind,
      level,
      undoOf,
      undoneBy,
      applied,
      items,
      event.type,
      FORMAT,
      topicCount,
      topics,
      keys,
      reason,
      words,
      toBody(event),
    )
    return { ...row, seq, at }
  }

  return {
    durable: options.durable,
    append(row) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const written = write(row)
        db.exec('COMMIT')
        return written
      } catch (cause) {
        // A commit that failed for want of space has ended the transaction itself.
        if (db.inTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
    rows,
    ...createJournalLists(db),
  }
}
