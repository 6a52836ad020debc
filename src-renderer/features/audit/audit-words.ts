/** What is said of an audit: pure sentences of its view. Meaning and cure of a finding are shared/words/audit-texts.ts. */
import type { AuditFinding, AuditRow, AuditView } from '@contract/audit'
import type { AuditProgress } from '@contract/tasks'
import { AUDIT_RULE_NAMES } from '@shared/audit-rules'
import { findingText } from '@shared/words/audit-texts'
import { say as sentence } from '@shared/words/say'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'

/** Topics or brokers named in a row of the list. */
const NAMED = 2

export const rowName = (say: Say, { topic, broker }: Pick<AuditRow, 'topic' | 'broker'>): string =>
  topic !== '' ? topic : broker >= 0 ? say.t('audit.broker', { broker }) : say.t('audit.cluster')

/** `carts, orders and 3 more`. */
export function whereWords(say: Say, rows: readonly Pick<AuditRow, 'topic' | 'broker'>[]): string {
  const names = rows.slice(0, NAMED).map((row) => rowName(say, row))
  const left = rows.length - names.length
  return left === 0
    ? listed(say, names)
    : counted(say, 'audit.more', left, { names: names.join(say.t('board.name.comma')) })
}

/** What stands beside the name of a row: partitions, and where the setting comes from, or its value. */
export function rowWords(say: Say, { partitions, note }: AuditRow): string {
  return [
    partitions > 0 ? counted(say, 'audit.partitions', partitions) : '',
    note === null ? '' : sentence(say.f.locale, note),
  ]
    .filter((part) => part !== '')
    .join(say.t('board.name.comma'))
}

export const evidenceWords = (say: Say, { evidence }: Pick<AuditFinding, 'evidence'>): string =>
  sentences(
    say,
    evidence.map((phrase) => sentence(say.f.locale, phrase)),
  )

/** Where and what. */
export function findingLine(say: Say, { id, rows }: Pick<AuditFinding, 'id' | 'rows'>): string {
  const { title } = findingText(say.f.locale, id)
  const isCluster = rows.every(({ topic, broker }) => topic === '' && broker < 0)
  return isCluster ? title : say.t('audit.title', { where: whereWords(say, rows), title })
}

/** The gravest one; that nothing is open is said outright only where every rule could look at everything. */
export function auditTitle(say: Say, view: AuditView | null): string {
  if (view === null || view.report === null) return say.t('audit.never')
  const [gravest] = view.open
  if (gravest !== undefined) return findingLine(say, gravest)
  return view.unknown > 0 ? counted(say, 'audit.nothingKnown', view.unknown) : say.t('audit.nothing')
}

/** The line below the title, '' before the first run. */
export function auditLine(say: Say, view: AuditView | null, now: number): string {
  if (view === null || view.report === null) return ''
  const { report, open, accepted, unknown } = view
  const line = say.t('audit.line', {
    found: say.f.count(open.length),
    accepted: say.f.count(accepted.length),
    topics: say.f.count(report.topics),
    brokers: say.f.count(report.brokers),
    clear: report.rules.filter(({ outcome }) => outcome === 'clear').length,
    of: report.rules.length,
    age: say.f.seconds(now - report.at),
  })
  return sentences(say, [line, unknown > 0 && open.length > 0 ? counted(say, 'audit.partly', unknown) : ''])
}

export function progressWords(say: Say, { step, done, total }: AuditProgress): string {
  return say.t(step === 'reading' ? 'audit.reading' : 'audit.judging', {
    done: say.f.count(done),
    total: say.f.count(total === 0 && step === 'judging' ? AUDIT_RULE_NAMES.length : total),
  })
}

/** `at most 84 of 100` where rules could not look at everything. */
export const scoreWords = (say: Say, { score, unknown }: Pick<AuditView, 'score' | 'unknown'>): string =>
  say.t(unknown > 0 ? 'audit.score.atMost' : 'audit.score.of', { score })
