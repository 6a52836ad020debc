/**
 * Steps under way, by change: at most one at a time. A second request meanwhile is refused ('conflict', `detail.text` 'busy'). A step that
 * reads is cut off at once; one that writes is only asked, and stops between two batches. What a step throws becomes the change's problem.
 */
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import { asAppError } from './book/step'
import { stepAbort } from './links/abortable'
import type { Book, StopReason } from './book/step'

export interface Run {
  readonly change: string
  /** Profile id of the cluster it works on. */
  readonly cluster: string
  readonly abort: AbortController
  /** It may be in a write: then it is not cut off, only asked. */
  writes: boolean
  stop: StopReason | null
}

export interface Runner {
  readonly isRunning: (change: string) => boolean
  readonly running: (change: string) => Run | null
  readonly all: () => readonly Run[]
  /** Runs a step to its end. */
  readonly run: <T>(book: Book, cluster: string, work: (run: Run) => Promise<T>) => Promise<Result<T>>
  /** Resolves when no step is under way. */
  readonly idle: () => Promise<void>
}

/** Asks a step to end. */
export function askToStop(run: Run, reason: StopReason): void {
  run.stop ??= reason
  if (!run.writes) run.abort.abort()
}

/** Ends a step as soon as it can be without cutting off a write that is out: Highwater or the cluster is being closed. */
export function cutOff(run: Run, reason: StopReason): void {
  run.stop ??= reason
  run.abort.abort()
}

export function createRunner(onUnexpected: (cause: unknown) => void): Runner {
  const runs = new Map<string, { readonly run: Run; readonly done: Promise<unknown> }>()

  async function guarded<T>(book: Book, work: () => Promise<T>): Promise<Result<T>> {
    try {
      return ok(await work())
    } catch (cause) {
      const foreseen = asAppError(cause)
      if (foreseen === null) onUnexpected(cause)
      const error = foreseen ?? fail('internal', 'Something went wrong inside Highwater; the log says more').error
      book.problem(error)
      return { ok: false, error }
    }
  }

  return {
    isRunning: (change) => runs.has(change),
    running: (change) => runs.get(change)?.run ?? null,
    all: () => [...runs.values()].map(({ run }) => run),
    async run<T>(book: Book, cluster: string, work: (run: Run) => Promise<T>): Promise<Result<T>> {
      const before = runs.get(book.id)
      // One that was cut off ends within moments.
      if (before?.run.abort.signal.aborted === true) await before.done
      if (runs.has(book.id)) return fail('conflict', 'A step of this change is under way', { text: 'busy' })
      const run: Run = { change: book.id, cluster, abort: stepAbort(), writes: false, stop: null }
      let end: () => void = () => undefined
      runs.set(book.id, {
        run,
        done: new Promise<void>((resolve) => {
          end = resolve
        }),
      })
      book.problem(null)
      const result = await guarded(book, () => work(run))
      runs.delete(book.id)
      book.progress(null)
      end()
      return result
    },
    async idle() {
      await Promise.all([...runs.values()].map(({ done }) => done))
    },
  }
}
