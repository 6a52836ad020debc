/** What of an audit is open, what somebody accepts, and the one figure over the runs. */
import type { AuditAcceptance, AuditFinding, AuditReport, AuditRow, AuditRun, DatedFinding } from '../../contract/audit'
import { AUDIT_RISKS, isAsGraveAs } from '../../shared/audit-rules'
import type { AuditRisk } from '../../shared/audit-rules'

/** Points that an open finding costs, of 100. A half, so that three untidy things weigh less than one weak one. */
const COST: Readonly<Record<AuditRisk, number>> = { loses: 4, stops: 3, weak: 2, untidy: 0.5 }

export const rowKey = ({ topic, broker }: Pick<AuditRow, 'topic' | 'broker'>): string => `${broker}/${topic}`

/** Which acceptance covers a row of the finding now, oldest first: not ended, no graver than it was, no more partitions than there were. */
export function coveredBy(
  acceptances: readonly AuditAcceptance[],
  finding: AuditFinding,
  now: number,
): (row: AuditRow) => AuditAcceptance | undefined {
  const covering = acceptances
    .filter(
      (acceptance) =>
        acceptance.finding === finding.id && now < acceptance.until && isAsGraveAs(acceptance.risk, finding.risk),
    )
    // A look-up: thousands of rows against an acceptance of thousands, one by one, would stop everything for minutes.
    .map((acceptance) => ({
      acceptance,
      most: new Map(acceptance.rows.map((row) => [rowKey(row), row.partitions] as const)),
    }))
  return (row) => covering.find(({ most }) => row.partitions <= (most.get(rowKey(row)) ?? -1))?.acceptance
}

/** A finding with some of its rows. Its evidence is of all of them, so that is said where it is shown. */
function part(finding: DatedFinding, keep: (row: AuditRow, at: number) => boolean): DatedFinding | null {
  const at = finding.rows.flatMap((row, index) => (keep(row, index) ? [index] : []))
  if (at.length === 0) return null
  if (at.length === finding.rows.length) return finding
  return { ...finding, rows: at.map((index) => finding.rows[index]!), since: at.map((index) => finding.since[index]!) }
}

export interface Split {
  readonly open: readonly DatedFinding[]
  readonly accepted: readonly { readonly finding: DatedFinding; readonly acceptance: AuditAcceptance }[]
}

export const findingsOf = (report: AuditReport): readonly AuditFinding[] =>
  report.rules.flatMap(({ findings }) => findings)

/** Open ones gravest first, then most partitions; a finding may be open in part and accepted in part. `sinceOf`: when an audit saw a row first. */
export function split(
  report: AuditReport,
  acceptances: readonly AuditAcceptance[],
  sinceOf: (finding: AuditFinding, row: AuditRow) => number,
  now: number,
): Split {
  const open: DatedFinding[] = []
  const accepted: { finding: DatedFinding; acceptance: AuditAcceptance }[] = []
  for (const found of findingsOf(report)) {
    const finding: DatedFinding = { ...found, since: found.rows.map((row) => sinceOf(found, row)) }
    const by = finding.rows.map(coveredBy(acceptances, finding, now))
    const rest = part(finding, (_, at) => by[at] === undefined)
    if (rest !== null) open.push(rest)
    for (const acceptance of new Set(by)) {
      const covered = acceptance === undefined ? null : part(finding, (_, at) => by[at] === acceptance)
      if (acceptance !== undefined && covered !== null) accepted.push({ finding: covered, acceptance })
    }
  }
  const partitions = (finding: DatedFinding): number => finding.rows.reduce((sum, row) => sum + row.partitions, 0)
  const worst = (a: DatedFinding, b: DatedFinding): number =>
    AUDIT_RISKS.indexOf(a.risk) - AUDIT_RISKS.indexOf(b.risk) || partitions(b) - partitions(a)
  return { open: open.toSorted(worst), accepted }
}

export const unknownRules = (report: AuditReport): number =>
  report.rules.filter(({ outcome, unseen }) => outcome === 'unknown' || (outcome === 'found' && unseen.length > 0))
    .length

export const scoreOf = (open: readonly Pick<AuditFinding, 'risk'>[]): number =>
  Math.max(0, 100 - open.reduce((sum, { risk }) => sum + COST[risk], 0))

export function runOf(report: AuditReport, { open }: Split): AuditRun {
  const count = (wanted: AuditRisk): number => open.filter(({ risk }) => risk === wanted).length
  return {
    at: report.at,
    score: scoreOf(open),
    counts: { loses: count('loses'), stops: count('stops'), weak: count('weak'), untidy: count('untidy') },
    unknown: unknownRules(report),
  }
}
