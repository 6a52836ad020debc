/**
 * Findings of lost records in our own file (table `loss` of profiles/migrations.ts): on the disk before `keep` returns, there until somebody acknowledges them and after. A row that
 * cannot be read stays as it is and costs itself alone: it is counted, so that nobody is told that there was none.
 */
import type Database from 'libsql'
import { z } from 'zod'
import { exactly } from '../contract/exact'
import { LOSS_KINDS } from '../contract/loss'
import type { KeptLoss, LossAcknowledgement, LossFinding } from '../contract/loss'
import type { LossBook, LossOwner } from '../ports/loss-book'
import { cells, cellsChecksum, readRow } from '../ports/stored-row'
import { inTransaction } from '../sqlite/in-transaction'
import { fromBody, toBody } from './journal-body'

/** Of a body that is written now. Raise it with what a body holds, and read the old one too. */
const FORMAT = 1

const figure = z.custom<number>((value) => typeof value === 'number')
const orNone = z.int().min(-1)
const findingSchema = exactly<LossFinding>()(
  z.strictObject({
    topic: z.string(),
    topicId: z.string(),
    partition: z.int().min(0),
    kind: z.enum(LOSS_KINDS),
    atLeast: figure,
    atMost: figure,
    missingAsRead: figure,
    oldLeader: orNone,
    newLeader: orNone,
    oldEpoch: orNone,
    epoch: orNone,
    partsAt: figure,
    highWatermark: figure,
    seenAt: figure,
    holders: z.array(z.strictObject({ broker: orNone, logEndOffset: figure, readAt: figure })),
  }),
)
const acknowledgementSchema = exactly<LossAcknowledgement>()(
  z.strictObject({ at: figure, by: z.string(), reason: z.string() }),
)

interface Row {
  readonly id: number
  readonly cluster: string
  readonly cluster_id: string
  readonly format: number
  readonly finding: string
  /** null = not acknowledged. */
  readonly acknowledged: string | null
  readonly checksum: string
}

const COLUMNS = ['id', 'cluster', 'cluster_id', 'format', 'finding', 'acknowledged', 'checksum'] as const

const checksumOf = ({ id, cluster, cluster_id, format, finding, acknowledged }: Omit<Row, 'checksum'>): string =>
  cellsChecksum([id, cluster, cluster_id, format, finding, acknowledged])

interface Read {
  readonly row: Row
  /** null = it cannot be read. */
  readonly kept: KeptLoss | null
}

function read(raw: unknown): Read {
  const { row, isText } = readRow(raw)
  return { row: row as Row, kept: isText ? fromRow(row as Row) : null }
}

/** null = it cannot be read. */
function fromRow(row: Row): KeptLoss | null {
  if (row.format !== FORMAT || row.checksum !== checksumOf(row)) return null
  try {
    const finding = findingSchema.parse(fromBody(row.finding))
    const acknowledged = row.acknowledged === null ? null : acknowledgementSchema.parse(fromBody(row.acknowledged))
    return { ...finding, id: row.id, acknowledged }
  } catch {
    return null
  }
}

const isSame = (a: LossFinding, b: LossFinding): boolean =>
  a.topic === b.topic && a.topicId === b.topicId && a.partition === b.partition && a.epoch === b.epoch

export interface KeptLossBook extends LossBook {
  /** Rows that could not be read when the book was opened, of whichever cluster they are. */
  readonly unreadable: number
}

/** `prove` throws when what is written now would not be found by the next start. Every call is synchronous and throws what SQLite throws. */
export function createLossBook(db: Database.Database, prove: () => void): KeptLossBook {
  const select = `SELECT ${cells(COLUMNS)} FROM loss`
  // A cluster that tells no id is known by the saved one alone.
  const all = db.prepare(`${select} WHERE loss.cluster_id = ?1 AND (?1 <> '' OR loss.cluster = ?2) ORDER BY loss.id`)
  const one = db.prepare(`${select} WHERE loss.id = ?`)
  const next = db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM loss')
  const write = db.prepare(
    `INSERT OR REPLACE INTO loss (id, cluster, cluster_id, format, finding, acknowledged, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const readable = (rows: readonly unknown[]): KeptLoss[] => rows.flatMap((raw) => read(raw).kept ?? [])
  const rowsOf = ({ cluster, clusterId }: LossOwner): unknown[] => all.all(clusterId, cluster)
  const put = (row: Omit<Row, 'checksum'>): void => {
    prove()
    inTransaction(db, () =>
      write.run(row.id, row.cluster, row.cluster_id, row.format, row.finding, row.acknowledged, checksumOf(row)),
    )
  }
  const everything = db.prepare(select).all()
  return {
    unreadable: everything.length - readable(everything).length,
    list(owner) {
      const rows = rowsOf(owner)
      const kept = readable(rows)
      return { kept, unreadable: rows.length - kept.length }
    },
    keep({ cluster, clusterId }, finding) {
      const before = readable(rowsOf({ cluster, clusterId })).find((row) => isSame(row, finding))
      // Better figures of what somebody has acknowledged begin no new alarm.
      const acknowledged = before?.acknowledged ?? null
      const id = before?.id ?? (next.get() as { id: number }).id
      put({
        id,
        cluster,
        cluster_id: clusterId,
        format: FORMAT,
        finding: toBody(before === undefined ? finding : { ...finding, seenAt: before.seenAt }),
        acknowledged: acknowledged === null ? null : toBody(acknowledged),
      })
    },
    acknowledge(ids, acknowledgement) {
      const done: number[] = []
      for (const id of ids) {
        const raw = one.get(id)
        if (raw === undefined) continue
        const { row, kept } = read(raw)
        if (kept === null || kept.acknowledged !== null) continue
        put({ ...row, acknowledged: toBody(acknowledgement) })
        done.push(id)
      }
      return done
    },
  }
}
