import type Database from 'libsql'
import type { HistoryPage, KeptEvent } from '../../contract/history'
import type { EventFilter } from '../../ports/history'
import { EVENTS_AFTER, eventQueries } from './event-query'
import { cellsOf, eventOf, INSERT_EVENT } from './event-rows'
import { fillPage } from './fill-page'
import type { Names } from './names'

/** Numbers of events that share a row of `event_time`. */
export const CHUNK = 1_024
const chunkOf = (seq: number): number => Math.floor(seq / CHUNK)

function between(db: Database.Database, { from, until }: EventFilter): readonly [number, number] | null {
  if (from === undefined && until === undefined) return [0, Number.MAX_SAFE_INTEGER]
  const [row] = db
    .prepare('SELECT min(chunk) AS first, max(chunk) AS last FROM event_time WHERE high >= ? AND low < ?')
    .all(from ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER) as readonly {
    readonly first: number | null
    readonly last: number | null
  }[]
  if (row === undefined || row.first === null || row.last === null) return null
  return [row.first * CHUNK, (row.last + 1) * CHUNK - 1]
}

const NO_ROWS: HistoryPage<KeptEvent> = { rows: [], more: false, unreadable: 0 }

/** At most `limit` that can be read. Throws what SQLite throws. */
export function readEvents(
  db: Database.Database,
  names: Names,
  filter: EventFilter,
  limit: number,
): HistoryPage<KeptEvent> {
  const topic = names.find(filter.topic ?? '')
  if (filter.topic !== undefined && filter.topic !== '' && topic === 0) return NO_ROWS
  const range = between(db, filter)
  if (range === null) return NO_ROWS
  return fillPage(limit, filter.beforeSeq ?? Number.MAX_SAFE_INTEGER, (beforeSeq, count) => {
    const found = new Map<number, KeptEvent | null>()
    for (const { sql, values } of eventQueries({ filter: { ...filter, beforeSeq }, topic, between: range }, count))
      for (const raw of db.prepare(sql).all(...values)) found.set((raw as { readonly seq: number }).seq, eventOf(raw))
    return [...found]
      .map(([id, row]) => ({ id, row }))
      .sort((a, b) => b.id - a.id)
      .slice(0, count)
  })
}

/** Oldest first. One that cannot be read is counted, and missing among the numbers. Throws what SQLite throws. */
export function readEventsAfter(db: Database.Database, seq: number, limit: number): HistoryPage<KeptEvent> {
  const raw = db.prepare(EVENTS_AFTER).all(seq, limit + 1)
  const events = raw.slice(0, limit).map(eventOf)
  const rows = events.filter((event) => event !== null)
  return { rows, more: raw.length > limit, unreadable: events.length - rows.length }
}

export const lastSeq = (db: Database.Database): number => {
  const [row] = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM event').all() as readonly {
    readonly seq: number
  }[]
  return row!.seq
}

/** Adds them, in the transaction of the caller. Throws what SQLite throws. */
export function createEventWriter(db: Database.Database, names: Names): (events: readonly KeptEvent[]) => void {
  const insert = db.prepare(INSERT_EVENT)
  const time = db.prepare(
    `INSERT INTO event_time (chunk, low, high) VALUES (?1, ?2, ?3)
      ON CONFLICT (chunk) DO UPDATE SET low = min(low, ?2), high = max(high, ?3)`,
  )
  return (events) => {
    const times = new Map<number, readonly [number, number]>()
    for (const event of events) {
      insert.run(...cellsOf(event, names.numberOf(event.topic)))
      const chunk = chunkOf(event.seq)
      const [low, high] = times.get(chunk) ?? [event.to, event.to]
      times.set(chunk, [Math.min(low, event.to), Math.max(high, event.to)])
    }
    for (const [chunk, [low, high]] of times) time.run(chunk, low, high)
  }
}
