/**
 * Findings of lost records in our own file (table `loss` of profiles/migrations.ts): on the disk before `keep` returns, there until somebody acknowledges them and after. A row that
 * cannot be read stays as it is and costs itself alone: it is counted, so that nobody is told that there was none.
 */
import { createHash } from 'node:crypto'
import type Database from 'libsql'
import { z } from 'zod'
import { exactly } from '../contract/exact'
import { LOSS_KINDS } from '../contract/loss'
import type { KeptLoss, LossAcknowledgement, LossFinding } from '../contract/loss'
import type { LossBook, LossOwner } from '../ports/loss-book'
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

/** SHA-256 over what stands in the file, as JSON each, so that no value can pass for the end of one and the beginning of the next. */
function checksumOf({ id, cluster, cluster_id, format, finding, acknowledged }: Omit<Row, 'checksum'>): string {
  const cells = [id, cluster, cluster_id, format, finding, acknowledged].map((cell) => JSON.stringify(cell))
  return createHash('sha256').update(cells.join('\n')).digest('hex')
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

/** `prove` throws when what is written now would not be found by the next start. Every call is synchronous and throws what SQLite throws. */
export function createLossBook(db: Database.Database, prove: () => void): LossBook {
  // A cluster that tells no id is known by the saved one alone.
  const all = db.prepare(`SELECT * FROM loss WHERE cluster_id = ?1 AND (?1 <> '' OR cluster = ?2) ORDER BY id`)
  const one = db.prepare('SELECT * FROM loss WHERE id = ?')
  const next = db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM loss')
  const write = db.prepare(
    `INSERT OR REPLACE INTO loss (id, cluster, cluster_id, format, finding, acknowledged, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const rowsOf = ({ cluster, clusterId }: LossOwner): Row[] => all.all(clusterId, cluster) as Row[]
  const put = (row: Omit<Row, 'checksum'>): void => {
    prove()
    write.run(row.id, row.cluster, row.cluster_id, row.format, row.finding, row.acknowledged, checksumOf(row))
  }
  return {
    list(owner) {
      const rows = rowsOf(owner).map(fromRow)
      const kept = rows.filter((row) => row !== null)
      return { kept, unreadable: rows.length - kept.length }
    },
    keep({ cluster, clusterId }, finding) {
      const before = rowsOf({ cluster, clusterId })
        .map(fromRow)
        .filter((row) => row !== null)
        .find((row) => isSame(row, finding))
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
        const row = one.get(id) as Row | undefined
        const kept = row === undefined ? null : fromRow(row)
        if (row === undefined || kept === null || kept.acknowledged !== null) continue
        put({ ...row, acknowledged: toBody(acknowledgement) })
        done.push(id)
      }
      return done
    },
  }
}
