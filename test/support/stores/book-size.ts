/** How large a history file is, beside how large it was to be by what is in it (docs/performance.md has the sum in words). */
import { statSync } from 'node:fs'
import Database from 'libsql'

const PAGE_BYTES = 4_096
const PAGE_HEAD_BYTES = 12
/** Header, key and length of a row with a body: four or five columns of whole numbers. */
const ROW_BYTES = 32
/** What rows fill of their pages where they are not only added at the end: a sample is added in the middle, between two kinds of rows. */
const FILLED = 0.8

/** With its five indices and its share of the index by time, where brokers and topics are named. */
const EVENT_BYTES = 106
/** Tables and indices that hold little: a page each. */
const BEGUN_PAGES = 20

/** On pages of a table without row numbers; what is longer than a quarter of a page has pages of its own (https://www.sqlite.org/fileformat.html#cell_payload_overflow_pages). */
function inIndex(body: number): number {
  const whole = body + ROW_BYTES
  const usable = PAGE_BYTES
  const most = Math.floor(((usable - PAGE_HEAD_BYTES) * 64) / 255) - 23
  return spilt(whole, most)
}

/** On pages of a table with row numbers, which keep nearly a page. */
const inTable = (body: number): number => spilt(body + ROW_BYTES, PAGE_BYTES - 35)

function spilt(whole: number, most: number): number {
  if (whole <= most) return whole / FILLED
  const least = Math.floor(((PAGE_BYTES - PAGE_HEAD_BYTES) * 32) / 255) - 23
  const rest = least + ((whole - least) % (PAGE_BYTES - 4))
  const here = rest <= most ? rest : least
  return here / FILLED + Math.ceil((whole - here) / (PAGE_BYTES - 4)) * PAGE_BYTES
}

export interface BookSize {
  readonly bytes: number
  readonly foretold: number
  /** What is in it, and what each table takes. */
  readonly words: string
}

interface Kind {
  readonly what: string
  readonly sql: string
  readonly space: (body: number) => number
}

/** Rows and the length of their bodies, as their formats give it. */
const KINDS: readonly Kind[] = [
  { what: 'rows of samples', sql: 'SELECT length(body) AS body FROM sample', space: inIndex },
  { what: 'moments', sql: 'SELECT length(body) AS body FROM moment', space: inTable },
  { what: 'incidents', sql: 'SELECT length(body) AS body FROM incident', space: inTable },
  { what: 'hours of excursions', sql: 'SELECT length(body) AS body FROM excursion', space: inTable },
]

/** Of a file that nobody writes. */
export function bookSize(path: string): BookSize {
  const db = new Database(path, { readonly: true })
  const [{ events }] = db.prepare('SELECT count(*) AS events FROM event').all() as [{ readonly events: number }]
  const kinds = KINDS.map(({ what, sql, space }) => {
    const bodies = db.prepare(sql).all() as { readonly body: number }[]
    return { what, rows: bodies.length, bytes: bodies.reduce((sum, { body }) => sum + space(body), 0) }
  })
  const tables = db
    .prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 8')
    .all() as { readonly name: string; readonly bytes: number }[]
  db.close()
  const { size } = statSync(path)
  const foretold = BEGUN_PAGES * PAGE_BYTES + events * EVENT_BYTES + kinds.reduce((sum, { bytes }) => sum + bytes, 0)
  const kib = (bytes: number): string => (bytes / 1024).toFixed(0)
  const foretoldOf = [{ what: 'events', rows: events, bytes: events * EVENT_BYTES }, ...kinds]
  return {
    bytes: size,
    foretold,
    words:
      `${kib(size)} KiB where ${kib(foretold)} were foretold, ${(size / foretold).toFixed(2)} of it; foretold ${foretoldOf.map(({ what, rows, bytes }) => `${rows} ${what} ${kib(bytes)}`).join(', ')}; ` +
      `is ${tables.map(({ name, bytes }) => `${name} ${kib(bytes)}`).join(', ')}`,
  }
}
