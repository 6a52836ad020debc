/** Small things kept by name as JSON: settings, window bounds. */
import type Database from 'libsql'
import { SETTINGS } from '../contract/ipc'
import type { Settings } from '../contract/ipc'
import { cells, cellsChecksum, readRow } from '../ports/stored-row'
import { inTransaction } from '../sqlite/in-transaction'

export interface KeptStore {
  /** undefined when it was never kept, or is not what we would have written. */
  read(key: string): unknown
  write(key: string, value: unknown): void
  /** Names of what was kept and could not be read when the file was opened. */
  readonly unreadable: readonly string[]
}

/** How the pages of a cluster were left. */
export const viewsKey = (cluster: string): string => `views ${cluster}`

interface Row {
  readonly id: number
  readonly key: string
  readonly value: string
  /** null: written before there were any. */
  readonly checksum: string | null
}

/** What a row is called that was put aside, so that its name is free for a new one. */
const ASIDE = / unreadable \d+$/

/** undefined = it cannot be read. */
function valueOf({ key, value, checksum }: Row): unknown {
  if (checksum !== null && checksum !== cellsChecksum([key, value])) return undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

/**
 * Read once, so that a page that goes bad later costs nothing here. A row that cannot be read stays in the file as it is, and gets another name before
 * something new is kept under its own.
 */
export function createKeptStore(db: Database.Database, prove: () => void = () => undefined): KeptStore {
  const rows = db.prepare(`SELECT rowid AS id, ${cells(['key', 'value', 'checksum'])} FROM kept ORDER BY rowid`).all()
  const put = db.prepare(
    `INSERT INTO kept (key, value, checksum) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum`,
  )
  const rename = db.prepare('UPDATE kept SET key = ? WHERE rowid = ?')
  const values = new Map<string, unknown>()
  const unreadable = new Map<string, number>()
  for (const raw of rows) {
    const read = readRow(raw)
    const row = read.row as Row
    if (ASIDE.test(row.key)) continue
    const value = read.isText ? valueOf(row) : undefined
    if (value === undefined) unreadable.set(row.key, row.id)
    else values.set(row.key, value)
  }
  const names = [...unreadable.keys()]
  return {
    unreadable: names,
    read: (key) => values.get(key),
    write(key, value) {
      prove()
      const text = JSON.stringify(value)
      const bad = unreadable.get(key)
      inTransaction(db, () => {
        if (bad !== undefined) rename.run(`${key} unreadable ${bad}`, bad)
        put.run(key, text, cellsChecksum([key, text]))
      })
      unreadable.delete(key)
      values.set(key, value)
    },
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
    closing: oneOf(given.closing, SETTINGS.closing),
    chartRange: oneOf(given.chartRange, SETTINGS.chartRange),
    coach: oneOf(given.coach, SETTINGS.coach),
    boardTopics: oneOf(given.boardTopics, SETTINGS.boardTopics),
    boardMap: oneOf(given.boardMap, SETTINGS.boardMap),
    boardZoom: oneOf(given.boardZoom, SETTINGS.boardZoom),
    clock: oneOf(given.clock, SETTINGS.clock),
  }
}
