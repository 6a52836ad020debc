/** What the stores of a Highwater hold, written through its own code, and what they serve, read through it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import Database from 'libsql'
import { openStores } from '../../../src-main/compose/stores'
import type { Stores } from '../../../src-main/compose/stores'
import type { LossFinding } from '../../../src-main/contract/loss'
import type { AuditFinding, AuditReport, AuditRow, AuditRun } from '../../../src-main/contract/audit'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { createJournal } from '../../../src-main/history/journal'
import { runWhole } from '../../../src-main/domain/slices'
import { toBody } from '../../../src-main/history/journal-body'
import { createLossBook } from '../../../src-main/history/loss-book'
import { ROW_COLUMNS } from '../../../src-main/history/row-checksum'
import { MIGRATIONS } from '../../../src-main/profiles/migrations'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { confirmed, drafted, newRow, planned, wholeChange } from '../journal-rows'
import type { NewRow } from '../journal-rows'
import type { Content } from './judge'

export const STORE = 'highwater.db'
const OWNERS = ['kafka-A', 'kafka-B'].map((clusterId) => ({ cluster: 'c1', clusterId }))
const KEPT = ['settings', 'window']

const throwIt = (cause: unknown): never => {
  throw cause
}

const cluster = (whose: string, n: number): ClusterProfile => ({
  ...SAVED_CLUSTER.initial,
  id: `c${n}`,
  name: `${whose}-${n}`,
  environment: n === 1 ? 'prod' : 'dev',
  bootstrap: [`b${n}.${whose}.example:9092`, '[::1]:9092'],
  sasl: n === 1 ? { mechanism: 'scram-sha-512', username: `ops-${whose}` } : null,
})

const finding = (whose: string, partition: number): LossFinding => ({
  topic: `orders-${whose}`,
  topicId: 'AAAAAAAAAAAAAAAAAAAABw',
  partition,
  kind: 'unclean-election',
  atLeast: 500 + partition,
  atMost: Number.NaN,
  missingAsRead: 500,
  oldLeader: 1,
  newLeader: 2,
  oldEpoch: 4,
  epoch: 5,
  partsAt: 1_000,
  highWatermark: 1_500,
  seenAt: 1_700_000_000_000,
  holders: [{ broker: 1, logEndOffset: 1_500, readAt: 1_699_999_999_000 }],
})

/** A change that is done, one that was cut off while it was sent (with a plan that fills pages of its own), one that is planned, one that is a draft. */
function linesOf(whose: string): NewRow[] {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => `${name}-${whose}`) as [string, string, string, string]
  const cutOff = wholeChange(b, ['refunds', 'orders']).slice(0, 5)
  return [
    ...wholeChange(a, ['orders']),
    ...cutOff.slice(0, 2),
    newRow(c, 'draft', drafted(['payments'], 'retention.ms')),
    newRow(b, 'planned', planned({ topics: ['refunds', 'orders'], commands: ['kafka-configs.sh '.repeat(600)] })),
    newRow(c, 'planned', planned({ topics: ['payments'], commands: ['x'.repeat(9_000)] })),
    ...cutOff.slice(2),
    newRow(d, 'draft', drafted([`é-${whose}`, 'naïve'])),
    newRow(c, 'confirmed', confirmed('Grund: größer 数据')),
  ]
}

/** How many lines of the journal `ours` has. */
export const LINES = linesOf('').length

const AUDIT_RUN: Omit<AuditRun, 'at'> = { score: 98, counts: { loses: 0, stops: 0, weak: 1, untidy: 0 }, unknown: 0 }

/** One run with something found and accepted, and another one without. */
function keepAudits(audits: Stores['audits'], whose: string): void {
  const [owner, another] = OWNERS
  const row: AuditRow = { topic: `endless-${whose}`, broker: -1, partitions: 3, note: null }
  const found: AuditFinding = {
    id: 'retention-unlimited.both',
    risk: 'weak',
    evidence: [],
    rows: [row],
    fix: { kind: 'settings' },
    commands: [`kafka-configs.sh --describe --topic ${whose}`],
    readAt: 1_700_000_000_000,
  }
  const report = (at: number, findings: readonly AuditFinding[]): AuditReport => ({
    at,
    tookMs: 5,
    topics: 1,
    partitions: 3,
    brokers: 3,
    rules: [{ rule: 'retention-unlimited', outcome: findings.length > 0 ? 'found' : 'clear', findings, unseen: [] }],
  })
  const at = 1_700_000_000_000
  const since = new Map([[found.id, new Map([[`-1/${row.topic}`, at]])]])
  runWhole(audits.keepRun(owner!, { ...AUDIT_RUN, at }, { report: report(at, [found]), since }))
  runWhole(audits.keepRun(another!, { ...AUDIT_RUN, at: at + 1 }, { report: report(at + 1, []), since: new Map() }))
  audits.accept(owner!, {
    finding: found.id,
    risk: found.risk,
    rows: [{ topic: row.topic, broker: -1, partitions: 3 }],
    at,
    until: at + 86_400_000,
    by: `ada-${whose}`,
    reason: 'can be rebuilt',
  })
}

interface Fillable {
  readonly journal: Pick<Stores['journal'], 'append'>
  readonly losses: Pick<Stores['losses'], 'keep' | 'acknowledge'>
  /** Left out: of a release that kept none. */
  readonly audits?: Stores['audits']
  readonly cluster: (profile: ClusterProfile) => void
  readonly keep: (key: string, value: unknown) => void
}

/** The first part is what an older copy has. */
function fillFirst({ journal, losses, cluster: save, keep }: Fillable, whose: string): void {
  for (const row of linesOf(whose).slice(0, 9)) journal.append(row)
  save(cluster(whose, 1))
  keep('window', { bounds: { x: 1, y: 2, width: 1300, height: 800 }, maximised: false })
  losses.keep(OWNERS[0]!, finding(whose, 0))
}
function fillRest({ journal, losses, audits, cluster: save, keep }: Fillable, whose: string): void {
  if (audits !== undefined) keepAudits(audits, whose)
  for (const row of linesOf(whose).slice(9)) journal.append(row)
  save(cluster(whose, 2))
  save(cluster(whose, 3))
  keep('settings', { theme: 'light', language: 'en', density: 'compact' })
  losses.keep(OWNERS[0]!, finding(whose, 1))
  losses.keep(OWNERS[1]!, finding(whose, 2))
  losses.acknowledge([1], { at: 1_700_000_060_000, by: 'ada', reason: 'sent again' })
}

const fillable = ({ journal, losses, audits, saved, kept }: Stores): Fillable => ({
  journal,
  losses,
  audits,
  cluster: (profile) => saved.save(profile),
  keep: (key, value) => kept.write(key, value),
})

/** Everything that is served, a line of the journal and a change each. What cannot be read is left out. */
export function servedBy({ journal, losses, audits, saved, kept }: Stores): Map<string, string> {
  const served = new Map<string, string>()
  for (const entry of journal.list({ cluster: '', text: '', show: 'all', before: 0, limit: 1000 }).entries) {
    if (entry.state !== 'unreadable') served.set(`change ${entry.change}`, toBody(entry))
    try {
      for (const row of journal.rows(entry.change)) served.set(`journal ${row.seq}`, toBody(row))
    } catch {
      // It says so, and is not told.
    }
  }
  for (const { profile, lastSeenAt } of saved.list())
    served.set(`cluster ${profile.id}`, toBody({ profile, lastSeenAt }))
  for (const key of KEPT) {
    const value = kept.read(key)
    if (value !== undefined) served.set(`kept ${key}`, toBody(value))
  }
  for (const owner of OWNERS) for (const loss of losses.list(owner).kept) served.set(`loss ${loss.id}`, toBody(loss))
  for (const owner of OWNERS) {
    const { runs, last, acceptances } = runWhole(audits.list(owner))
    for (const run of runs) served.set(`audit run ${run.at}`, toBody(run))
    if (last !== null) {
      const since = Array.from(last.since, ([finding, times]) => [finding, [...times]])
      served.set(`audit last ${owner.clusterId}`, toBody({ report: last.report, since }))
    }
    for (const acceptance of acceptances) served.set(`audit acceptance ${acceptance.id}`, toBody(acceptance))
  }
  return served
}

/** The files of a store by what is added to its name: '', '-wal', '-journal', '.mark'. */
export type Files = ReadonlyMap<string, Buffer>

const take = (path: string, tails: readonly string[]): Files =>
  new Map(tails.map((tail) => [tail, readFileSync(path + tail)]))

export interface Bases {
  readonly ours: Files
  /** Killed in the middle of a commit: the file is half written, and its rollback journal undoes that. */
  readonly killed: Files
  readonly older: Files
  readonly another: Files
  /** As a Highwater that used WAL left it when it was killed: its last lines are in the log alone. */
  readonly earlier: Files
  /** The log of `earlier` when it was half as long, and that of another Highwater. */
  readonly earlierLogs: { readonly before: Buffer; readonly another: Buffer }
  readonly content: { readonly ours: Content; readonly earlier: Content }
  /** All that any of these files serves. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>
}

/** Written once; a case copies the bytes. `folder` is empty. */
export function buildBases(folder: string): Bases {
  let clock = 1_700_000_000_000
  const now = (): number => (clock += 1_000)
  const opened = (name: string): Stores => openStores(`${folder}/${name}`, now, throwIt)
  const clean = ['', '.mark']

  let stores = opened('ours')
  fillFirst(fillable(stores), 'ours')
  const olderContent = servedBy(stores)
  stores.file.close()
  const older = take(`${folder}/ours`, clean)
  stores = opened('ours')
  fillRest(fillable(stores), 'ours')
  const oursContent = servedBy(stores)
  stores.file.close()
  const ours = take(`${folder}/ours`, clean)

  stores = opened('another')
  fillFirst(fillable(stores), 'another')
  fillRest(fillable(stores), 'another')
  const anotherContent = servedBy(stores)
  stores.file.close()
  const another = take(`${folder}/another`, clean)

  const { earlier, earlierLogs, earlierAnother } = earlierRelease(folder, now)
  const earlierContent = servedOf(folder, earlier, now)
  const contents = [
    oursContent,
    olderContent,
    anotherContent,
    earlierContent,
    servedOf(folder, new Map([['', earlier.get('')!]]), now),
    servedOf(folder, earlierAnother, now),
  ]
  const written = new Map<string, Set<string>>()
  for (const content of contents)
    for (const [name, text] of content) written.set(name, (written.get(name) ?? new Set<string>()).add(text))
  return {
    ours,
    older,
    another,
    killed: killedInACommit(folder, ours),
    earlier,
    earlierLogs,
    content: { ours: oursContent, earlier: earlierContent },
    written,
  }
}

function killedInACommit(folder: string, ours: Files): Files {
  const path = `${folder}/killed`
  copyFileSync(`${folder}/ours`, path)
  const db = new Database(path)
  db.pragma('journal_mode = TRUNCATE')
  // So small that pages are written into the file before the commit.
  db.pragma('cache_size = 3')
  db.exec('BEGIN IMMEDIATE')
  db.exec(
    "UPDATE kept SET value = '\"half\"', checksum = 'x'; UPDATE cluster SET position = position + 10, body = body || ' '",
  )
  const insert = db.prepare('INSERT INTO kept (key, value) VALUES (?, ?)')
  for (let n = 0; n < 80; n += 1) insert.run(`half ${n}`, 'x'.repeat(2_000))
  const files = take(path, ['', '-journal'])
  db.exec('ROLLBACK')
  db.close()
  if (files.get('-journal')?.length === 0 || files.get('')?.equals(ours.get('')!) === true)
    throw new Error('nothing of the commit is on the disk: it cannot be killed in the middle')
  return new Map(files).set('.mark', ours.get('.mark')!)
}

/** Fills a file of format 5 in WAL mode; answers its files while it is open. */
function fillEarlier(path: string, whose: string, now: () => number): { half: Files; whole: Files } {
  const file = openStoreFile(path, 0, throwIt, MIGRATIONS.slice(0, 5))
  file.db.pragma('journal_mode = WAL')
  file.db.pragma('wal_autocheckpoint = 0')
  const journal = createJournal(file.db, { durable: true, now, prove: () => undefined })
  const save = file.db.prepare('INSERT INTO cluster (id, position, body) VALUES (?, ?, ?)')
  const keep = file.db.prepare('INSERT INTO kept (key, value) VALUES (?, ?)')
  const parts: Fillable = {
    journal,
    losses: createLossBook(file.db, () => undefined),
    cluster: (profile) => void save.run(profile.id, Number(profile.id.slice(1)), JSON.stringify(profile)),
    keep: (key, value) => void keep.run(key, JSON.stringify(value)),
  }
  fillFirst(parts, whose)
  file.db.pragma('wal_checkpoint(TRUNCATE)')
  for (const row of linesOf(whose).slice(9, 12)) journal.append({ ...row, change: `${row.change}-before` })
  const half = take(path, ['', '-wal'])
  fillRest(parts, whose)
  const whole = take(path, ['', '-wal'])
  file.db.close()
  return { half, whole }
}

function earlierRelease(
  folder: string,
  now: () => number,
): Pick<Bases, 'earlier' | 'earlierLogs'> & { readonly earlierAnother: Files } {
  const ours = fillEarlier(`${folder}/earlier`, 'ours', now)
  const another = fillEarlier(`${folder}/earlier-another`, 'another', now)
  return {
    earlier: ours.whole,
    earlierLogs: { before: ours.half.get('-wal')!, another: another.whole.get('-wal')! },
    earlierAnother: another.whole,
  }
}

/** Of a copy: whoever wrote the file may not have let go of it yet. */
function servedOf(folder: string, files: Files, now: () => number): Content {
  const path = `${folder}/served-${now()}`
  for (const [tail, bytes] of files) writeFileSync(path + tail, bytes)
  const stores = openStores(path, now, throwIt)
  const content = servedBy(stores)
  stores.file.close()
  return content
}

const TABLES: Readonly<Record<string, readonly string[]>> = {
  journal: [...ROW_COLUMNS, 'checksum'],
  cluster: ['id', 'position', 'body', 'last_seen_at'],
  kept: ['key', 'value'],
  audit: ['id', 'cluster', 'cluster_id', 'kind', 'format', 'body', 'checksum'],
  loss: ['id', 'cluster', 'cluster_id', 'format', 'finding', 'acknowledged', 'checksum'],
}

/**
 * Rows of our tables as they stand in a file, each as one text of kinds and hexadecimal bytes, by name as in a Content: read by plain SQL beside our code.
 * What cannot be read is left out. The name of what is kept or saved is not part of its text, as it gets another one when it is put aside.
 */
export function rawRows(path: string): Map<string, string> {
  const rows = new Map<string, string>()
  const db = new Database(path)
  try {
    for (const [table, columns] of Object.entries(TABLES)) {
      const [key] = columns
      const shown = table === 'kept' || table === 'cluster' ? columns.slice(1) : columns
      const text = shown.map((column) => `typeof(${column}) || ':' || hex(${column})`).join(` || ' ' || `)
      try {
        for (const row of db.prepare(`SELECT hex(${key}) AS name, ${text} AS text FROM ${table}`).iterate()) {
          const { name, text: raw } = row as { readonly name: string; readonly text: string }
          rows.set(`${table} ${Buffer.from(name, 'hex').toString('utf8')}`, raw)
        }
      } catch {
        // What comes after cannot be read here either.
      }
    }
  } finally {
    db.close()
  }
  return rows
}
