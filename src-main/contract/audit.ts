/** The audit of a whole cluster: what its rules found, what they could not look at, what somebody accepts, and how it went over the runs. */
import type { AuditFindingId, AuditRisk, AuditRule } from '../shared/audit-rules'
import type { Phrase } from '../shared/words/phrase'
import type { ChangeDraft } from './change'

/** One topic, one broker, or the cluster as a whole ('' and -1) of a finding. */
export interface AuditRow {
  /** '' = it is about a broker or the cluster. */
  readonly topic: string
  /** -1 = it is about a topic or the cluster. */
  readonly broker: number
  /** How many of its partitions; 0 where it is not about partitions. */
  readonly partitions: number
  /** Where a setting comes from, a value, a rate; null = nothing more to say. */
  readonly note: Phrase | null
}

/**
 * How it is put right: 'change' begins a guarded change, `left` = topics or partitions that did not fit into one; 'settings': a topic's setting whose value a
 * person has to choose; 'command': by the tools alone.
 */
export type AuditFix =
  | { readonly kind: 'change'; readonly draft: ChangeDraft; readonly left: number }
  | { readonly kind: 'settings' }
  | { readonly kind: 'command' }

export interface AuditFinding {
  readonly id: AuditFindingId
  readonly risk: AuditRisk
  /** Figures of this cluster. */
  readonly evidence: readonly Phrase[]
  /** Most partitions first. */
  readonly rows: readonly AuditRow[]
  readonly fix: AuditFix
  /** kafka-….sh lines that do the same, or that show it where no line puts it right. */
  readonly commands: readonly string[]
  /** Age of the oldest figure, ms since 1970. */
  readonly readAt: number
}

/** 'clear': looked at everything this login sees, and nothing found; 'unknown': nothing found, and not everything could be looked at; 'idle': nothing here that the rule is about. */
export type AuditOutcome = 'found' | 'clear' | 'unknown' | 'idle'

export interface AuditRuleResult {
  readonly rule: AuditRule
  readonly outcome: AuditOutcome
  readonly findings: readonly AuditFinding[]
  /** What could not be looked at, and why; of an idle rule, why it has nothing to look at. */
  readonly unseen: readonly Phrase[]
}

/** What one run found, whoever accepts some of it. */
export interface AuditReport {
  /** When it began, ms since 1970. */
  readonly at: number
  readonly tookMs: number
  /** As seen by this login. */
  readonly topics: number
  readonly partitions: number
  readonly brokers: number
  readonly rules: readonly AuditRuleResult[]
}

/** By whom and until when a part of a finding is accepted. It covers a row while that has no more partitions, and the finding no graver risk, than here. */
export interface AuditAcceptance {
  readonly id: number
  readonly finding: AuditFindingId
  readonly risk: AuditRisk
  readonly rows: readonly Pick<AuditRow, 'topic' | 'broker' | 'partitions'>[]
  readonly at: number
  /** It is open again from then on. */
  readonly until: number
  readonly by: string
  readonly reason: string
}

/** `since`: when an audit saw it first, ms since 1970, aligned with the rows; it may have been so before. */
export interface DatedFinding extends AuditFinding {
  readonly since: readonly number[]
}

/** What is left of one run when the next one is there. */
export interface AuditRun {
  readonly at: number
  readonly score: number
  readonly counts: Readonly<Record<AuditRisk, number>>
  /** Rules that could not look at everything: the score is an upper bound where there are some. */
  readonly unknown: number
}

/** How the open cluster stands by its last audit. */
export interface AuditView {
  /** null = none was run yet, or it cannot be read. */
  readonly report: AuditReport | null
  /** Gravest first. */
  readonly open: readonly DatedFinding[]
  readonly accepted: readonly { readonly finding: DatedFinding; readonly acceptance: AuditAcceptance }[]
  /** 100 = nothing open; see domain/audit/score.ts. */
  readonly score: number
  readonly unknown: number
  /** Oldest first, the last one included. */
  readonly runs: readonly AuditRun[]
  /** Acceptances that ended, or do not cover what there is any more; newest first. */
  readonly ended: readonly AuditAcceptance[]
  /** Rows of our own file about this cluster that cannot be read. */
  readonly unreadable: number
}
