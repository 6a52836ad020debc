/**
 * Keeps a history file below its bound: the oldest events and samples go first, incidents last, in steps that are short enough to be taken between two turns. What was deleted leaves pages that
 * new rows take, so the file stops growing at the bound; pages beyond it are given back to the system.
 */
import type Database from 'libsql'
import { TIERS } from '../../domain/samples/tiers'
import type { InTransaction } from './book-tables'
import { CHUNK } from './event-table'
import type { MomentTable } from './moment-table'
import type { Names } from './names'
import { TOPICS_PER_ROW } from './sample-code'
import { createForgetting } from './sample-forget'

/** What the log beside the file may take, and what is written before the next step. */
const SPARE_BYTES = 16 * 1_048_576
/** One deletes down to here and not to the bound, so that it does not begin again with every batch. */
const DOWN_TO = 0.98
const STEP_MS = 3
const PAGES_GIVEN_BACK = 64
const NAMES_LOOKED_AT = 50

export interface Room {
  /** One step. false = nothing is left to do. Throws what SQLite throws. */
  step(now: number): boolean
}

const numberOf = (row: unknown, name: string): number => (row as Readonly<Record<string, number>>)[name]!

/** `isNaming`: topics have numbers whose rows are still to come. */
export function createRoom(
  db: Database.Database,
  names: Names,
  moments: Pick<MomentTable, 'forgetBefore'>,
  limitBytes: number,
  inTransaction: InTransaction,
  isNaming: () => boolean,
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
      AND NOT EXISTS (SELECT 1 FROM sample WHERE tier IN (${TIERS.map((_, tier) => tier).join(', ')}) AND bucket IN (name.id / ${TOPICS_PER_ROW}, -2 - name.id / ${TOPICS_PER_ROW}))
      AND NOT EXISTS (SELECT 1 FROM event INDEXED BY event_topic WHERE event.topic = name.id AND event.topic > 0)`,
  )
  const oldestSeq = one('SELECT coalesce(min(seq), 0) AS seq FROM event', 'seq')
  const lastName = one('SELECT coalesce(max(id), 0) AS id FROM name', 'id')
  const deleteIncidents = db.prepare(
    'DELETE FROM incident WHERE id IN (SELECT id FROM incident WHERE id < (SELECT max(id) FROM incident) ORDER BY id LIMIT 1)',
  )
  const oldestOf = db.prepare(
    'SELECT min(at) AS at FROM event WHERE seq = (SELECT min(seq) FROM event) AND seq < (SELECT max(seq) FROM event)',
  )
  /** null = there is none to delete. */
  const oldestEvent = (): number | null => (oldestOf.all()[0] as { readonly at: number | null }).at
  const forgetting = createForgetting(db)
  let isOver = false
  let rows = 100
  let name = 0

  /** Names nothing refers to any more. */
  const sweepNames = (): void => {
    if (isNaming()) return
    if (deleteNames.run(name).changes > 0) names.forget()
    name += NAMES_LOOKED_AT
    if (name >= lastName()) name = 0
  }
  /** Old samples, as many pieces as a step has time for. */
  const forgetSamples = (now: number): boolean => {
    if (!forgetting.hasWork(now)) return false
    const began = performance.now()
    inTransaction(() => {
      while (forgetting.step() && performance.now() - began < STEP_MS);
    })
    return true
  }
  const deleteSome = (): boolean => {
    const samplesOf = forgetting.oldest()
    if (samplesOf !== null && samplesOf < (oldestEvent() ?? Number.POSITIVE_INFINITY)) {
      forgetting.makeRoom()
      return true
    }
    const began = performance.now()
    let deleted = 0
    inTransaction(() => {
      deleted = deleteEvents.run(rows).changes
      if (deleted === 0) deleted = deleteIncidents.run().changes
      else {
        deleteTimes.run()
        moments.forgetBefore(oldestSeq())
        sweepNames()
      }
    })
    const took = performance.now() - began
    rows = took > STEP_MS ? Math.max(10, Math.floor(rows / 2)) : Math.min(500, rows + 20)
    return deleted > 0
  }
  return {
    step(now) {
      if (forgetSamples(now)) return true
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
