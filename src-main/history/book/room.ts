/**
 * Keeps a history file below its bound: the oldest events go first, incidents last, in steps that are short enough to be taken between two turns. What was deleted leaves pages that
 * new rows take, so the file stops growing at the bound; pages beyond it are given back to the system.
 */
import type Database from 'libsql'
import { CHUNK } from './event-table'
import type { Names } from './names'

/** What the log beside the file may take, and what is written before the next step. */
const SPARE_BYTES = 16 * 1_048_576
/** One deletes down to here and not to the bound, so that it does not begin again with every batch. */
const DOWN_TO = 0.98
const STEP_MS = 3
const PAGES_GIVEN_BACK = 64
const NAMES_LOOKED_AT = 50

export interface Room {
  /** One step. false = nothing is left to do. Throws what SQLite throws. */
  step(): boolean
}

const numberOf = (row: unknown, name: string): number => (row as Readonly<Record<string, number>>)[name]!

/** `inTransaction`: of the writer, as each of its writes is in one. */
export function createRoom(
  db: Database.Database,
  names: Names,
  limitBytes: number,
  inTransaction: (work: () => void) => void,
): Room {
  const one = (sql: string, name: string): (() => number) => {
    const statement = db.prepare(sql)
    return () => numberOf(statement.all()[0], name)
  }
  const pageSize = one('PRAGMA page_size', 'page_size')()
  const pages = one('PRAGMA page_count', 'page_count')
  const free = one('PRAGMA freelist_count', 'freelist_count')
  const bound = limitBytes - Math.min(SPARE_BYTES, limitBytes / 4)
  // The newest stays, so that numbers go on where they were.
  const deleteEvents = db.prepare(
    'DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE seq < (SELECT max(seq) FROM event) ORDER BY seq LIMIT ?)',
  )
  const deleteTimes = db.prepare(`DELETE FROM event_time WHERE chunk < (SELECT min(seq) FROM event) / ${CHUNK}`)
  const deleteNames = db.prepare(
    `DELETE FROM name WHERE id > ?1 AND id <= ?1 + ${NAMES_LOOKED_AT}
      AND NOT EXISTS (SELECT 1 FROM event INDEXED BY event_topic WHERE event.topic = name.id AND event.topic > 0)`,
  )
  const lastName = one('SELECT coalesce(max(id), 0) AS id FROM name', 'id')
  const deleteIncidents = db.prepare(
    'DELETE FROM incident WHERE id IN (SELECT id FROM incident WHERE id < (SELECT max(id) FROM incident) ORDER BY id LIMIT 1)',
  )
  let isOver = false
  let rows = 100
  let name = 0

  /** Names nothing refers to any more. */
  const sweepNames = (): void => {
    if (deleteNames.run(name).changes > 0) names.forget()
    name += NAMES_LOOKED_AT
    if (name >= lastName()) name = 0
  }
  const deleteSome = (): boolean => {
    const began = performance.now()
    let deleted = 0
    inTransaction(() => {
      deleted = deleteEvents.run(rows).changes
      if (deleted === 0) deleted = deleteIncidents.run().changes
      else {
        deleteTimes.run()
        sweepNames()
      }
    })
    const took = performance.now() - began
    rows = took > STEP_MS ? Math.max(10, Math.floor(rows / 2)) : Math.min(500, rows + 20)
    return deleted > 0
  }
  return {
    step() {
      const all = pages() * pageSize
      const used = all - free() * pageSize
      if (used > bound) isOver = true
      else if (used <= bound * DOWN_TO) isOver = false
      if (isOver && deleteSome()) return true
      isOver = false
      if (all <= bound || all === used) return false
      db.exec(`PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK})`)
      return pages() * pageSize < all
    },
  }
}
