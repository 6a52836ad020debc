/**
 * What is kept of audits in our own file (table `audit` of profiles/migrations.ts), by the Kafka id of the cluster: the figures of each run, the whole of the last
 * one with when each row of it was seen first, and what is accepted. On the disk before a call returns. A row that cannot be read stays as it is and costs itself alone: it is counted.
 */
import type Database from 'libsql'
import { z } from 'zod'
import { exactly } from '../contract/exact'
import type { AuditAcceptance, AuditFinding, AuditFix, AuditReport, AuditRow, AuditRun } from '../contract/audit'
import { fromBody, toBody } from '../history/journal-body'
import { cells, cellsChecksum, readRow } from '../ports/stored-row'
import { inTransaction } from '../sqlite/in-transaction'
import { AUDIT_FINDING_IDS, AUDIT_RISKS, AUDIT_RULE_NAMES } from '../shared/audit-rules'
import type { ChangeDraft } from '../shared/draft'
import { isPhrase } from '../shared/words/entries'
import type { Phrase } from '../shared/words/phrase'

/** Of a body that is written now. Raise it with what a body holds, and read the old one too. */
const FORMAT = 1
/** Runs kept of a cluster: one a day for more than a year. */
export const MOST_RUNS = 400

/** Whose: Kafka's id of the cluster, '' = it tells none, and then the saved cluster's. */
export interface AuditOwner {
  /** Profile id. */
  readonly cluster: string
  readonly clusterId: string
}

/** By finding and row (`rowKey` of domain/audit/score.ts): when an audit saw it first. */
export type Since = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface KeptReport {
  readonly report: AuditReport
  readonly since: Since
}

export interface KeptAudits {
  /** Oldest first. */
  readonly runs: readonly AuditRun[]
  readonly last: KeptReport | null
  /** Oldest first, ended ones too. */
  readonly acceptances: readonly AuditAcceptance[]
  readonly unreadable: number
}

export interface AuditBook {
  /** Rows that could not be read when the book was opened, of whichever cluster they are. */
  readonly unreadable: number
  list(owner: AuditOwner): KeptAudits
  keepRun(owner: AuditOwner, run: AuditRun, last: KeptReport): void
  accept(owner: AuditOwner, acceptance: Omit<AuditAcceptance, 'id'>): void
  /** Ends it at that moment; nothing where it has ended, or is not this owner's. */
  end(owner: AuditOwner, id: number, at: number): void
}

const figure = z.custom<number>((value) => typeof value === 'number')
const phrase = z.custom<Phrase>(isPhrase)
const risk = z.enum(AUDIT_RISKS)
const finding = z.enum(AUDIT_FINDING_IDS)
const place = { topic: z.string(), broker: z.int().min(-1), partitions: z.int().min(0) }
const rowSchema = exactly<AuditRow>()(z.strictObject({ ...place, note: z.nullable(phrase) }))
/** What it may hold is said once, where a draft comes in over IPC (contract/schemas.ts): the page sends it there before anything is made of it. */
const draft = z.custom<ChangeDraft>((value) => typeof value === 'object' && value !== null && 'kind' in value)
const fixSchema = exactly<AuditFix>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('change'), draft, left: figure }),
    z.strictObject({ kind: z.literal('settings') }),
    z.strictObject({ kind: z.literal('command') }),
  ]),
)
const findingSchema = exactly<AuditFinding>()(
  z.strictObject({
    id: finding,
    risk,
    evidence: z.array(phrase),
    rows: z.array(rowSchema),
    fix: fixSchema,
    commands: z.array(z.string()),
    readAt: figure,
  }),
)
const reportSchema = exactly<AuditReport>()(
  z.strictObject({
    at: figure,
    tookMs: figure,
    topics: figure,
    partitions: figure,
    brokers: figure,
    rules: z.array(
      z.strictObject({
        rule: z.enum(AUDIT_RULE_NAMES),
        outcome: z.enum(['found', 'clear', 'unknown', 'idle']),
        findings: z.array(findingSchema),
        unseen: z.array(phrase),
      }),
    ),
  }),
)
const keptSchema = exactly<KeptReport>()(
  z.strictObject({ report: reportSchema, since: z.record(z.string(), z.record(z.string(), figure)) }),
)
const runSchema = exactly<AuditRun>()(
  z.strictObject({
    at: figure,
    score: figure,
    counts: z.strictObject({ loses: figure, stops: figure, weak: figure, untidy: figure }),
    unknown: figure,
  }),
)
const acceptanceSchema = exactly<Omit<AuditAcceptance, 'id'>>()(
  z.strictObject({
    finding,
    risk,
    rows: z.array(z.strictObject(place)),
    at: figure,
    until: figure,
    by: z.string(),
    reason: z.string(),
  }),
)

type Kind = 'run' | 'last' | 'acceptance'

interface Row {
  readonly id: number
  readonly cluster: string
  readonly cluster_id: string
  readonly kind: Kind
  readonly format: number
  readonly body: string
  readonly checksum: string
}

const COLUMNS = ['id', 'cluster', 'cluster_id', 'kind', 'format', 'body', 'checksum'] as const

const checksumOf = ({ id, cluster, cluster_id, kind, format, body }: Omit<Row, 'checksum'>): string =>
  cellsChecksum([id, cluster, cluster_id, kind, format, body])

interface Read {
  readonly runs: AuditRun[]
  readonly acceptances: AuditAcceptance[]
  last: KeptReport | null
  unreadable: number
}

function take(read: Read, raw: unknown): void {
  const { row, isText } = readRow(raw)
  const { id, kind, format, body, checksum, ...owner } = row as Row
  try {
    if (!isText || format !== FORMAT || checksum !== checksumOf({ id, kind, format, body, ...owner }))
      throw new Error('it is damaged')
    const value = fromBody(body)
    if (kind === 'run') read.runs.push(runSchema.parse(value))
    else if (kind === 'last') read.last = keptSchema.parse(value)
    else read.acceptances.push({ ...acceptanceSchema.parse(value), id })
  } catch {
    read.unreadable += 1
  }
}

function readAll(rows: readonly unknown[]): Read {
  const read: Read = { runs: [], acceptances: [], last: null, unreadable: 0 }
  for (const raw of rows) take(read, raw)
  return read
}

/** `prove` throws when what is written now would not be found by the next start. Every call is synchronous and throws what SQLite throws. */
export function createAuditBook(db: Database.Database, prove: () => void): AuditBook {
  const select = `SELECT ${cells(COLUMNS)} FROM audit`
  // A cluster that tells no id is known by the saved one alone.
  const ours = `audit.cluster_id = ?1 AND (?1 <> '' OR audit.cluster = ?2)`
  const all = db.prepare(`${select} WHERE ${ours} ORDER BY audit.id`)
  const next = db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM audit')
  const write = db.prepare(
    'INSERT OR REPLACE INTO audit (id, cluster, cluster_id, kind, format, body, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const dropLast = db.prepare(`DELETE FROM audit WHERE ${ours} AND audit.kind = 'last'`)
  const dropOld = db.prepare(
    `DELETE FROM audit WHERE ${ours} AND audit.kind = 'run' AND audit.id NOT IN
      (SELECT id FROM audit WHERE ${ours} AND audit.kind = 'run' ORDER BY id DESC LIMIT ${MOST_RUNS})`,
  )
  const put = ({ cluster, clusterId }: AuditOwner, kind: Kind, value: unknown, known?: number): void => {
    const id = known ?? (next.get() as { id: number }).id
    const row = { id, cluster, cluster_id: clusterId, kind, format: FORMAT, body: toBody(value) }
    write.run(id, cluster, clusterId, kind, FORMAT, row.body, checksumOf(row))
  }
  const list = ({ cluster, clusterId }: AuditOwner): Read => readAll(all.all(clusterId, cluster))
  return {
    unreadable: readAll(db.prepare(select).all()).unreadable,
    list,
    keepRun(owner, run, last) {
      prove()
      inTransaction(db, () => {
        put(owner, 'run', run)
        dropLast.run(owner.clusterId, owner.cluster)
        put(owner, 'last', last)
        dropOld.run(owner.clusterId, owner.cluster)
      })
    },
    accept(owner, acceptance) {
      prove()
      inTransaction(db, () => put(owner, 'acceptance', acceptance))
    },
    end(owner, id, at) {
      const found = list(owner).acceptances.find((one) => one.id === id)
      if (found === undefined || found.until <= at) return
      prove()
      const { id: known, ...kept } = found
      inTransaction(db, () => put(owner, 'acceptance', { ...kept, until: at }, known))
    },
  }
}
