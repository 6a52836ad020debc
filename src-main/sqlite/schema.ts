/** Which numbered steps a database of ours has been through, and whether it is ours at all. */
import Database from 'libsql'
import { columnsOf, missingIn } from './store-check'

/** A newer Highwater has written it: it is left alone. */
export class NewerFile extends Error {}

export const versionOf = (db: Database.Database): number => {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}

/** Takes the steps it has not been through, all or none. Throws what SQLite throws. */
export function migrate(db: Database.Database, migrations: readonly string[]): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const step of migrations.slice(versionOf(db))) db.exec(step)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

/** The columns that a file has after these migrations. */
function expectedColumns(migrations: readonly string[]): ReturnType<typeof columnsOf> {
  const db = new Database(':memory:')
  try {
    for (const migration of migrations) db.exec(migration)
    return columnsOf(db)
  } finally {
    db.close()
  }
}

/** Before anything is written into it: a database that has not what its version says is not ours, or is no longer whole. */
export function refuseStranger(db: Database.Database, version: number, migrations: readonly string[]): void {
  const found = columnsOf(db)
  if (version < 0) throw new Error(`the file is damaged: there is no version ${version}`)
  if (version === 0 && found.size > 0) throw new Error('the file is a database of another program')
  const missing = missingIn(found, expectedColumns(migrations.slice(0, version)))
  if (missing !== null) throw new Error(`the file is damaged: it has no ${missing}`)
}
