/** Audits of the opened clusters: run, kept, and what of them somebody accepts. */
import type { AuditAcceptance, AuditFinding, AuditReport, AuditRow, AuditView } from '../contract/audit'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { Links } from '../change/links/links'
import { findingsOf, rowKey, runOf, scoreOf, split, unknownRules } from '../domain/audit/score'
import type { Split } from '../domain/audit/score'
import type { FindCluster, LiveCluster } from '../ports/live-cluster'
import { ACCEPT_MOST_DAYS } from '../shared/audit-rules'
import type { AuditFindingId } from '../shared/audit-rules'
import type { AuditBook, AuditOwner, KeptAudits, Since } from './audit-book'
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
  view(cluster: string): Result<AuditView>
  accept(cluster: string, acceptance: Acceptance): Result<AuditView>
  withdraw(cluster: string, acceptance: number): Result<AuditView>
}

const ownerOf = (live: LiveCluster): AuditOwner => ({ cluster: live.id, clusterId: live.clusterId() ?? '' })

const sinceOf =
  (since: Since, otherwise: number) =>
  ({ id }: AuditFinding, row: AuditRow): number =>
    since[id]?.[rowKey(row)] ?? otherwise

/** When each row was seen first. What a rule could not look at now is neither there nor gone: it keeps its time for when it is seen again. */
export function datedRows(report: AuditReport, before: Since): Since {
  const blind = new Set(
    report.rules.flatMap(({ rule, outcome, unseen }) => (outcome !== 'idle' && unseen.length > 0 ? [rule] : [])),
  )
  const kept = Object.entries(before).filter(([id]) => [...blind].some((rule) => id.startsWith(`${rule}.`)))
  const dated: Record<string, Record<string, number>> = Object.fromEntries(
    kept.map(([id, rows]) => [id, { ...rows }] as const),
  )
  for (const finding of findingsOf(report)) {
    const rows = (dated[finding.id] ??= {})
    for (const row of finding.rows) rows[rowKey(row)] = before[finding.id]?.[rowKey(row)] ?? report.at
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

export function createAudits(parts: {
  readonly book: AuditBook
  readonly find: FindCluster
  readonly linksOf: (cluster: LiveCluster) => Links
  readonly now: () => number
}): Audits {
  const { book, find, linksOf, now } = parts
  const running = new Set<string>()
  const use = <T>(id: string, work: (live: LiveCluster) => T): T | Result<never> => {
    const live = find(id)
    return live === null ? fail('not-found', 'This cluster is not open', { cluster: id }) : work(live)
  }
  const view = (live: LiveCluster): AuditView => viewOf(book.list(ownerOf(live)), now())

  async function run(live: LiveCluster, task: AuditTask): Promise<Result<AuditView>> {
    if (running.has(live.id)) return fail('conflict', 'An audit of this cluster is under way', { cluster: live.id })
    running.add(live.id)
    try {
      const made = await runAudit(live, linksOf(live), task)
      if (!made.ok) return made
      const owner = ownerOf(live)
      try {
        const before = book.list(owner)
        const last = { report: made.value, since: datedRows(made.value, before.last?.since ?? {}) }
        book.keepRun(owner, runOf(made.value, splitOf({ ...before, last }, now())), last)
        return ok(view(live))
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause)
        return fail('storage', `The audit could not be kept: ${why}`, { why }, true)
      }
    } finally {
      running.delete(live.id)
    }
  }

  function accept(live: LiveCluster, { finding: id, topic, until, by, reason }: Acceptance): Result<AuditView> {
    const at = now()
    if (!(until > at && until <= at + ACCEPT_MOST_DAYS * DAY_MS))
      return fail('bad-input', `An acceptance ends within ${ACCEPT_MOST_DAYS} days`)
    const owner = ownerOf(live)
    const finding = splitOf(book.list(owner), at).open.find((one) => one.id === id)
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
    return ok(view(live))
  }

  return {
    run: async (id, task) => use(id, (live) => run(live, task)),
    view: (id) => use(id, (live) => ok(view(live))),
    accept: (id, acceptance) => use(id, (live) => accept(live, acceptance)),
    withdraw: (id, acceptance) =>
      use(id, (live) => {
        book.end(ownerOf(live), acceptance, now())
        return ok(view(live))
      }),
  }
}
