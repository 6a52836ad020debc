/**
 * What goes on by itself: watching what was applied, and picking up what was interrupted or is not known yet. State: the watches under way and
 * the timers of what is tried again; both end with their cluster and on close.
 */
import { lookAfter, pickUp } from './after/aftermath'
import type { Cancel, Clock } from '../ports/clock'
import type { EntryState } from '../contract/journal'
import type { Core } from './core'
import type { JournalPort } from '../ports/journal'
import type { LiveCluster } from '../ports/live-cluster'
import type { Run } from './runner'
import { asAppError } from './book/step'
import { stepAbort } from './links/abortable'
import type { Book, Step } from './book/step'
import { watchChange } from './after/watch'

/** How long after a settling that could not tell it is tried again: the broker that took the write has to answer first. */
export const AGAIN_MS = 5_000
/** Something of it is not known, or not seen to hold. */
const TO_PICK_UP: ReadonlySet<EntryState> = new Set<EntryState>(['applying', 'unknown', 'applied', 'verified'])

export interface Background {
  /** Watches for a minute if the change holds and was not watched yet. Does not stand in the way of other steps. */
  watch(book: Book, live: LiveCluster): void
  /** Tries again later if it is still not known what became of the change. */
  settleLater(book: Book): void
  /** Picks up what was interrupted on this cluster, one change after the other. */
  resume(live: LiveCluster): Promise<void>
  closed(cluster: string): void
  close(): void
  idle(): Promise<void>
}

export function createBackground(
  core: Core,
  options: {
    readonly journal: JournalPort
    readonly clock: Clock
    /** Marks what this change took back, where that is not done yet. */
    readonly markTakenBack: (book: Book) => void
    readonly onUnexpected: (cause: unknown) => void
  },
): Background {
  const { journal, clock, markTakenBack, onUnexpected } = options
  const watches = new Map<string, { readonly run: Run; readonly done: Promise<void> }>()
  const timers = new Map<string, Cancel>()
  const resuming = new Set<Promise<void>>()
  let over = false

  const watch = (book: Book, live: LiveCluster): void => {
    const { state, watching } = book.view()
    if (over || watches.has(book.id) || watching !== null || (state !== 'verified' && state !== 'applied')) return
    const run: Run = { change: book.id, cluster: live.id, abort: stepAbort(), writes: false, stop: null }
    const done = watchChange(core.stepOf(book, live, run))
      .catch((cause: unknown) => {
        const error = asAppError(cause)
        if (error === null) onUnexpected(cause)
        else book.problem(error)
      })
      .finally(() => {
        watches.delete(book.id)
        book.progress(null)
      })
    watches.set(book.id, { run, done })
  }

  const settleLater = (book: Book): void => {
    if (over || book.view().state !== 'unknown') return
    timers.get(book.id)?.()
    timers.set(
      book.id,
      clock.after(AGAIN_MS, () => {
        timers.delete(book.id)
        again(book).catch(onUnexpected)
      }),
    )
  }

  /** Null when it was not done. A cluster that is not open any more, or a step under way, is no failure here: there will be another time. */
  async function pickUpOne<T>(book: Book, work: (step: Step) => Promise<T>): Promise<T | null> {
    if (core.runner.isRunning(book.id) || watches.has(book.id)) return null
    try {
      const done = await core.begin(book, work)
      settleLater(book)
      return done.ok ? done.value : null
    } catch (cause) {
      if (asAppError(cause) === null) throw cause
      return null
    }
  }

  async function again(book: Book): Promise<void> {
    const live = await pickUpOne(book, async (step) => {
      await pickUp(step)
      markTakenBack(book)
      return step.cluster
    })
    if (live !== null) watch(book, live)
  }

  async function resume(live: LiveCluster): Promise<void> {
    const kafkaId = live.clusterId() ?? ''
    const ours = journal
      .open()
      .filter((entry) =>
        kafkaId === '' || entry.clusterId === '' ? entry.cluster === live.id : entry.clusterId === kafkaId,
      )
    for (const entry of ours) {
      if (over || !TO_PICK_UP.has(entry.state)) continue
      try {
        await pickUpOne(core.bookOf(entry.change), async (step) => {
          await pickUp(step)
          markTakenBack(step.book)
          await lookAfter(step)
        })
      } catch (cause) {
        // A change with a damaged line must not keep the others from being picked up.
        onUnexpected(cause)
      }
    }
  }

  const endWatches = (which: (run: Run) => boolean): void => {
    for (const { run } of watches.values()) if (which(run)) run.abort.abort()
  }

  return {
    watch,
    settleLater,
    resume(live) {
      const work = resume(live)
        .catch(onUnexpected)
        .finally(() => resuming.delete(work))
      resuming.add(work)
      return work
    },
    closed: (cluster) => endWatches((run) => run.cluster === cluster),
    close() {
      over = true
      endWatches(() => true)
      for (const cancel of timers.values()) cancel()
      timers.clear()
    },
    async idle() {
      await Promise.all([...resuming, ...[...watches.values()].map(({ done }) => done)])
    },
  }
}
