import type Database from 'libsql'
import { createEventWriter } from './event-table'
import { createIncidentTable } from './incident-table'
import { createNames } from './names'
import { createWatchedTable } from './watched-table'

/** The tables of one open file. */
export function createTables(db: Database.Database) {
  const names = createNames(db)
  return {
    db,
    names,
    addEvents: createEventWriter(db, names),
    incidents: createIncidentTable(db),
    watched: createWatchedTable(db),
  }
}
export type BookTables = ReturnType<typeof createTables>
