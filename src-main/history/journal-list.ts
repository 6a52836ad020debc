import type Database from 'libsql'
import { BEFORE_APPLY, DONE, PLAN_LEVELS } from '../contract/change'
import type { ChangeState } from '../contract/change'
import type { EntryState, JournalEntry, JournalShow } from '../contract/journal'
import type { JournalPort } from '../ports/journal'
import { cell, readRow } from '../ports/stored-row'
import { isState } from './event-schema'

/** Something is left to be done or settled. What was applied counts until it is verified and watched to the end, whatever was found there. */
const OPEN: readonly ChangeState[] = [...BEFORE_APPLY, 'applying', 'unknown', 'applied', 'verified']
const APPLIED: readonly ChangeState[] = [...DONE, 'undone']

interface ListRow {
  readonly change: string
  readonly cluster: string
  readonly cluster_name: string
  readonly cluster_id: string
  readonly os_user: string
  readonly principal: string
  readonly kind: string
  readonly started_at: number
  readonly last_at: number
  readonly state: string
  readonly topic_count: number | null
  readonly topics: string | null
  readonly keys: string | null
  readonly level: string
  readonly reason: string | null
  readonly undo_of: string
  readonly undone_by: string
  readonly applied: number
  readonly items: number
  readonly began: number
}

/** A damaged list of names costs these names, not the entry: the change is still told, and opening it says what is wrong. */
function names(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}

const LEVELS = [...PLAN_LEVELS, ''] as const
const isLevel = (level: string): level is (typeof LEVELS)[number] => LEVELS.some((one) => one === level)
const isKind = (kind: string): kind is JournalEntry['kind'] => kind === 'config' || kind === 'election'

/** What is not of ours, in any of the three columns that are closed sets, makes the entry one that says so. */
const stateOf = ({ state, kind, level }: ListRow): EntryState =>
  isState(state) && isKind(kind) && isLevel(level) ? state : 'unreadable'

const toEntry = (row: ListRow, inDoubt: ReadonlyMap<string, number>): JournalEntry => ({
  change: row.change,
  cluster: row.cluster,
  clusterName: row.cluster_name,
  clusterId: row.cluster_id,
  osUser: row.os_user,
  principal: row.principal,
  kind: isKind(row.kind) ? row.kind : 'config',
  startedAt: row.started_at,
  lastAt: row.last_at,
  state: inDoubt.has(row.change) ? 'unreadable' : stateOf(row),
  topicCount: row.topic_count ?? 0,
  topics: names(row.topics),
  keys: names(row.keys),
  level: isLevel(row.level) ? row.level : '',
  reason: row.reason ?? '',
  undoOf: row.undo_of,
  undoneBy: row.undone_by,
  applied: row.applied,
  items: row.items,
})

/** h: first row of a change, l: its last, d: its newest draft, c: its newest confirmation. */
const CHANGES = `
  FROM journal h
  JOIN journal l ON l.seq = (SELECT max(seq) FROM journal WHERE change = h.change)
  JOIN journal d ON d.seq = l.draft
  LEFT JOIN journal c ON c.seq = l.confirmed
  WHERE h.seq = h.began`
const COLUMNS = [
  ...[
    'h.change',
    'h.cluster',
    'h.cluster_name',
    'l.cluster_id',
    'h.os_user',
    'h.principal',
    'l.kind',
    'l.state',
    'd.topic_count',
  ],
  ...['d.topics', 'd.keys', 'l.level', 'c.reason', 'l.undo_of', 'l.undone_by', 'l.applied', 'l.items'],
]
  .map((column) => cell(column, column.slice(2)))
  .concat(cell('h.at', 'started_at'), cell('l.at', 'last_at'), 'h.seq AS began')
  .join(', ')

const oneOf = (states: readonly ChangeState[]): string =>
  `l.state IN (${states.map((state) => `'${state}'`).join(', ')})`
const SHOWN: Readonly<Record<JournalShow, string>> = { open: oneOf(OPEN), applied: oneOf(APPLIED), all: '1' }

/**
 * Newest change first. Reads narrow columns only, whatever the size of the plans. `inDoubt`: changes that cannot be told, which are listed as unreadable,
 * and only where all are asked for.
 */
export function createJournalLists(
  db: Database.Database,
  inDoubt: ReadonlyMap<string, number>,
): Pick<JournalPort, 'open' | 'list'> {
  const heldBack = JSON.stringify([...inDoubt.keys()])
  const told = 'AND h.change NOT IN (SELECT value FROM json_each(?))'
  const open = db.prepare(`SELECT ${COLUMNS} ${CHANGES} AND ${SHOWN.open} ${told} ORDER BY h.seq DESC`)
  const entriesOf = (rows: readonly unknown[]): JournalEntry[] =>
    rows.map((raw) => toEntry(readRow(raw).row as ListRow, inDoubt))
  return {
    open: () => entriesOf(open.all(heldBack)),
    list({ cluster, text, show, before, limit }) {
      const needle = text.trim().toLowerCase()
      const parts: readonly (readonly [string, readonly string[]])[] = [
        [`AND ${SHOWN[show]}`, []],
        ...(show === 'all' ? [] : [[told, [heldBack]] as const]),
        ...(cluster === '' ? [] : [['AND h.cluster = ?', [cluster]] as const]),
        ...(needle === '' ? [] : [['AND (instr(d.words, ?) > 0 OR instr(c.words, ?) > 0)', [needle, needle]] as const]),
      ]
      const where = `${CHANGES} ${parts.map(([sql]) => sql).join(' ')}`
      const values = parts.flatMap(([, bound]) => bound)
      // One more than asked for tells whether there is a next page.
      const page = db
        .prepare(`SELECT ${COLUMNS} ${where} AND (? = 0 OR h.seq < ?) ORDER BY h.seq DESC LIMIT ?`)
        .all(...values, before, before, limit + 1)
      const { total } = db.prepare(`SELECT count(*) AS total ${where}`).get(...values) as { total: number }
      const shown = page.slice(0, limit)
      const last = shown.at(-1) as { readonly began: number } | undefined
      return {
        entries: entriesOf(shown),
        next: page.length > limit && last !== undefined ? last.began : 0,
        total,
      }
    },
  }
}
