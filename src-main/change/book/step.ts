import type { ChangeEvent, ChangeView, Plan, Progress } from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import { fail } from '../../contract/result'
import type { AppError, ErrorCode } from '../../contract/result'
import { PortError } from '../../ports/cluster-port'
import type { Reach } from './checkpoints'
import type { HiddenValues } from './hidden-values'
import type { Clock } from '../../ports/clock'
import type { Links } from '../links/links'
import type { LiveCluster } from '../../ports/live-cluster'
import type { Phrase } from '../../shared/words/phrase'

/** One change under work: its lines, and what is told about it beside them. */
export interface Book {
  readonly id: string
  rows(): readonly JournalRow[]
  view(): ChangeView
  /** Writes the line, then tells it. Throws StorageFailed when it could not be written: nothing may be sent then. */
  append(event: ChangeEvent): ChangeView
  /** Not journalled; told at most five times a second. */
  progress(progress: Progress | null): void
  problem(problem: AppError | null): void
}

export interface StopReason {
  readonly by: Extract<ChangeEvent, { type: 'stopped' }>['by']
  readonly why: Phrase
}

/** What one step of a change works with. */
export interface Step {
  readonly book: Book
  readonly cluster: LiveCluster
  readonly links: Links
  readonly clock: Clock
  /** Ends reading at once; a write that is out is never cut off by it. */
  readonly signal: AbortSignal
  readonly reach: Reach
  /** What was typed and is written down nowhere. */
  readonly hidden: HiddenValues
  /** Looked at between batches: whether to stop now, and who says so. */
  stop(): StopReason | null
  /** Says whether a write may be out: meanwhile the step is asked to stop and not cut off. */
  mayWrite(now: boolean): void
}

/** A line could not be written. */
export class StorageFailed extends Error {
  constructor(cause: unknown) {
    super(`The journal could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'StorageFailed'
  }
}

/** A step that does not get on, with the words the page shows. */
export class StepFailed extends Error {
  constructor(readonly error: AppError) {
    super(error.message)
    this.name = 'StepFailed'
  }
}

export const stepFailed = (code: ErrorCode, message: string, detail: AppError['detail'] = {}): StepFailed =>
  new StepFailed(fail(code, message, detail).error)

/** null = not foreseen. */
export function asAppError(cause: unknown): AppError | null {
  if (cause instanceof StepFailed) return cause.error
  if (cause instanceof StorageFailed) return fail('storage', cause.message, { text: 'journal' }, true).error
  if (cause instanceof PortError)
    return fail(cause.code, cause.message, { kind: cause.kind, kafkaError: cause.kafkaError }).error
  return null
}

export function planOf(view: ChangeView): Plan {
  if (view.plan === null) throw stepFailed('conflict', 'This change has no plan', { text: 'no-plan' })
  return view.plan
}

/** Resolves after `ms`, or at once when the signal says so; the caller looks at the signal. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    signal.addEventListener('abort', done, { once: true })
  })
