/** What a rule of the audit is, and what it says with. */
import type { AuditOutcome, AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import type { TopicAudit } from '../../contract/config'
import type { AuditFindingId, AuditRisk, AuditRule } from '../../shared/audit-rules'
import { AUDIT_RULES } from '../../shared/audit-rules'
import type { Phrase } from '../../shared/words/phrase'
import type { Sliced } from '../slices'
import type { AuditFacts, Known, TopicSettings } from './facts'

/** A line for a shell: a tool that is told how to reach the cluster, or something that needs no cluster. */
export type ToolLine = { readonly tool: string; readonly words: readonly string[] } | { readonly plain: string }

/** As `AuditFix`, with all it takes, however much. */
export type RuleFix =
  | { readonly kind: 'edits'; readonly edits: readonly (readonly [topic: string, edits: readonly ConfigEdit[]])[] }
  | {
      readonly kind: 'election'
      readonly partitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
    }
  | { readonly kind: 'settings' }
  | { readonly kind: 'tools'; readonly lines: readonly ToolLine[] }

export interface RuleFinding {
  readonly id: AuditFindingId
  readonly risk: AuditRisk
  readonly evidence: readonly Phrase[]
  readonly rows: readonly AuditRow[]
  readonly fix: RuleFix
  readonly readAt: number
}

export interface RuleResult {
  readonly rule: AuditRule
  readonly outcome: AuditOutcome
  readonly findings: readonly RuleFinding[]
  readonly unseen: readonly Phrase[]
}

/** One topic as several rules look at it. Rows are those of the reading. */
export interface TopicLook {
  readonly name: string
  /** Kafka's own, which has a rule of its own. */
  readonly own: boolean
  readonly from: number
  readonly to: number
  readonly settings: Known<TopicSettings>
  /** As the topic's own page judges it; null where its settings are not told. */
  readonly audit: TopicAudit | null
}

/** A pass over many topics may be cut between them. */
export interface AuditRuleFile {
  readonly rule: AuditRule
  look(facts: AuditFacts, topics: readonly TopicLook[]): Sliced<RuleResult>
}

export const topicRow = (topic: string, partitions: number, note: Phrase | null = null): AuditRow => ({
  topic,
  broker: -1,
  partitions,
  note,
})
export const brokerRow = (broker: number, partitions: number, note: Phrase | null = null): AuditRow => ({
  topic: '',
  broker,
  partitions,
  note,
})
/** About the cluster as a whole. */
export const CLUSTER_ROW: AuditRow = { topic: '', broker: -1, partitions: 0, note: null }

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const worstFirst = (a: AuditRow, b: AuditRow): number =>
  b.partitions - a.partitions || byName(a.topic, b.topic) || a.broker - b.broker

export const partitionsOf = (rows: readonly AuditRow[]): number =>
  rows.reduce((sum, { partitions }) => sum + partitions, 0)

/** What a rule says. What it could not look at is collected, so that nothing found never passes for clear by mistake. */
export class Says {
  readonly #findings: RuleFinding[] = []
  readonly #unseen: Phrase[] = []
  readonly #topics = new Map<string, { readonly why: Phrase; readonly first: string; count: number }>()
  #idle: Phrase | null = null

  constructor(private readonly rule: AuditRule) {}

  /** Nothing where no row was found. */
  found(finding: Omit<RuleFinding, 'risk'> & { readonly risk?: AuditRisk }): void {
    if (finding.rows.length === 0) return
    const rows = finding.rows.toSorted(worstFirst)
    this.#findings.push({ ...finding, risk: finding.risk ?? AUDIT_RULES[this.rule].gravest, rows })
  }

  unseen(why: Phrase): void {
    this.#unseen.push(why)
  }

  /** The values of a fact; null = not known, which is said. */
  known<T>(fact: Known<T>): T | null {
    if (fact.known) return fact.value
    this.unseen(fact.reason)
    return null
  }

  /** The settings of a topic; null = not told, which is said. */
  settings({ name, settings }: TopicLook): TopicSettings | null {
    if (settings.known) return settings.value
    this.untold(name, settings.reason)
    return null
  }

  untold(topic: string, why: Phrase): void {
    const key = JSON.stringify(why)
    const known = this.#topics.get(key)
    if (known === undefined) this.#topics.set(key, { why, first: topic, count: 1 })
    else known.count += 1
  }

  /** There is nothing here that this rule is about. */
  idle(why: Phrase): void {
    this.#idle = why
  }

  result(): RuleResult {
    const topics = [...this.#topics.values()].map(({ why, first, count }): Phrase => ({
      id: 'audit.unseen.topics',
      args: { count: { unit: 'count', value: count }, first, why },
    }))
    const unseen = [...topics, ...this.#unseen]
    if (this.#findings.length > 0) return { rule: this.rule, outcome: 'found', findings: this.#findings, unseen }
    if (this.#idle !== null) return { rule: this.rule, outcome: 'idle', findings: [], unseen: [this.#idle] }
    return { rule: this.rule, outcome: unseen.length > 0 ? 'unknown' : 'clear', findings: [], unseen }
  }
}

const count = (value: number) => ({ unit: 'count', value }) as const
/** The two figures that most evidence has. */
export const counts = (rows: readonly AuditRow[]) => ({
  partitionCount: count(partitionsOf(rows)),
  topicCount: count(rows.length),
})

const TOPICS_A_PIECE = 32

/** Goes through topics so that others get a turn in between. */
export function* eachTopic(topics: readonly TopicLook[], visit: (topic: TopicLook) => void): Sliced<void> {
  for (let at = 0; at < topics.length; at += 1) {
    if (at % TOPICS_A_PIECE === TOPICS_A_PIECE - 1) yield
    visit(topics[at]!)
  }
}

export const replicasOf = ({ reading }: AuditFacts, row: number): number =>
  reading.topology.replicaStart[row + 1]! - reading.topology.replicaStart[row]!

/** Partitions of a topic that a condition holds for. */
export function countRows({ from, to }: TopicLook, holds: (row: number) => boolean): number {
  let found = 0
  for (let row = from; row < to; row += 1) if (holds(row)) found += 1
  return found
}

/** Fewest and most replicas of a topic's partitions. */
export function replicaSpan(facts: AuditFacts, topic: TopicLook): { readonly least: number; readonly most: number } {
  let least = Infinity
  let most = 0
  for (let row = topic.from; row < topic.to; row += 1) {
    const replicas = replicasOf(facts, row)
    least = Math.min(least, replicas)
    most = Math.max(most, replicas)
  }
  return { least, most }
}
