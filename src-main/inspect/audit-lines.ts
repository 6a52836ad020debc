/** An audit as lines for a terminal and a log. Pure. */
import type { AuditFinding, AuditReport } from '../contract/audit'
import { findingsOf, scoreOf, unknownRules } from '../domain/audit/score'
import { AUDIT_RISKS, AUDIT_RULES, isAsGraveAs } from '../shared/audit-rules'
import type { AuditRisk } from '../shared/audit-rules'
import { findingText, riskWords, ruleText } from '../shared/words/audit-texts'
import { say, sayAll } from '../shared/words/say'

/** Subjects named in one line. */
const NAMED = 5
/** Command lines of one finding. */
const MOST_COMMANDS = 5

export type AuditVerdict = 'clear' | 'found' | 'unknown'

/** What was found counts however much was not seen. A rule that could not look matters where it could have found something that grave. */
export function auditVerdict(report: AuditReport, failOn: AuditRisk): AuditVerdict {
  if (findingsOf(report).some(({ risk }) => isAsGraveAs(risk, failOn))) return 'found'
  const blind = report.rules.filter(({ outcome, unseen }) => outcome !== 'idle' && unseen.length > 0)
  if (report.topics === 0 || blind.some(({ rule }) => isAsGraveAs(AUDIT_RULES[rule].gravest, failOn))) return 'unknown'
  return 'clear'
}

function whereWords({ rows }: AuditFinding): string {
  const names = rows.flatMap(({ topic, broker }) => (topic !== '' ? [topic] : broker >= 0 ? [`broker ${broker}`] : []))
  if (names.length === 0) return ''
  const left = names.length - NAMED
  return `: ${names.slice(0, NAMED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

function findingLines(finding: AuditFinding): string[] {
  const { title, fix } = findingText('en', finding.id)
  const left = finding.commands.length - MOST_COMMANDS
  return [
    `${riskWords('en', finding.risk)}: ${title}${whereWords(finding)}`,
    ...finding.evidence.map((phrase) => `  ${say('en', phrase)}`),
    `  ${fix}`,
    ...finding.commands.slice(0, MOST_COMMANDS).map((line) => `  $ ${line}`),
    ...(left > 0 ? [`  and ${left} more lines`] : []),
  ]
}

/** Gravest first, then what was not looked at, then the sum. */
export function auditLines(report: AuditReport): string[] {
  const found = AUDIT_RISKS.flatMap((risk) => findingsOf(report).filter((finding) => finding.risk === risk))
  const unseen = report.rules
    .filter(({ outcome }) => outcome !== 'idle')
    .flatMap(({ rule, unseen: why }) =>
      why.length === 0 ? [] : [`not known whether ${ruleText('en', rule).clear}: ${sayAll('en', why)}`],
    )
  const clear = report.rules.filter(({ outcome }) => outcome === 'clear').length
  const bound = unknownRules(report) > 0 ? 'at most ' : ''
  return [
    ...found.flatMap(findingLines),
    ...unseen,
    `${found.length} found, ${clear} of ${report.rules.length} rules clear, in ${report.topics} topics, ${report.partitions} partitions and ${report.brokers} brokers that this login sees; score ${bound}${scoreOf(found)} of 100`,
  ]
}
