import type Database from 'libsql'
import { SAVED_CLUSTER } from '../contract/profiles'
import type { ClusterProfile } from '../contract/profiles'
import { restored } from '../shared/fields'

export interface StoredProfile {
  readonly profile: ClusterProfile
  /** NaN = never. */
  readonly lastSeenAt: number
}

/** `body` is the profile as JSON: its definition says what it holds, so that a field more needs no column more. */
interface Row {
  readonly id: string
  readonly body: string
  readonly last_seen_at: number | null
}

/** null = it cannot be read: then it costs itself alone. The row stays as it is. */
function fromRow(row: Row): StoredProfile | null {
  try {
    const profile = restored(SAVED_CLUSTER, { ...(JSON.parse(row.body) as object), id: row.id })
    return { profile, lastSeenAt: row.last_seen_at ?? Number.NaN }
  } catch {
    return null
  }
}

export interface ProfileStore {
  list(): StoredProfile[]
  /** Ids of those that cannot be read; they are neither listed nor found. */
  unreadable(): readonly string[]
  find(id: string): ClusterProfile | null
  /** Creates or replaces; the place in the list is kept. */
  save(profile: ClusterProfile): void
  remove(id: string): boolean
  seen(id: string, at: number): void
}

/** Saved clusters, in the order they were added. Every call is one statement and throws what SQLite throws. */
export function createProfileStore(db: Database.Database): ProfileStore {
  const list = db.prepare('SELECT * FROM cluster ORDER BY position')
  const find = db.prepare('SELECT * FROM cluster WHERE id = ?')
  const save = db.prepare(`
    INSERT INTO cluster (id, position, body) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM cluster), ?)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body`)
  const remove = db.prepare('DELETE FROM cluster WHERE id = ?')
  const seen = db.prepare('UPDATE cluster SET last_seen_at = ? WHERE id = ?')
  return {
    list: () => (list.all() as Row[]).flatMap((row) => fromRow(row) ?? []),
    unreadable: () => (list.all() as Row[]).flatMap((row) => (fromRow(row) === null ? [row.id] : [])),
    find: (id) => {
      const row = find.get(id) as Row | undefined
      return row === undefined ? null : (fromRow(row)?.profile ?? null)
    },
    save: (profile) => void save.run(profile.id, JSON.stringify(profile)),
    remove: (id) => remove.run(id).changes > 0,
    seen: (id, at) => void seen.run(at, id),
  }
}
