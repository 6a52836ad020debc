/** Small things kept by name as JSON: settings, window bounds. */
import type Database from 'libsql'
import { SETTINGS } from '../contract/ipc'
import type { Settings } from '../contract/ipc'

export interface KeptStore {
  /** undefined when it was never kept, or is not what we would have written. */
  read(key: string): unknown
  write(key: string, value: unknown): void
}

export function createKeptStore(db: Database.Database): KeptStore {
  const read = db.prepare('SELECT value FROM kept WHERE key = ?')
  const write = db.prepare(
    'INSERT INTO kept (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    read: (key) => {
      const row = read.get(key) as { value: string } | undefined
      try {
        return row === undefined ? undefined : (JSON.parse(row.value) as unknown)
      } catch {
        return undefined
      }
    },
    write: (key, value) => void write.run(key, JSON.stringify(value)),
  }
}

/** A value of `allowed`, the first of them when it is none. */
const oneOf = <T extends string>(value: unknown, allowed: readonly [T, ...T[]]): T =>
  allowed.find((candidate) => candidate === value) ?? allowed[0]

/** Field by field, so that a value of another version costs only itself. */
export function parseSettings(value: unknown): Settings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Settings, unknown>>
  return {
    theme: oneOf(given.theme, SETTINGS.theme),
    language: oneOf(given.language, SETTINGS.language),
    density: oneOf(given.density, SETTINGS.density),
  }
}
