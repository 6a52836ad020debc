/** What a rule found, with the change that puts it right and the lines that do the same. */
import type { AuditFinding, AuditFix, AuditReport } from '../contract/audit'
import type { ElectionItem, KeyState, PlanItem } from '../contract/change'
import { MAX_ELECTION_PARTITIONS, MAX_PLAN_TOPICS } from '../contract/change'
import { SOURCE_UNKNOWN } from '../contract/config'
import { configCommands, electionCommands } from '../change/plan/commands'
import type { AuditFacts } from '../domain/audit/facts'
import type { RuleFinding, RuleFix, RuleResult } from '../domain/audit/look'
import { draftOfEdits } from '../shared/draft'
import { toolLine } from '../shared/shell-words'
import type { ToolAccess } from '../shared/shell-words'

type EditsFix = Extract<RuleFix, { kind: 'edits' }>
type ElectionFix = Extract<RuleFix, { kind: 'election' }>

const UNREAD: KeyState = { override: null, value: null, source: SOURCE_UNKNOWN }

function byEdits(access: ToolAccess, { edits }: EditsFix): Pick<AuditFinding, 'fix' | 'commands'> {
  const kept = edits.slice(0, MAX_PLAN_TOPICS)
  const items = kept.map(([, all], topic) =>
    all.map(({ key, op, value }): PlanItem => ({
      topic,
      key,
      before: UNREAD,
      after: { ...UNREAD, override: op === 'set' ? value : null },
    })),
  )
  const topics = kept.map(([topic]) => topic)
  return {
    fix: { kind: 'change', draft: draftOfEdits(kept), left: edits.length - kept.length },
    commands: configCommands(access, topics, items).lines,
  }
}

function byElection(access: ToolAccess, { partitions }: ElectionFix): Pick<AuditFinding, 'fix' | 'commands'> {
  let room = MAX_ELECTION_PARTITIONS
  let left = 0
  const kept = partitions.flatMap(({ topic, partitions: numbers }) => {
    const some = numbers.slice(0, room)
    room -= some.length
    left += numbers.length - some.length
    return some.length === 0 ? [] : [{ topic, partitions: some }]
  })
  const items = kept.flatMap(({ topic, partitions: numbers }) =>
    numbers.map((partition): ElectionItem => ({ topic, partition, leader: -1, preferred: -1, fate: 'moves' })),
  )
  return {
    fix: { kind: 'change', draft: { kind: 'election', partitions: kept }, left },
    commands: electionCommands(access, items),
  }
}

function fixOf(access: ToolAccess, fix: RuleFix): { readonly fix: AuditFix; readonly commands: readonly string[] } {
  switch (fix.kind) {
    case 'edits':
      return fix.edits.length === 0 ? { fix: { kind: 'command' }, commands: [] } : byEdits(access, fix)
    case 'election':
      return byElection(access, fix)
    case 'settings':
      return { fix: { kind: 'settings' }, commands: [] }
    case 'tools':
      return {
        fix: { kind: 'command' },
        commands: fix.lines.map((line) => ('plain' in line ? line.plain : toolLine(line.tool, access, line.words))),
      }
  }
}

const finished = (access: ToolAccess, { fix, ...finding }: RuleFinding): AuditFinding => ({
  ...finding,
  ...fixOf(access, fix),
})

export function reportOf(
  facts: AuditFacts,
  results: readonly RuleResult[],
  access: ToolAccess,
  at: number,
  ended: number,
): AuditReport {
  const { topology, brokers } = facts.reading
  return {
    at,
    tookMs: ended - at,
    topics: topology.topicNames.length,
    partitions: topology.partition.length,
    brokers: brokers.length,
    rules: results.map((result) => ({
      ...result,
      findings: result.findings.map((finding) => finished(access, finding)),
    })),
  }
}
