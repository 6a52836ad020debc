import { crc32 } from 'node:zlib'
import type Database from 'libsql'
import { z } from 'zod'
import { CUT_REASONS, TALLY_KINDS } from '../../shared/late-tally'
import type { LateHour } from '../../contract/advisor'
import type { LateTally } from '../../shared/late-tally'
import { exactly } from '../../contract/exact'
import { addHours } from '../../domain/advisor/tally'
import { bytesOf } from '../../ports/stored-row'
import { LAST_BUCKET } from '../../shared/late-buckets'

/** Of a body that is written now. Raise it with what a body holds, and read the old one too. */
const FORMAT = 1
/** The newest ones, whatever the clock says: 30 days without a gap. */
const MOST = 720

const count = z.int().min(0)
const counts = z.array(z.tuple([z.int().min(0).max(LAST_BUCKET), count]))
const bounds = z.strictObject({ least: counts, most: counts })
const tallySchema = exactly<LateTally>()(
  z.strictObject({
    kind: z.enum(TALLY_KINDS),
    subject: z.string(),
    windowMs: z.number(),
    returned: bounds,
    evicted: bounds,
    unknown: counts,
    cut: counts,
    cutBy: z.record(z.enum(CUT_REASONS), count),
    evictions: count,
    occasions: count,
  }),
)
const hourSchema = z.strictObject({ watchedMs: z.number(), unfollowed: count, tallies: z.array(tallySchema) })

interface Row {
  readonly at: number
  readonly format: number
  readonly body: unknown
  readonly sum: number
}

const sumOf = (at: number, body: Uint8Array): number => crc32(body, crc32(JSON.stringify([at, FORMAT])))

function hourOf({ at, format, body, sum }: Row): LateHour | null {
  const bytes = bytesOf(body)
  if (bytes === null || format !== FORMAT || sum !== sumOf(at, bytes)) return null
  try {
    return { at, ...hourSchema.parse(JSON.parse(bytes.toString('utf8'))) }
  } catch {
    return null
  }
}

export interface ExcursionTable {
  /** Adds to its hour, and forgets the oldest ones that are too many. An hour that cannot be read begins anew. */
  add(part: LateHour): void
  hours(from: number): readonly number[]
  one(at: number): LateHour | null
}

/** Every call throws what SQLite throws. */
export function createExcursionTable(db: Database.Database): ExcursionTable {
  const write = db.prepare('INSERT OR REPLACE INTO excursion (at, format, body, sum) VALUES (?, ?, ?, ?)')
  const select = db.prepare('SELECT at, format, CAST(body AS BLOB) AS body, sum FROM excursion WHERE at = ?')
  const list = db.prepare(`SELECT at FROM excursion WHERE at >= ? ORDER BY at DESC LIMIT ${MOST}`)
  const forget = db.prepare(
    `DELETE FROM excursion WHERE at <= (SELECT at FROM excursion ORDER BY at DESC LIMIT 1 OFFSET ${MOST})`,
  )
  const one = (at: number): LateHour | null => {
    const [row] = select.all(at) as readonly Row[]
    return row === undefined ? null : hourOf(row)
  }
  return {
    add(part) {
      const known = one(part.at)
      const { at, ...hour } = known === null ? part : addHours(known, part)
      const body = Buffer.from(JSON.stringify(hour))
      write.run(at, FORMAT, body, sumOf(at, body))
      forget.run()
    },
    hours: (from) => (list.all(from) as readonly { readonly at: number }[]).map(({ at }) => at).reverse(),
    one,
  }
}
