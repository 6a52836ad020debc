/** The journal: one row per step of a change, only ever added to. */
import type { ChangeEvent, ChangeState, PlanLevel } from './change'
import type { ChangeKind } from '../shared/draft'

export interface JournalRow {
  /** Ascending over all changes. */
  readonly seq: number
  readonly at: number
  readonly change: string
  /** Profile id and the name it had then. */
  readonly cluster: string
  readonly clusterName: string
  /** Kafka's own id of the cluster, '' = not told. */
  readonly clusterId: string
  readonly osUser: string
  /** As configured: Kafka does not tell a client who it is taken for. */
  readonly principal: string
  /** State of the change after this row. */
  readonly state: ChangeState
  readonly event: ChangeEvent
}

/** 'unreadable': the newest line of it is damaged, or was written by a later Highwater. */
export type EntryState = ChangeState | 'unreadable'

/** One change in the list. */
export interface JournalEntry {
  readonly change: string
  readonly cluster: string
  readonly clusterName: string
  readonly clusterId: string
  readonly osUser: string
  readonly principal: string
  readonly kind: ChangeKind
  readonly startedAt: number
  readonly lastAt: number
  readonly state: EntryState
  /** Topics it names: how many, and the first few. */
  readonly topicCount: number
  readonly topics: readonly string[]
  /** Keys it names (settings), [] for an election. */
  readonly keys: readonly string[]
  /** Of its newest plan, '' = it has none. */
  readonly level: PlanLevel | ''
  readonly reason: string
  readonly undoOf: string
  readonly undoneBy: string
  /** Items that were applied, and items in all; 0, 0 before apply. */
  readonly applied: number
  readonly items: number
}

/**
 * 'open': something is left to be done or settled; 'applied': applied, verified, watched, overwritten, undone. Discarded and unreadable ones only with 'all'.
 */
export const JOURNAL_SHOWS = ['all', 'open', 'applied'] as const
export type JournalShow = (typeof JOURNAL_SHOWS)[number]

export interface JournalFilter {
  /** Profile id, '' = every cluster. */
  readonly cluster: string
  /** In topic, key, reason, user or cluster name. */
  readonly text: string
  readonly show: JournalShow
  /** For paging: entries that began before this row (seq), 0 = from the newest. */
  readonly before: number
  readonly limit: number
}

export interface JournalPage {
  readonly entries: readonly JournalEntry[]
  /** Pass as `before` for the next page, 0 = no more. */
  readonly next: number
  readonly total: number
}

export const JOURNAL_FORMATS = ['markdown', 'json', 'csv'] as const
export type JournalFormat = (typeof JOURNAL_FORMATS)[number]
