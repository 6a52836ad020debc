import type Database from 'libsql'
import type { ClusterProfile, Environment } from '../contract/profiles'

export interface StoredProfile {
  readonly profile: ClusterProfile
  /** NaN = never. */
  readonly lastSeenAt: number
}

interface Row {
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly read_only: number
  readonly bootstrap: string
  readonly tls: string | null
  readonly sasl: string | null
  readonly interval_ms: number
  readonly last_seen_at: number | null
}

const fromRow = (row: Row): StoredProfile => ({
  profile: {
    id: row.id,
    name: row.name,
    environment: row.environment as Environment,
    readOnly: row.read_only !== 0,
    bootstrap: JSON.parse(row.bootstrap) as string[],
    tls: row.tls === null ? null : (JSON.parse(row.tls) as ClusterProfile['tls']),
    sasl: row.sasl === null ? null : (JSON.parse(row.sasl) as ClusterProfile['sasl']),
    intervalMs: row.interval_ms,
  },
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

/** Saved clusters, in the order they were added. Every call is one statement and throws what SQLite throws. */
export function createProfileStore(db: Database.Database): ProfileStore {
  const list = db.prepare('SELECT * FROM profile ORDER BY position')
  const find = db.prepare('SELECT * FROM profile WHERE id = ?')
  const save = db.prepare(`
    INSERT INTO profile (id, position, name, environment, read_only, bootstrap, tls, sasl, interval_ms)
    VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM profile), ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, environment = excluded.environment, read_only = excluded.read_only,
      bootstrap = excluded.bootstrap, tls = excluded.tls, sasl = excluded.sasl, interval_ms = excluded.interval_ms`)
  const remove = db.prepare('DELETE FROM profile WHERE id = ?')
  const seen = db.prepare('UPDATE profile SET last_seen_at = ? WHERE id = ?')
  const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))
  return {
    list: () => (list.all() as Row[]).map(fromRow),
    find: (id) => {
      const row = find.get(id) as Row | undefined
      return row === undefined ? null : fromRow(row).profile
    },
    save: ({ id, name, environment, readOnly, bootstrap, tls, sasl, intervalMs }) => {
      save.run(id, name, environment, readOnly ? 1 : 0, JSON.stringify(bootstrap), json(tls), json(sasl), intervalMs)
    },
    remove: (id) => remove.run(id).changes > 0,
    seen: (id, at) => void seen.run(at, id),
  }
}
