import type Database from 'libsql'
import { z } from 'zod'
import { exactly } from '../../contract/exact'
import type { HistoryPage, Incident, Phase, Span } from '../../contract/history'
import { cells, cellsChecksum, readRow } from '../../ports/stored-row'
import { isFields, type Fields } from '../body-fields'
import { fromBody, toBody } from '../journal-body'
import { fillPage } from './fill-page'

/** Of a body that is written now. Raise it with what a body holds, and read the old one too. */
const FORMAT = 2

/** By format, what a body of it is as one of the next. 1 did not know of partitions that cannot be read. */
const UPCASTERS: ReadonlyMap<number, (body: Fields) => Fields> = new Map([[1, (body) => ({ ...body, unread: 0 })]])

const figure = z.custom<number>((value) => typeof value === 'number')
const span = { from: figure, to: figure }
const incidentSchema = exactly<Incident>()(
  z.strictObject({
    id: z.int().min(1),
    began: exactly<Span>()(z.strictObject(span)),
    ended: exactly<Span>()(z.strictObject(span)),
    phases: z.array(
      exactly<Phase>()(
        z.strictObject({
          ...span,
          kind: z.enum([
            'unwatched',
            'silent',
            'gone',
            'leaving',
            'stays',
            'answers',
            'listed',
            'late',
            'refuses',
            'offline',
            'lost',
            'moved',
            'recovering',
            'unread',
            'over',
          ]),
          brokers: z.array(z.int()),
          amount: figure,
        }),
      ),
    ),
    phasesLeftOut: figure,
    brokers: z.array(z.int()),
    worst: z.int(),
    most: z.array(figure),
    topics: z.array(z.strictObject({ topic: z.string(), worst: z.int(), partitions: figure })),
    topicCount: figure,
    left: figure,
    leftLate: figure,
    elections: figure,
    lostAtLeast: figure,
    unread: figure,
    reopened: figure,
    planned: z.strictObject({ by: z.string(), broker: z.int(), until: figure }).nullable(),
  }),
)

interface Row {
  readonly id: number
  readonly format: number
  readonly body: string
  readonly checksum: string
}

const CELLS = cells(['id', 'format', 'body', 'checksum'])

const checksumOf = ({ id, format, body }: Omit<Row, 'checksum'>): string => cellsChecksum([id, format, body])

/** Throws on a text that is not JSON. */
function ofThisFormat({ format, body }: Row): unknown {
  let read = fromBody(body)
  for (let at = format; at !== FORMAT; at += 1) {
    const upcast = UPCASTERS.get(at)
    if (upcast === undefined || !isFields(read)) return null
    read = upcast(read)
  }
  return read
}

/** null = it cannot be read. */
function incidentOf(raw: unknown): Incident | null {
  const { row, isText } = readRow(raw)
  const cellsOfRow = row as Row
  if (!isText || cellsOfRow.checksum !== checksumOf(cellsOfRow)) return null
  try {
    const incident = incidentSchema.parse(ofThisFormat(cellsOfRow))
    return incident.id === cellsOfRow.id ? incident : null
  } catch {
    return null
  }
}

export interface IncidentTable {
  put(incident: Incident): void
  one(id: number): Incident | null
  page(limit: number, beforeId?: number): HistoryPage<Incident>
  lastId(): number
}

/** Every call throws what SQLite throws. */
export function createIncidentTable(db: Database.Database): IncidentTable {
  const write = db.prepare('INSERT OR REPLACE INTO incident (id, format, body, checksum) VALUES (?, ?, ?, ?)')
  const select = db.prepare(`SELECT ${CELLS} FROM incident WHERE incident.id = ?`)
  const newest = db.prepare(`SELECT ${CELLS} FROM incident WHERE incident.id < ? ORDER BY incident.id DESC LIMIT ?`)
  const last = db.prepare('SELECT coalesce(max(id), 0) AS id FROM incident')
  return {
    put(incident) {
      const body = toBody(incident)
      write.run(incident.id, FORMAT, body, checksumOf({ id: incident.id, format: FORMAT, body }))
    },
    one(id) {
      const [raw] = select.all(id)
      return raw === undefined ? null : incidentOf(raw)
    },
    page: (limit, beforeId = Number.MAX_SAFE_INTEGER) =>
      fillPage(limit, beforeId, (before, count) =>
        newest.all(before, count).map((raw) => ({ id: (raw as { readonly id: number }).id, row: incidentOf(raw) })),
      ),
    lastId: () => (last.all() as readonly { readonly id: number }[])[0]!.id,
  }
}
