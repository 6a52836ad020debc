/**
 * One writer of a history over all processes: SQLite's own lock on a small file beside it, held for as long as the connection is open. The system takes it back
 * when the process ends, however it ends, and SQLite knows how on each system (fcntl on POSIX, LockFileEx on Windows), which no file with a process id in it does:
 * ids are used again. The lock holds between two connections of one process too. The file must not be opened in any other way while it is held: on POSIX, closing
 * another descriptor of it would give the lock away.
 */
import Database from 'libsql'
import { isDamage, setAside } from '../../sqlite/file-aside'

export interface WriterLock {
  release(): void
}

const isHeld = (cause: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((cause as { readonly code?: unknown }).code))

function hold(path: string): WriterLock {
  const db = new Database(path)
  try {
    db.pragma('busy_timeout = 0')
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    throw cause
  }
  return {
    release() {
      if (!db.open) return
      // A connection whose statements are not collected yet stays open inside SQLite: its transaction is what holds the lock.
      db.exec('ROLLBACK')
      db.close()
    },
  }
}

/** null = somebody else has it. Throws where there can be none (no folder, no right, no room). */
export function takeWriterLock(path: string, now: number): WriterLock | null {
  try {
    return hold(path)
  } catch (cause) {
    if (isHeld(cause)) return null
    if (!isDamage(cause)) throw cause
    // Nothing is kept in it, so what lies there is of somebody else.
    setAside(path, now)
    return hold(path)
  }
}
