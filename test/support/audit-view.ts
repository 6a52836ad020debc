/** The view of an audit for pages: one finding of each risk, one accepted, rules that looked and rules that could not. */
import type { AuditAcceptance, AuditRuleResult, AuditView, DatedFinding } from '../../src-main/contract/audit'
import { AUDIT_RULE_NAMES } from '../../src-main/shared/audit-rules'
import { NOW } from './summaries'

const count = (value: number) => ({ unit: 'count', value }) as const
const DAY = 86_400_000

export const UNCLEAN: DatedFinding = {
  id: 'unclean.on',
  risk: 'loses',
  evidence: [{ id: 'audit.unclean.on', args: { partitionCount: count(12), topicCount: count(1) } }],
  rows: [{ topic: 'carts', broker: -1, partitions: 12, note: { id: 'audit.set-by.topic', args: {} } }],
  since: [NOW - 3 * DAY],
  fix: {
    kind: 'change',
    draft: {
      kind: 'config',
      groups: [{ topics: ['carts'], edits: [{ key: 'unclean.leader.election.enable', op: 'delete', value: '' }] }],
    },
    left: 0,
  },
  commands: ['kafka-configs.sh --alter --entity-name carts'],
  readAt: NOW - 5_000,
}
export const UNLIMITED: DatedFinding = {
  id: 'retention-unlimited.both',
  risk: 'weak',
  evidence: [{ id: 'audit.retention-unlimited', args: { partitionCount: count(3), topicCount: count(3) } }],
  rows: ['audit_log', 'clicks', '<b>odd</b>'].map((topic) => ({ topic, broker: -1, partitions: 1, note: null })),
  since: [NOW - DAY, NOW - DAY, NOW - DAY],
  fix: { kind: 'settings' },
  commands: [],
  readAt: NOW - 5_000,
}
export const ONE_CONTROLLER: DatedFinding = {
  id: 'quorum.one',
  risk: 'stops',
  evidence: [{ id: 'audit.quorum.one', args: { voter: 100 } }],
  rows: [{ topic: '', broker: -1, partitions: 0, note: null }],
  since: [NOW - DAY],
  fix: { kind: 'command' },
  commands: ['kafka-metadata-quorum.sh describe --status'],
  readAt: NOW - 5_000,
}
export const ACCEPTANCE: AuditAcceptance = {
  id: 7,
  finding: 'elr.off',
  risk: 'untidy',
  rows: [{ topic: '', broker: -1, partitions: 0 }],
  at: NOW - DAY,
  until: NOW + 2 * DAY,
  by: 'mara',
  reason: 'upgrade is planned',
}
const ELR_OFF: DatedFinding = {
  id: 'elr.off',
  risk: 'untidy',
  evidence: [{ id: 'audit.elr.off', args: {} }],
  rows: [{ topic: '', broker: -1, partitions: 0, note: null }],
  since: [NOW - DAY],
  fix: { kind: 'command' },
  commands: [],
  readAt: NOW - 5_000,
}

const ruleOf = (rule: (typeof AUDIT_RULE_NAMES)[number]): AuditRuleResult => {
  const findings = [UNCLEAN, UNLIMITED, ONE_CONTROLLER, ELR_OFF].filter(({ id }) => id.startsWith(`${rule}.`))
  if (rule === 'brokers-differ')
    return { rule, outcome: 'unknown', findings: [], unseen: [{ id: 'why.silent', args: { broker: 3 } }] }
  if (rule === 'internal-topics')
    return { rule, outcome: 'idle', findings: [], unseen: [{ id: 'audit.idle.no-own-topics', args: {} }] }
  return { rule, outcome: findings.length > 0 ? 'found' : 'clear', findings, unseen: [] }
}

export const auditView = (more: Partial<AuditView> = {}): AuditView => ({
  report: {
    at: NOW - 40_000,
    tookMs: 800,
    topics: 26,
    partitions: 300,
    brokers: 6,
    rules: AUDIT_RULE_NAMES.map(ruleOf),
  },
  open: [UNCLEAN, ONE_CONTROLLER, UNLIMITED],
  accepted: [{ finding: ELR_OFF, acceptance: ACCEPTANCE }],
  score: 91,
  unknown: 1,
  runs: [
    { at: NOW - DAY, score: 95, counts: { loses: 0, stops: 1, weak: 1, untidy: 0 }, unknown: 0 },
    { at: NOW - 40_000, score: 91, counts: { loses: 1, stops: 1, weak: 1, untidy: 0 }, unknown: 1 },
  ],
  ended: [],
  unreadable: 0,
  ...more,
})
export const NO_AUDIT: AuditView = {
  report: null,
  open: [],
  accepted: [],
  score: 100,
  unknown: 0,
  runs: [],
  ended: [],
  unreadable: 0,
}
