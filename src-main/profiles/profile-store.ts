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

const fromRow = (row: Row): StoredProfile => ({
  profile: restored(SAVED_CLUSTER, { ...(JSON.parse(row.body) as object), id: row.id }),
  lastSeenAt: row.last_seen_at ?? Number.NaN,
})

export interface ProfileStore {
  list(): StoredProfile[]
  find(id: string): ClusterProfile | null
  /** Creates or replaces; the place in the list is kept. */
  save(profile: ClusterProfile): void
  remove(id: string): boolean
  seen(id: string, at: number): void
}

/** Saved clusters, in the order they were added. Every call is one statement and throws what SQLite throws, or what is wrong with a row. */
export function createProfileStore(db: Database.Database): ProfileStore {
  const list = db.prepare('SELECT * FROM cluster ORDER BY position')
  const find = db.prepare('SELECT * FROM cluster WHERE id = ?')
  const save = db.prepare(`
    INSERT INTO cluster (id, position, body) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM cluster), ?)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body`)
  const remove = db.prepare('DELETE FROM cluster WHERE id = ?')
  const seen = db.prepare('UPDATE cluster SET last_seen_at = ? WHERE id = ?')
  return {
    list: () => (list.all() as Row[]).map(fromRow),
    find: (id) => {
      const row = find.get(id) as Row | undefined
      return row === undefined ? null : fromRow(row).profile
    },
    save: (profile) => void save.run(profile.id, JSON.stringify(profile)),
    remove: (id) => remove.run(id).changes > 0,
    seen: (id, at) => void seen.run(at, id),
  }
}
