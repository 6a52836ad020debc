import type Database from 'libsql'

/**
 * Every write of ours is in one, the single ones too: a prepared statement that meets a lock by itself is left in the middle by libsql 0.5.29, and whatever is written after it on that
 * connection returns without an error and is in no file. BEGIN IMMEDIATE meets the lock first, and is no such statement. Throws what SQLite throws, and nothing is written then.
 */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (cause) {
    // A commit that failed for want of space has ended the transaction itself.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw cause
  }
}
