/** Audits of the opened clusters: run, kept, and what of them somebody accepts. */
import type { AuditAcceptance, AuditFinding, AuditReport, AuditRow, AuditView } from '../contract/audit'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { Links } from '../change/links/links'
import { findingsOf, rowKey, runOf, scoreOf, split, unknownRules } from '../domain/audit/score'
import type { Split } from '../domain/audit/score'
import type { Sliced } from '../domain/slices'
import type { Clock } from '../ports/clock'
import type { FindCluster, LiveCluster } from '../ports/live-cluster'
import { inSlices } from '../ports/slices'
import { ACCEPT_MOST_DAYS } from '../shared/audit-rules'
import type { AuditFindingId } from '../shared/audit-rules'
import type { AuditBook, AuditOwner, KeptAudits, KeptReport, Since } from './audit-book'
import { runAudit } from './run-audit'
import type { AuditTask } from './run-audit'

const DAY_MS = 86_400_000

export interface Acceptance {
  readonly finding: AuditFindingId
  /** null = all of it that is open. */
  readonly topic: string | null
  readonly until: number
  readonly by: string
  readonly reason: string
}

export interface Audits {
  /** Keeps what it found. One at a time of a cluster ('conflict'). */
  run(cluster: string, task: AuditTask): Promise<Result<AuditView>>
  /** Rejects, as the next two, with what SQLite throws. */
  view(cluster: string): Promise<Result<AuditView>>
  accept(cluster: string, acceptance: Acceptance): Promise<Result<AuditView>>
  withdraw(cluster: string, acceptance: number): Promise<Result<AuditView>>
}

const ownerOf = (live: LiveCluster): AuditOwner => ({ cluster: live.id, clusterId: live.clusterId() ?? '' })

const sinceOf =
  (since: Since, otherwise: number) =>
  ({ id }: AuditFinding, row: AuditRow): number =>
    since.get(id)?.get(rowKey(row)) ?? otherwise

/** When each row was seen first. What a rule could not look at now is neither there nor gone: it keeps its time for when it is seen again. */
export function datedRows(report: AuditReport, before: Since): Since {
  const blind = new Set(
    report.rules.flatMap(({ rule, outcome, unseen }) => (outcome !== 'idle' && unseen.length > 0 ? [rule] : [])),
  )
  const dated = new Map<string, Map<string, number>>()
  for (const [id, rows] of before)
    if ([...blind].some((rule) => id.startsWith(`${rule}.`))) dated.set(id, new Map(rows))
  for (const finding of findingsOf(report)) {
    const rows = dated.get(finding.id) ?? new Map<string, number>()
    dated.set(finding.id, rows)
    const known = before.get(finding.id)
    for (const row of finding.rows) {
      const key = rowKey(row)
      rows.set(key, known?.get(key) ?? report.at)
    }
  }
  return dated
}

function splitOf({ last, acceptances }: KeptAudits, now: number): Split {
  return last === null
    ? { open: [], accepted: [] }
    : split(last.report, acceptances, sinceOf(last.since, last.report.at), now)
}

function viewOf(kept: KeptAudits, now: number): AuditView {
  const { open, accepted } = splitOf(kept, now)
  const used = new Set<AuditAcceptance>(accepted.map(({ acceptance }) => acceptance))
  return {
    report: kept.last?.report ?? null,
    open,
    accepted,
    score: scoreOf(open),
    unknown: kept.last === null ? 0 : unknownRules(kept.last.report),
    runs: kept.runs,
    ended: kept.acceptances.filter((one) => !used.has(one)).toReversed(),
    unreadable: kept.unreadable,
  }
}

/** One after the other: what was read stands until what follows from it is written. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

export function createAudits(parts: {
  readonly book: AuditBook
  readonly find: FindCluster
  readonly linksOf: (cluster: LiveCluster) => Links
  readonly clock: Pick<Clock, 'now' | 'breathe'>
}): Audits {
  const { book, find, linksOf, clock } = parts
  const running = new Set<string>()
  const inTurn = createTurns()
  /** What comes next has a turn of its own: writing a large report, and splitting one, takes some of it each. */
  const whole = async <T>(pass: Sliced<T>): Promise<T> => {
    const done = await inSlices(clock, pass)
    await clock.breathe()
    return done
  }
  const use = async (
    id: string,
    work: (live: LiveCluster) => Promise<Result<AuditView>>,
  ): Promise<Result<AuditView>> => {
    const live = find(id)
    return live === null ? fail('not-found', 'This cluster is not open', { cluster: id }) : work(live)
  }
  const viewAfter = async (owner: AuditOwner, last: KeptReport | null): Promise<Result<AuditView>> =>
    ok(viewOf(await whole(book.list(owner, last)), clock.now()))

  async function keep(live: LiveCluster, report: AuditReport): Promise<Result<AuditView>> {
    const owner = ownerOf(live)
    try {
      const before = await whole(book.list(owner))
      const last = { report, since: datedRows(report, before.last?.since ?? new Map()) }
      await clock.breathe()
      const made = runOf(report, splitOf({ ...before, last }, clock.now()))
      await clock.breathe()
      await whole(book.keepRun(owner, made, last))
      return await viewAfter(owner, last)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      return fail('storage', `The audit could not be kept: ${why}`, { why }, true)
    }
  }

  async function run(live: LiveCluster, task: AuditTask): Promise<Result<AuditView>> {
    if (running.has(live.id)) return fail('conflict', 'An audit of this cluster is under way', { cluster: live.id })
    running.add(live.id)
    try {
      const made = await runAudit(live, linksOf(live), task)
      return made.ok ? await inTurn(() => keep(live, made.value)) : made
    } finally {
      running.delete(live.id)
    }
  }

  async function accept(
    live: LiveCluster,
    { finding: id, topic, until, by, reason }: Acceptance,
  ): Promise<Result<AuditView>> {
    const at = clock.now()
    if (!(until > at && until <= at + ACCEPT_MOST_DAYS * DAY_MS))
      return fail('bad-input', `An acceptance ends within ${ACCEPT_MOST_DAYS} days`)
    const owner = ownerOf(live)
    const kept = await whole(book.list(owner))
    const finding = splitOf(kept, at).open.find((one) => one.id === id)
    const rows = finding?.rows.filter((row) => topic === null || row.topic === topic) ?? []
    if (finding === undefined || rows.length === 0) return fail('not-found', 'Nothing of this is open', { finding: id })
    book.accept(owner, {
      finding: id,
      risk: finding.risk,
      rows: rows.map(({ topic: name, broker, partitions }) => ({ topic: name, broker, partitions })),
      at,
      until,
      by,
      reason,
    })
    return viewAfter(owner, kept.last)
  }

  async function withdraw(live: LiveCluster, id: number): Promise<Result<AuditView>> {
    const owner = ownerOf(live)
    const now = clock.now()
    const kept = await whole(book.list(owner))
    // Nothing where it has ended, or is not this cluster's.
    const found = kept.acceptances.find((one) => one.id === id && one.until > now)
    if (found !== undefined) book.end(owner, found, now)
    return viewAfter(owner, kept.last)
  }

  return {
    run: (id, task) => use(id, (live) => run(live, task)),
    view: (id) => use(id, (live) => inTurn(() => viewAfter(ownerOf(live), null))),
    accept: (id, acceptance) => use(id, (live) => inTurn(() => accept(live, acceptance))),
    withdraw: (id, acceptance) => use(id, (live) => inTurn(() => withdraw(live, acceptance))),
  }
}
