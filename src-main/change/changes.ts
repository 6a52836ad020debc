/** What ipc/ asks of changes; `createChanges` (engine.ts) makes it. Every answer is a Result; a step that is not allowed in a state is 'conflict'. */
import type { ArmState, ChangeDraft, ChangeNews, ChangeView } from '../contract/change'
import type { JournalFormat, JournalRow } from '../contract/journal'
import type { Result } from '../contract/result'

export interface Changes {
  readonly draft: (input: {
    readonly id: string
    readonly cluster: string
    readonly draft: ChangeDraft
  }) => Result<ChangeView>
  readonly plan: (id: string) => Promise<Result<ChangeView>>
  readonly validate: (id: string) => Promise<Result<ChangeView>>
  readonly confirm: (input: {
    readonly id: string
    readonly ticks: readonly string[]
    readonly typed: string
    readonly reason: string
  }) => Result<ChangeView>
  /** Answers once the first journal line is written; the rest is told by `onNews`. */
  readonly apply: (id: string) => Promise<Result<ChangeView>>
  readonly stop: (id: string) => Result<ChangeView>
  readonly settle: (id: string) => Promise<Result<ChangeView>>
  readonly verify: (id: string) => Promise<Result<ChangeView>>
  readonly undo: (input: { readonly id: string; readonly cluster: string }) => Promise<Result<ChangeView>>
  /** What was not begun, or found not carried out, of topics that are still the ones of the plan. */
  readonly rest: (id: string) => Promise<Result<ChangeView>>
  readonly discard: (id: string) => Result<ChangeView>
  readonly get: (id: string) => Result<ChangeView>
  readonly rows: (id: string) => Result<{ change: ChangeView; rows: JournalRow[] }>
  readonly report: (changes: readonly string[], format: JournalFormat) => Result<{ text: string }>
  readonly arm: (cluster: string, armed: boolean) => Result<ArmState>
  readonly armState: (cluster: string) => ArmState
  /** A cluster is live: what was interrupted on it is read again and settled. */
  readonly clusterLive: (cluster: string) => void
  /** A cluster is about to be closed: it is disarmed, and nothing further is begun on it. */
  readonly clusterClosed: (cluster: string) => void
  readonly onNews: (listener: (news: ChangeNews) => void) => () => void
  readonly onArmed: (listener: (state: ArmState) => void) => () => void
  /** Resolves when nothing of ours is under way any more; a write that is out is waited for, up to 3 s. */
  readonly close: () => Promise<void>
}
