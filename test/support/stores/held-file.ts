import Database from 'libsql'

/** What another program would find in a file. */
export function rowsOf(path: string, sql: string): unknown {
  const db = new Database(path)
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

/** Holds a file as another writer does, while `work` runs. */
export function whileHeld(path: string, work: () => void): void {
  const db = new Database(path)
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
  } finally {
    db.exec('ROLLBACK')
    db.close()
  }
}
