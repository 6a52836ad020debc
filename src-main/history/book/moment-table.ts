/** Moments of the past, a row each part: `at` and `back` as of events, `event` the number of the last event that it holds, `body` deflated. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type Database from 'libsql'
import type { MomentHead } from '../../ports/history'
import { bytesOf } from '../../ports/stored-row'
import { MOMENT_CODES, MOMENT_OF_CODE } from './codes'
import { rowSum } from './row-sum'

/** Of one part, opened: what is larger is not ours. */
const LARGEST_BYTES = 64 * 1_048_576

interface Row {
  readonly id: number
  readonly parts: number
  readonly kind: number
  readonly at: number
  readonly back: number | null
  readonly event: number
  readonly there: number
}

const sumOf = (
  id: number,
  part: number,
  parts: number,
  kind: number,
  at: number,
  event: number,
  body: Uint8Array,
): number => rowSum([id, part, parts, kind, at, event, Buffer.from(body).toString('base64')])

export interface MomentTable {
  nextId(): number
  put(head: Omit<MomentHead, 'isWhole'>, part: number, bytes: Uint8Array): void
  upTo(at: number): MomentHead[]
  part(id: number, part: number): Uint8Array | null
  /** NaN = there is none. */
  first(): number
  /** Forgets those that only lead to times before the oldest event. */
  forgetBefore(event: number): void
}

const HEAD =
  'm.id, m.parts, m.kind, m.at, m.back, m.event, (SELECT count(*) FROM moment AS p WHERE p.id = m.id) AS there'

/** Every call throws what SQLite throws. */
export function createMomentTable(db: Database.Database): MomentTable {
  const last = db.prepare('SELECT coalesce(max(id), 0) AS id FROM moment')
  const insert = db.prepare(
    'INSERT OR REPLACE INTO moment (id, part, parts, kind, at, back, event, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const wholeUpTo = db.prepare(
    `SELECT ${HEAD} FROM moment AS m WHERE m.part = 0 AND m.kind = ${MOMENT_CODES.whole} AND m.at <= ? ORDER BY m.at DESC LIMIT 5`,
  )
  // What was seen with the next whole one may be of the time before it.
  const following = db.prepare(
    `SELECT ${HEAD} FROM moment AS m
      WHERE m.part = 0 AND m.kind <> ${MOMENT_CODES.whole} AND m.id > ? AND m.id < ? + 3 AND m.at - m.back <= ? ORDER BY m.id`,
  )
  const nextWhole = db.prepare(
    `SELECT coalesce(min(id), 9007199254740000) AS id FROM moment WHERE part = 0 AND kind = ${MOMENT_CODES.whole} AND id > ? AND at > ?`,
  )
  const body = db.prepare(
    'SELECT parts, kind, at, event, CAST(body AS BLOB) AS body, sum FROM moment WHERE id = ? AND part = ?',
  )
  const oldest = db.prepare(`SELECT min(at) AS at FROM moment WHERE part = 0 AND kind = ${MOMENT_CODES.whole}`)
  const forget = db.prepare(
    `DELETE FROM moment WHERE id < (SELECT max(id) FROM moment WHERE part = 0 AND kind = ${MOMENT_CODES.whole} AND event < ?)`,
  )
  const heads = (rows: readonly unknown[]): MomentHead[] =>
    (rows as readonly Row[]).flatMap(({ id, parts, kind, at, back, event, there }) => {
      const name = MOMENT_OF_CODE.get(kind)
      return name === undefined
        ? []
        : [{ id, kind: name, from: at - (back ?? Number.NaN), at, event, parts, isWhole: there === parts }]
    })
  return {
    nextId: () => (last.all() as readonly { readonly id: number }[])[0]!.id + 1,
    put({ id, parts, kind, from, at, event }, part, bytes) {
      const deflated = deflateRawSync(bytes, { level: 1 })
      const code = MOMENT_CODES[kind]
      const back = Number.isFinite(from) ? at - from : null
      insert.run(id, part, parts, code, at, back, event, deflated, sumOf(id, part, parts, code, at, event, deflated))
    },
    upTo(at) {
      const whole = heads(wholeUpTo.all(at)).find(({ isWhole }) => isWhole)
      if (whole === undefined) return []
      const [end] = nextWhole.all(whole.id, at) as readonly { readonly id: number }[]
      return [whole, ...heads(following.all(whole.id, end!.id, at))]
    },
    part(id, part) {
      const [row] = body.all(id, part) as readonly {
        readonly parts: number
        readonly kind: number
        readonly at: number
        readonly event: number
        readonly body: unknown
        readonly sum: number
      }[]
      const bytes = row === undefined ? null : bytesOf(row.body)
      if (row === undefined || bytes === null) return null
      if (row.sum !== sumOf(id, part, row.parts, row.kind, row.at, row.event, bytes)) return null
      try {
        return inflateRawSync(bytes, { maxOutputLength: LARGEST_BYTES })
      } catch {
        return null
      }
    },
    first: () => (oldest.all() as readonly { readonly at: number | null }[])[0]?.at ?? Number.NaN,
    forgetBefore: (event) => void forget.run(event),
  }
}
