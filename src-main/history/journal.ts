/**
 * The journal in our own file (table of profiles/migrations.ts): one row per step of a change, only ever added to, on the disk before `append`
 * returns (the file runs with synchronous=FULL, so the commit waits for the disk).
 *
 * A row that cannot be read (damaged, not what its type says, or of a later format) is never thrown away and never skipped: folding a change
 * without one of its lines would tell a story that did not happen. Its change alone cannot be opened; the lists, which read no bodies, still show
 * it with all others. Where nobody can say whose line it was, every change it may belong to is held back (journal-damage.ts).
 */
import type Database from 'libsql'
import type { JournalRow } from '../contract/journal'
import type { JournalPort, NewJournalRow } from '../ports/journal'
import { cell, cells, readRow } from '../ports/stored-row'
import { inTransaction } from '../sqlite/in-transaction'
import { isState } from './event-schema'
import { toBody } from './journal-body'
import { journalDamage } from './journal-damage'
import type { JournalDamage, ScannedLine } from './journal-damage'
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
  readonly began: number
  readonly type: string
  readonly format: number
  readonly body: string
  /** null: of a row that was written before there were any. */
  readonly checksum: string | null
}

function toRow(raw: unknown): JournalRow {
  const read = readRow(raw)
  const row = read.row as Row
  if (!read.isText) throw new UnreadableRow(row.seq, 'is damaged: it is not text')
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

const SO_FAR = [
  cells(['began', 'draft', 'confirmed', 'kind', 'level', 'applied', 'items']),
  cell('undo_of', 'undoOf'),
  cell('undone_by', 'undoneBy'),
].join(', ')
const INSERT = `INSERT INTO journal (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`

/** A checksum that matches is enough: bodies, which may be long, are taken apart only where there is none. */
function isWhole(raw: unknown): boolean {
  const { row, isText } = readRow(raw)
  const { checksum, format } = row as Row
  if (isText && checksum !== null && format <= FORMAT) return checksum === checksumOf(row as Row)
  try {
    toRow(raw)
    return true
  } catch {
    return false
  }
}

/** Reads every line once: what is damaged must be said at the start, not when somebody opens that change. */
function scan(db: Database.Database): JournalDamage {
  const lines: ScannedLine[] = []
  for (const raw of db.prepare(`SELECT ${cells(COLUMNS)} FROM journal ORDER BY journal.seq`).iterate()) {
    const { seq, change, state, began } = readRow(raw).row as Row
    lines.push({ seq, change, state, isFirst: began === seq, isWhole: isWhole(raw) })
  }
  return journalDamage(lines)
}

export interface KeptJournal extends JournalPort {
  /** As found when the journal was opened. */
  readonly damage: JournalDamage
}

/**
 * `durable` false: the rows live in memory only, as long as this run. `prove` throws when what is written now would not be found by the next start
 * (profiles/store-file.ts): no row is added then. `written` is called after each row that was. Every call is synchronous and throws what SQLite throws.
 */
export function createJournal(
  db: Database.Database,
  options: {
    readonly durable: boolean
    readonly now: () => number
    readonly prove: () => void
    readonly written?: () => void
  },
): KeptJournal {
  const damage = scan(db)
  const ofChange = db.prepare(`SELECT ${cells(COLUMNS)} FROM journal WHERE journal.change = ? ORDER BY journal.seq`)
  const last = db.prepare(`SELECT ${SO_FAR} FROM journal WHERE journal.change = ? ORDER BY journal.seq DESC LIMIT 1`)
  const highest = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM journal')
  const insert = db.prepare(INSERT)
  const rows = (change: string): JournalRow[] => {
    const all = ofChange.all(change).map(toRow)
    const line = damage.inDoubt.get(change)
    if (line !== undefined) throw new UnreadableRow(line, 'is damaged or missing, and may be one of this change')
    return all
  }
  const soFarOf = (change: string): SoFar | null => {
    const raw = last.get(change)
    return raw === undefined ? null : (readRow(raw).row as SoFar)
  }

  function write(row: NewJournalRow): JournalRow {
    const seq = (highest.get() as { seq: number }).seq + 1
    const at = options.now()
    const { change, cluster, clusterName, clusterId, osUser, principal, state, event } = row
    const soFar = nextSoFar(soFarOf(change), seq, event, () => rows(change).map((earlier) => earlier.event))
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
    damage,
    append(row) {
      options.prove()
      const written = inTransaction(db, () => write(row))
      options.written?.()
      return written
    },
    rows,
    ...createJournalLists(db, damage.inDoubt),
  }
}
