/**
 * The journal in our own file (table of profiles/migrations.ts): one row per step of a change, only ever added to, on the disk before `append`
 * returns (the file runs with synchronous=FULL, so the commit waits for the disk).
 *
 * A row that cannot be read (damaged, not what its type says, or of a later format) is never thrown away and never skipped: folding a change
 * without one of its lines would tell a story that did not happen. Its change alone cannot be opened; the lists, which read no bodies, still show
 * it with all others.
 */
import type Database from 'libsql'
import type { JournalRow } from '../contract/journal'
import type { JournalPort, NewJournalRow } from '../ports/journal'
import { isState } from './event-schema'
import { toBody } from './journal-body'
import { createJournalLists } from './journal-list'
import { namedBy, nextSoFar } from './journal-summary'
import type { SoFar } from './journal-summary'
import { FORMAT, readEvent, UnreadableRow } from './read-event'
import { checksumOf, ROW_COLUMNS } from './row-checksum'
import type { RowColumns } from './row-checksum'

interface Row extends RowColumns {
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
  /** null: of a row that was written before there were any. */
  readonly checksum: string | null
}

function toRow(row: Row): JournalRow {
  // What a later one keeps in it, and in its other columns, is not ours to judge.
  if (row.format <= FORMAT && row.checksum !== null && row.checksum !== checksumOf(row))
    throw new UnreadableRow(row.seq, 'is damaged: its checksum does not match')
  const event = readEvent(row)
  if (!isState(row.state)) throw new UnreadableRow(row.seq, `is damaged: there is no state "${row.state}"`)
  return {
    seq: row.seq,
    at: row.at,
    change: row.change,
    cluster: row.cluster,
    clusterName: row.cluster_name,
    clusterId: row.cluster_id,
    osUser: row.os_user,
    principal: row.principal,
    state: row.state,
    event,
  }
}

const COLUMNS = [...ROW_COLUMNS, 'checksum']

const SO_FAR = 'began, draft, confirmed, kind, level, undo_of AS undoOf, undone_by AS undoneBy, applied, items'
const INSERT = `INSERT INTO journal (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`

/**
 * `durable` false: the rows live in memory only, as long as this run. `prove` throws when what is written now would not be found by the next start
 * (profiles/store-file.ts): no row is added then. Every call is synchronous and throws what SQLite throws.
 */
export function createJournal(
  db: Database.Database,
  options: { readonly durable: boolean; readonly now: () => number; readonly prove: () => void },
): JournalPort {
  const ofChange = db.prepare(`SELECT ${COLUMNS.join(', ')} FROM journal WHERE change = ? ORDER BY seq`)
  const last = db.prepare(`SELECT ${SO_FAR} FROM journal WHERE change = ? ORDER BY seq DESC LIMIT 1`)
  const highest = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM journal')
  const insert = db.prepare(INSERT)
  const rows = (change: string): JournalRow[] => (ofChange.all(change) as Row[]).map(toRow)

  function write(row: NewJournalRow): JournalRow {
    const seq = (highest.get() as { seq: number }).seq + 1
    const at = options.now()
    const { change, cluster, clusterName, clusterId, osUser, principal, state, event } = row
    const before = (last.get(change) as SoFar | undefined) ?? null
    const soFar = nextSoFar(before, seq, event, () => rows(change).map((earlier) => earlier.event))
    const { topicCount, topics, keys, reason, words } = namedBy(event, [osUser, principal, clusterName])
    const columns: RowColumns = {
      seq,
      at,
      change,
      cluster,
      cluster_name: clusterName,
      cluster_id: clusterId,
      os_user: osUser,
      principal,
      state,
      began: soFar.began,
      draft: soFar.draft,
      confirmed: soFar.confirmed,
      kind: soFar.kind,
      level: soFar.level,
      undo_of: soFar.undoOf,
      undone_by: soFar.undoneBy,
      applied: soFar.applied,
      items: soFar.items,
      type: event.type,
      format: FORMAT,
      topic_count: topicCount,
      topics,
      keys,
      reason,
      words,
      body: toBody(event),
    }
    insert.run(...ROW_COLUMNS.map((column) => columns[column]), checksumOf(columns))
    return { ...row, seq, at }
  }

  return {
    durable: options.durable,
    append(row) {
      options.prove()
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
