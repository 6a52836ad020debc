import type Database from 'libsql'
import { createEventWriter } from './event-table'
import { createExcursionTable } from './excursion-table'
import { createIncidentTable } from './incident-table'
import { createMomentTable } from './moment-table'
import { createNames } from './names'
import { createWatchedTable } from './watched-table'

/** Runs it in a transaction of the writer, as each of its writes is in one. Throws what SQLite throws, with everything undone. */
export type InTransaction = <T>(work: () => T) => T

/** The tables of one open file. */
export function createTables(db: Database.Database) {
  const names = createNames(db)
  return {
    db,
    names,
    addEvents: createEventWriter(db, names),
    incidents: createIncidentTable(db),
    watched: createWatchedTable(db),
    excursions: createExcursionTable(db),
    moments: createMomentTable(db),
  }
}
export type BookTables = ReturnType<typeof createTables>
