/** What ipc/ asks of changes; `createChanges` (engine.ts) makes it. Every answer is a Result; a step that is not allowed in a state is 'conflict'. */
import type { ArmState } from '../contract/arming'
import type { ChangeDraft, ChangeNews, ChangeView } from '../contract/change'
import type { JournalFormat, JournalRow } from '../contract/journal'
import type { Result } from '../contract/result'

export interface Changes {
  draft(input: { readonly id: string; readonly cluster: string; readonly draft: ChangeDraft }): Result<ChangeView>
  plan(id: string): Promise<Result<ChangeView>>
  validate(id: string): Promise<Result<ChangeView>>
  confirm(input: {
    readonly id: string
    readonly ticks: readonly string[]
    readonly typed: string
    readonly reason: string
  }): Result<ChangeView>
  /** Answers once the first journal line is written; the rest is told by `onNews`. */
  apply(id: string): Promise<Result<ChangeView>>
  stop(id: string): Result<ChangeView>
  settle(id: string): Promise<Result<ChangeView>>
  verify(id: string): Promise<Result<ChangeView>>
  undo(input: { readonly id: string; readonly cluster: string }): Promise<Result<ChangeView>>
  rest(id: string): Result<ChangeView>
  discard(id: string): Result<ChangeView>
  get(id: string): Result<ChangeView>
  rows(id: string): Result<{ change: ChangeView; rows: JournalRow[] }>
  report(changes: readonly string[], format: JournalFormat): Result<{ text: string }>
  arm(cluster: string, armed: boolean): Result<ArmState>
  armState(cluster: string): ArmState
  /** A cluster is live: what was interrupted on it is read again and settled. */
  clusterLive(cluster: string): void
  /** A cluster is about to be closed: it is disarmed, and nothing further is begun on it. */
  clusterClosed(cluster: string): void
  onNews(listener: (news: ChangeNews) => void): () => void
  onArmed(listener: (state: ArmState) => void): () => void
  /** Resolves when nothing of ours is under way any more; a write that is out is waited for, up to 3 s. */
  close(): Promise<void>
}
