import { describe, expect, it } from 'vitest'
import type { AuditAcceptance, AuditFinding, AuditReport, AuditRow } from '../../../../src-main/contract/audit'
import { coveredBy, runOf, scoreOf, split } from '../../../../src-main/domain/audit/score'

const NOW = 1_700_000_000_000
const row = (topic: string, partitions: number): AuditRow => ({ topic, broker: -1, partitions, note: null })
const finding = (rows: readonly AuditRow[], risk: AuditFinding['risk'] = 'weak'): AuditFinding => ({
  id: 'min-isr-one.may',
  risk,
  evidence: [],
  rows,
  fix: { kind: 'command' },
  commands: [],
  readAt: NOW,
})
const acceptance = (rows: readonly AuditRow[], more: Partial<AuditAcceptance> = {}): AuditAcceptance => ({
  id: 1,
  finding: 'min-isr-one.may',
  risk: 'weak',
  rows,
  at: NOW - 1_000,
  until: NOW + 1_000,
  by: 'ada',
  reason: 'can be rebuilt',
  ...more,
})
const report = (...findings: readonly AuditFinding[]): AuditReport => ({
  at: NOW,
  tookMs: 5,
  topics: 2,
  partitions: 9,
  brokers: 3,
  rules: [{ rule: 'min-isr-one', outcome: 'found', findings, unseen: [] }],
})

describe('an acceptance', () => {
  const found = finding([row('t', 3)])
  it.each<[string, AuditAcceptance, AuditFinding, boolean]>([
    ['is silent about what it names', acceptance([row('t', 3)]), found, true],
    ['also where it got better', acceptance([row('t', 4)]), found, true],
    ['not where there are more partitions', acceptance([row('t', 2)]), found, false],
    ['not of a topic it does not name', acceptance([row('u', 3)]), found, false],
    ['not of another finding', acceptance([row('t', 3)], { finding: 'min-isr-one.alone-now' }), found, false],
    ['not where the risk is graver', acceptance([row('t', 3)]), finding([row('t', 3)], 'loses'), false],
    ['also where the risk is smaller', acceptance([row('t', 3)], { risk: 'loses' }), found, true],
    [
      'until its end date, which is the first moment it is open again',
      acceptance([row('t', 3)], { until: NOW }),
      found,
      false,
    ],
    ['to the last moment before', acceptance([row('t', 3)], { until: NOW + 1 }), found, true],
  ])('%s', (_what, accepted, of, expected) =>
    expect(coveredBy([accepted], of, NOW)(of.rows[0]!) === accepted).toBe(expected),
  )

  it('of thousands of topics is found without going through all of them for each', () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => row(`topic-${n}`, 1))
    let read = 0
    const counted = new Proxy(rows, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) read += 1
        return Reflect.get(target, key) as unknown
      },
    })
    const { open, accepted: silent } = split(report(finding(rows)), [acceptance(counted)], () => NOW, NOW)
    expect([open.length, silent[0]!.finding.rows.length]).toEqual([0, rows.length])
    expect(read).toBeLessThan(3 * rows.length)
  })
})

describe('a finding', () => {
  const since = (): number => NOW - 5
  it('is open in part where part of it is accepted', () => {
    const { open, accepted } = split(
      report(finding([row('t', 3), row('u', 2)])),
      [acceptance([row('t', 3)])],
      since,
      NOW,
    )
    expect(open).toMatchObject([{ rows: [{ topic: 'u' }], since: [NOW - 5] }])
    expect(accepted).toMatchObject([{ finding: { rows: [{ topic: 't' }] }, acceptance: { by: 'ada' } }])
  })

  it('comes gravest first, then by partitions', () => {
    const all = report(
      finding([row('a', 1)]),
      { ...finding([row('b', 9)]), id: 'elr.useless', risk: 'untidy' },
      { ...finding([row('c', 1)], 'loses'), id: 'unclean.on' },
      { ...finding([row('d', 2)]), id: 'retention-unlimited.both' },
    )
    expect(split(all, [], since, NOW).open.map(({ rows }) => rows[0]?.topic)).toEqual(['c', 'd', 'a', 'b'])
  })
})

describe('the score', () => {
  it.each<[readonly AuditFinding['risk'][], number]>([
    [[], 100],
    [['loses'], 96],
    [['loses', 'loses', 'stops', 'weak', 'weak', 'untidy', 'untidy'], 84],
    [Array.from({ length: 40 }, () => 'loses' as const), 0],
  ])('of %j is %i', (risks, score) => expect(scoreOf(risks.map((risk) => ({ risk })))).toBe(score))

  it('costs nothing for what is accepted, and again from the end date on', () => {
    const all = report(finding([row('t', 3)]))
    const at = (now: number) =>
      runOf(
        all,
        split(all, [acceptance([row('t', 3)])], () => NOW, now),
      ).score
    expect([at(NOW), at(NOW + 1_000)]).toEqual([100, 98])
  })

  it('counts rules that could not look at everything', () => {
    const [rule] = report(finding([row('t', 3)])).rules
    const all = { ...report(), rules: [{ ...rule!, unseen: [{ id: 'audit.unseen.features', args: {} }] as const }] }
    expect(
      runOf(
        all,
        split(all, [], () => NOW, NOW),
      ),
    ).toMatchObject({ unknown: 1, counts: { weak: 1, loses: 0 } })
  })
})
