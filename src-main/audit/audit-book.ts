/**
 * What is kept of audits in our own file (table `audit` of profiles/migrations.ts), by the Kafka id of the cluster: the figures of each run, the whole of the last
 * one with when each row of it was seen first, and what is accepted. On the disk when a call has returned, or a pass is done. A row that cannot be read stays as it is and costs itself alone: it is counted.
 *
 * A last report may have 50,000 rows in its findings. They stand apart from it, some to a row of the table, so that neither writing nor reading it is one long piece; it is read whole or not at all.
 */
import type Database from 'libsql'
import { z } from 'zod'
import { exactly } from '../contract/exact'
import type { AuditAcceptance, AuditFinding, AuditFix, AuditReport, AuditRow, AuditRun } from '../contract/audit'
import { findingsOf } from '../domain/audit/score'
import { runWhole } from '../domain/slices'
import type { Sliced } from '../domain/slices'
import { fromBody, toBody } from '../history/journal-body'
import { cells, cellsChecksum, readRow } from '../ports/stored-row'
import { inTransaction } from '../sqlite/in-transaction'
import { AUDIT_FINDING_IDS, AUDIT_RISKS, AUDIT_RULE_NAMES } from '../shared/audit-rules'
import type { ChangeDraft } from '../shared/draft'
import { isPhrase } from '../shared/words/entries'
import type { Phrase } from '../shared/words/phrase'

/** Of a body that is written now. Raise it with what a body holds, and read the old one too. */
const FORMAT = { run: 1, acceptance: 1, last: 2, rows: 1, since: 1 } as const
type Kind = keyof typeof FORMAT
/** Of a last report with its rows in it, and when they were seen first. */
const LAST_IN_ONE = 1
/** Runs kept of a cluster: one a day for more than a year. */
export const MOST_RUNS = 400

/** Whose: Kafka's id of the cluster, '' = it tells none, and then the saved cluster's. */
export interface AuditOwner {
  /** Profile id. */
  readonly cluster: string
  readonly clusterId: string
}

/** Rows of a report, or times of them, in one row of the table. */
const PER_PIECE = 500

/** By finding and row (`rowKey` of domain/audit/score.ts): when an audit saw it first. */
export type Since = ReadonlyMap<string, ReadonlyMap<string, number>>

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
  /** As it stands when the pass begins. `last`: the last report as it is known already, and then not read again. */
  list(owner: AuditOwner, last?: KeptReport | null): Sliced<KeptAudits>
  keepRun(owner: AuditOwner, run: AuditRun, last: KeptReport): Sliced<void>
  accept(owner: AuditOwner, acceptance: Omit<AuditAcceptance, 'id'>): void
  /** Ends it at that moment. */
  end(owner: AuditOwner, acceptance: AuditAcceptance, at: number): void
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
const inOneSchema = z.strictObject({
  report: reportSchema,
  since: z.record(z.string(), z.record(z.string(), figure)),
})
/** `pieces`: how many rows of the table go with it. */
const headSchema = z.strictObject({ report: reportSchema, pieces: z.int().min(0) })
const rowsSchema = z.strictObject({ finding, rows: z.array(rowSchema) })
const sinceSchema = z.strictObject({ finding: z.string(), since: z.array(z.tuple([z.string(), figure])) })
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

interface Row {
  readonly id: number
  readonly cluster: string
  readonly cluster_id: string
  readonly kind: Kind
  readonly format: number
  readonly body: string
  readonly checksum: string
}

const PARTS_OF_LAST: readonly Kind[] = ['last', 'rows', 'since']

const COLUMNS = ['id', 'cluster', 'cluster_id', 'kind', 'format', 'body', 'checksum'] as const

const checksumOf = ({ id, cluster, cluster_id, kind, format, body }: Omit<Row, 'checksum'>): string =>
  cellsChecksum([id, cluster, cluster_id, kind, format, body])

interface Read {
  readonly runs: AuditRun[]
  readonly acceptances: AuditAcceptance[]
  /** Without the rows of its findings, but for one that is in one. */
  head: { readonly report: AuditReport; readonly pieces: number } | null
  readonly rows: Map<string, AuditRow[]>
  readonly since: Map<string, Map<string, number>>
  pieces: number
  unreadable: number
  /** Of those, parts of a last report. */
  lost: number
}

function takeRows(read: Read, id: string, rows: readonly AuditRow[]): void {
  const known = read.rows.get(id) ?? []
  for (const row of rows) known.push(row)
  read.rows.set(id, known)
}

function takeSince(read: Read, id: string, since: Iterable<readonly [key: string, at: number]>): void {
  const known = read.since.get(id) ?? new Map<string, number>()
  for (const [key, at] of since) known.set(key, at)
  read.since.set(id, known)
}

function takeInOne(read: Read, value: unknown): void {
  const { report, since } = inOneSchema.parse(value)
  read.head = { report, pieces: 0 }
  for (const [id, times] of Object.entries(since)) takeSince(read, id, Object.entries(times))
}

/** Each throws where the body is not what its kind has. */
const TAKE: Readonly<Record<Kind, (read: Read, value: unknown, id: number) => void>> = {
  run: (read, value) => void read.runs.push(runSchema.parse(value)),
  acceptance: (read, value, id) => void read.acceptances.push({ ...acceptanceSchema.parse(value), id }),
  last: (read, value) => {
    read.head = headSchema.parse(value)
  },
  rows: (read, value) => {
    const { finding: id, rows } = rowsSchema.parse(value)
    takeRows(read, id, rows)
    read.pieces += 1
  },
  since: (read, value) => {
    const { finding: id, since } = sinceSchema.parse(value)
    takeSince(read, id, since)
    read.pieces += 1
  },
}

function takeBody(read: Read, { id, kind, format }: Row, value: unknown): void {
  if (kind === 'last' && format === LAST_IN_ONE) takeInOne(read, value)
  else if (format === FORMAT[kind]) TAKE[kind](read, value, id)
  else throw new Error(`a format that is not known: ${format}`)
}

function take(read: Read, raw: unknown): void {
  const { row, isText } = readRow(raw)
  const { checksum, ...cellsOfRow } = row as Row
  try {
    if (!isText || checksum !== checksumOf(cellsOfRow)) throw new Error('it is damaged')
    takeBody(read, row as Row, fromBody(cellsOfRow.body))
  } catch {
    read.unreadable += 1
    if (PARTS_OF_LAST.includes(cellsOfRow.kind)) read.lost += 1
  }
}

const isWhole = ({ head, pieces }: Read): boolean => pieces === (head?.pieces ?? 0)

/** null = there is none, or some of it cannot be read. */
function lastOf(read: Read): KeptReport | null {
  const { head, rows, since } = read
  if (head === null || !isWhole(read)) return null
  const rules = head.report.rules.map((rule) => ({
    ...rule,
    findings: rule.findings.map((one) => ({ ...one, rows: rows.get(one.id) ?? one.rows })),
  }))
  return { report: { ...head.report, rules }, since }
}

function* readAll(rows: readonly unknown[]): Sliced<Read> {
  const read: Read = {
    runs: [],
    acceptances: [],
    head: null,
    rows: new Map(),
    since: new Map(),
    pieces: 0,
    unreadable: 0,
    lost: 0,
  }
  for (const raw of rows) {
    take(read, raw)
    yield
  }
  // A part that is not there at all.
  if (!isWhole(read) && read.lost === 0) read.unreadable += 1
  return read
}

/** By whose they are. */
function byOwner(rows: readonly unknown[]): Iterable<readonly unknown[]> {
  const groups = new Map<string, unknown[]>()
  for (const raw of rows) {
    const { cluster, cluster_id } = readRow(raw).row as Row
    const whose = cluster_id === '' ? `saved ${cluster}` : `kafka ${cluster_id}`
    const known = groups.get(whose)
    if (known === undefined) groups.set(whose, [raw])
    else known.push(raw)
  }
  return groups.values()
}

interface Body {
  readonly kind: Kind
  readonly body: string
}

/** A last report as rows of the table. */
function* bodiesOf({ report, since }: KeptReport): Sliced<readonly Body[]> {
  const pieces: Body[] = []
  for (const { id, rows } of findingsOf(report))
    for (let from = 0; from < rows.length; from += PER_PIECE) {
      pieces.push({ kind: 'rows', body: toBody({ finding: id, rows: rows.slice(from, from + PER_PIECE) }) })
      yield
    }
  for (const [id, times] of since) {
    const all = [...times]
    for (let from = 0; from < all.length; from += PER_PIECE) {
      pieces.push({ kind: 'since', body: toBody({ finding: id, since: all.slice(from, from + PER_PIECE) }) })
      yield
    }
  }
  const rules = report.rules.map((rule) => ({
    ...rule,
    findings: rule.findings.map((one) => ({ ...one, rows: [] })),
  }))
  return [{ kind: 'last', body: toBody({ report: { ...report, rules }, pieces: pieces.length }) }, ...pieces]
}

/** `prove` throws when what is written now would not be found by the next start. Every call and every pass throws what SQLite throws. */
export function createAuditBook(db: Database.Database, prove: () => void): AuditBook {
  const select = `SELECT ${cells(COLUMNS)} FROM audit`
  // A cluster that tells no id is known by the saved one alone.
  const ours = `audit.cluster_id = ?1 AND (?1 <> '' OR audit.cluster = ?2)`
  const ofLast = `audit.kind IN (${PARTS_OF_LAST.map((kind) => `'${kind}'`).join(', ')})`
  const all = db.prepare(`${select} WHERE ${ours} ORDER BY audit.id`)
  const butLast = db.prepare(`${select} WHERE ${ours} AND NOT ${ofLast} ORDER BY audit.id`)
  const highest = db.prepare('SELECT coalesce(max(id), 0) AS id FROM audit')
  const write = db.prepare(
    'INSERT OR REPLACE INTO audit (id, cluster, cluster_id, kind, format, body, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const dropLast = db.prepare(`DELETE FROM audit WHERE ${ours} AND ${ofLast}`)
  const dropOld = db.prepare(
    `DELETE FROM audit WHERE ${ours} AND audit.kind = 'run' AND audit.id NOT IN
      (SELECT id FROM audit WHERE ${ours} AND audit.kind = 'run' ORDER BY id DESC LIMIT ${MOST_RUNS})`,
  )
  // Numbers are given out before the rows are written, and nobody else writes them.
  let nextId = (highest.get() as { id: number }).id + 1
  const rowOf = ({ cluster, clusterId }: AuditOwner, { kind, body }: Body, id = nextId++): Row => {
    const row = { id, cluster, cluster_id: clusterId, kind, format: FORMAT[kind], body }
    return { ...row, checksum: checksumOf(row) }
  }
  const put = (row: Row): void => void write.run(...COLUMNS.map((column) => row[column]))
  let unreadable = 0
  for (const rows of byOwner(db.prepare(select).all())) unreadable += runWhole(readAll(rows)).unreadable
  return {
    unreadable,
    *list({ cluster, clusterId }, last = null) {
      const read = yield* readAll((last === null ? all : butLast).all(clusterId, cluster))
      const { runs, acceptances } = read
      return { runs, acceptances, unreadable: read.unreadable, last: last ?? lastOf(read) }
    },
    *keepRun(owner, run, last) {
      prove()
      const rows: Row[] = []
      for (const body of [{ kind: 'run', body: toBody(run) } as const, ...(yield* bodiesOf(last))]) {
        rows.push(rowOf(owner, body))
        yield
      }
      inTransaction(db, () => {
        dropLast.run(owner.clusterId, owner.cluster)
        rows.forEach(put)
        dropOld.run(owner.clusterId, owner.cluster)
      })
    },
    accept(owner, acceptance) {
      prove()
      const row = rowOf(owner, { kind: 'acceptance', body: toBody(acceptance) })
      inTransaction(db, () => put(row))
    },
    end(owner, { id, ...acceptance }, at) {
      prove()
      const row = rowOf(owner, { kind: 'acceptance', body: toBody({ ...acceptance, until: at }) }, id)
      inTransaction(db, () => put(row))
    },
  }
}
