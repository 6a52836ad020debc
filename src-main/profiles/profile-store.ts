import type Database from 'libsql'
import { SAVED_CLUSTER } from '../contract/profiles'
import type { ClusterProfile } from '../contract/profiles'
import { cells, cellsChecksum, readRow } from '../ports/stored-row'
import { restored } from '../shared/fields'
import { inTransaction } from '../sqlite/in-transaction'

export interface StoredProfile {
  readonly profile: ClusterProfile
  /** NaN = never. */
  readonly lastSeenAt: number
}

/** `body` is the profile as JSON: its definition says what it holds, so that a field more needs no column more. */
interface Row {
  readonly id: string
  readonly position: number
  readonly body: string
  readonly last_seen_at: number | null
  /** null: written before there were any. */
  readonly checksum: string | null
}

const COLUMNS = ['id', 'position', 'body', 'last_seen_at', 'checksum'] as const satisfies readonly (keyof Row)[]

const checksumOf = ({ id, position, body, last_seen_at }: Omit<Row, 'checksum'>): string =>
  cellsChecksum([id, position, body, last_seen_at])

/** null = it cannot be read: then it costs itself alone. The row stays as it is. */
function profileOf(row: Row): ClusterProfile | null {
  if (row.checksum !== null && row.checksum !== checksumOf(row)) return null
  try {
    return restored(SAVED_CLUSTER, { ...(JSON.parse(row.body) as object), id: row.id })
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

/**
 * Saved clusters, in the order they were added. Read once, so that a page that goes bad later costs nothing here; every writing call throws what
 * SQLite and `prove` throw, and what is listed is what is in the file.
 */
export function createProfileStore(db: Database.Database, prove: () => void = () => undefined): ProfileStore {
  const rows = db.prepare(`SELECT rowid AS row, ${cells(COLUMNS)} FROM cluster ORDER BY cluster.position`).all()
  const put = db.prepare(`
    INSERT INTO cluster (id, position, body, last_seen_at, checksum) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, last_seen_at = excluded.last_seen_at, checksum = excluded.checksum`)
  const rename = db.prepare('UPDATE cluster SET id = ? WHERE rowid = ?')
  const remove = db.prepare('DELETE FROM cluster WHERE id = ?')
  const saved = new Map<string, Omit<Row, 'checksum'> & { readonly profile: ClusterProfile }>()
  const unreadable = new Map<string, number>()
  let highest = 0
  for (const raw of rows) {
    const read = readRow(raw)
    const row = read.row as Row & { readonly row: number }
    if (Number.isInteger(row.position)) highest = Math.max(highest, row.position)
    const profile = read.isText ? profileOf(row) : null
    if (profile === null) unreadable.set(row.id, row.row)
    else saved.set(row.id, { ...row, profile })
  }
  const write = (row: Omit<Row, 'checksum'>, profile: ClusterProfile): void => {
    prove()
    inTransaction(db, () => put.run(row.id, row.position, row.body, row.last_seen_at, checksumOf(row)))
    highest = Math.max(highest, row.position)
    saved.set(row.id, { ...row, profile })
  }
  return {
    list: () =>
      [...saved.values()].map(({ profile, last_seen_at }) => ({ profile, lastSeenAt: last_seen_at ?? Number.NaN })),
    unreadable: () => [...unreadable.keys()],
    find: (id) => saved.get(id)?.profile ?? null,
    save(profile) {
      const { id } = profile
      const bad = unreadable.get(id)
      if (bad !== undefined) {
        prove()
        // What cannot be read is not written over: it goes on under another name.
        const aside = `${id} unreadable ${bad}`
        inTransaction(db, () => rename.run(aside, bad))
        unreadable.delete(id)
        unreadable.set(aside, bad)
      }
      const before = saved.get(id)
      const position = before?.position ?? highest + 1
      write({ id, position, body: JSON.stringify(profile), last_seen_at: before?.last_seen_at ?? null }, profile)
    },
    remove(id) {
      if (!saved.has(id)) return false
      prove()
      inTransaction(db, () => remove.run(id))
      return saved.delete(id)
    },
    seen(id, at) {
      const row = saved.get(id)
      if (row !== undefined) write({ ...row, last_seen_at: at }, row.profile)
    },
  }
}
