import { describe, expect, it } from 'vitest'
import type { AuditReport, AuditRuleResult } from '../../../src-main/contract/audit'
import { auditCluster } from '../../../src-main/inspect/audit'
import { auditLines, auditVerdict } from '../../../src-main/inspect/audit-lines'
import type { AuditRisk } from '../../../src-main/shared/audit-rules'
import { AUDIT_RULE_NAMES } from '../../../src-main/shared/audit-rules'
import { FakeClock } from '../../support/fake-clock'
import { FakeCluster } from '../../support/fake-cluster'

const clear: readonly AuditRuleResult[] = AUDIT_RULE_NAMES.map((rule) => ({
  rule,
  outcome: 'clear',
  findings: [],
  unseen: [],
}))
const report = (...rules: readonly AuditRuleResult[]): AuditReport => ({
  at: 0,
  tookMs: 1,
  topics: 2,
  partitions: 4,
  brokers: 3,
  rules: clear.map((rule) => rules.find((one) => one.rule === rule.rule) ?? rule),
})
const weak: AuditRuleResult = {
  rule: 'retention-unlimited',
  outcome: 'found',
  findings: [
    {
      id: 'retention-unlimited.both',
      risk: 'weak',
      evidence: [],
      rows: Array.from({ length: 7 }, (_, at) => ({ topic: `t${at}`, broker: -1, partitions: 1, note: null })),
      fix: { kind: 'settings' },
      commands: [],
      readAt: 0,
    },
  ],
  unseen: [],
}
const blind = (rule: AuditRuleResult['rule']): AuditRuleResult => ({
  rule,
  outcome: 'unknown',
  findings: [],
  unseen: [{ id: 'why.silent', args: { broker: 3 } }],
})

describe('what an audit ends with', () => {
  it.each<[string, AuditReport, AuditRisk, string]>([
    ['nothing found', report(), 'untidy', 'clear'],
    ['something below what counts', report(weak), 'stops', 'clear'],
    ['something that counts', report(weak), 'weak', 'found'],
    ['something above what counts', report(weak), 'untidy', 'found'],
    ['a rule that could not look and may find so grave', report(blind('unclean')), 'loses', 'unknown'],
    ['a rule that could not look and never finds so grave', report(blind('elr')), 'weak', 'clear'],
    ['found counts however much was not seen', report(weak, blind('unclean')), 'weak', 'found'],
    ['no topic is seen', { ...report(), topics: 0 }, 'loses', 'unknown'],
  ])('%s', (_what, of, failOn, verdict) => expect(auditVerdict(of, failOn)).toBe(verdict))

  it('is said in lines: what, where, what to do, and what was not seen', () => {
    expect(auditLines(report(weak, blind('unclean')))).toEqual([
      'weak: Nothing is ever deleted: t0, t1, t2, t3, t4 and 2 more',
      expect.stringContaining('Choose retention.ms'),
      'not known whether unclean election is off, as the brokers report it: broker 3 does not answer',
      '1 found, 13 of 15 rules clear, in 2 topics, 4 partitions and 3 brokers that this login sees; score at most 98 of 100',
    ])
  })
})

describe('the command line', () => {
  async function audit(hurt: (cluster: FakeCluster) => void, failOn: AuditRisk = 'untidy') {
    const clock = new FakeClock()
    const cluster = new FakeCluster({ clock, brokers: 3, topics: 3, partitionsPerTopic: 2 })
    cluster.voters = [1, 2, 3]
    for (const broker of cluster.brokers.values())
      broker.features = new Map([
        ['metadata.version', 31],
        ['eligible.leader.replicas.version', 1],
      ])
    hurt(cluster)
    cluster.touch()
    const lines: string[] = []
    const warnings: string[] = []
    let verdict = ''
    const done = auditCluster({
      port: cluster.port(),
      clock,
      access: { bootstrap: ['127.0.0.1:19001'], secured: false },
      failOn,
      print: (line) => lines.push(line),
      warn: (line) => warnings.push(line),
    }).then((one) => (verdict = one))
    await clock.until('the audit has ended', () => verdict !== '', 60_000)
    await done
    expect(cluster.links.size).toBe(0)
    return { verdict, lines, warnings }
  }

  it('opens the cluster, audits it and closes it', async () => {
    expect(await audit(() => undefined)).toMatchObject({ verdict: 'clear', warnings: [] })
  })

  it('finds a fault and names it', async () => {
    const { verdict, lines } = await audit((cluster) =>
      cluster.topics[1]!.settings.set('unclean.leader.election.enable', 'true'),
    )
    expect(verdict).toBe('found')
    expect(lines[0]).toBe('may lose records: Unclean election is on: topic-00001')
  })

  it('says that it could not read where nobody answers', async () => {
    const { verdict, warnings } = await audit((cluster) => {
      for (const id of cluster.brokers.keys()) cluster.kill(id)
    })
    expect(verdict).toBe('unknown')
    expect(warnings.join(' ')).toContain('refused')
  })
})
