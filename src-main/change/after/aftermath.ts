/** What follows once a change has been sent: settle what is open, see that it holds, and tell the change it took back. */
import { applySettings } from '../send/apply'
import { applyElection } from '../send/election-apply'
import { settleChange } from '../settle/interrupted'
import type { Step } from '../book/step'
import { verifyChange } from './verify'
import { watchOnce } from './watch'

/** Called when the whole of an undo is seen to hold; `by` is the undo, `original` what it took back. */
export type MarkUndone = (original: string, by: string) => void

/** Tells the original of an undo that it is taken back, once the whole of the undo is seen to hold. */
function tellOriginal(step: Step, markUndone: MarkUndone): void {
  const view = step.book.view()
  const holds = view.state === 'verified' || view.state === 'watched'
  // A part that was refused or never sent still stands: the original is not called undone for the sake of the others.
  const whole = view.results.every(({ outcome }) => outcome === 'applied' || outcome === 'not-needed')
  if (!holds || !whole || view.undoOf === '') return
  markUndone(view.undoOf, view.id)
  step.reach('undone')
}

export async function verifyAndTell(step: Step, markUndone: MarkUndone): Promise<void> {
  await verifyChange(step)
  tellOriginal(step, markUndone)
}

/** Sends the change and sees that it holds. `written` is called when no write can be out any more. */
export async function carryOut(step: Step, written: () => void, markUndone: MarkUndone): Promise<void> {
  const isElection = step.book.view().draft.kind === 'election'
  const ended = await (isElection ? applyElection(step) : applySettings(step))
  written()
  if (ended.state === 'applied' && !step.signal.aborted) await verifyAndTell(step, markUndone)
}

/** Brings a change that was interrupted, or whose write had no answer, as far as it can be: settled, and seen to hold. */
export async function pickUp(step: Step, markUndone: MarkUndone): Promise<void> {
  const { book, signal } = step
  const { state } = book.view()
  if (state === 'applying' || state === 'unknown') await settleChange(step)
  const settled = book.view()
  if (settled.state === 'applied' && settled.verification === null && !signal.aborted)
    await verifyAndTell(step, markUndone)
  // Highwater may have ended between the line that an undo holds and the one that tells its original.
  else tellOriginal(step, markUndone)
}

/** For a change of an earlier run, whose minute of watching is over: one look. */
export async function lookAfter(step: Step): Promise<void> {
  const { watching, state } = step.book.view()
  const unwatched = watching === null || watching.outcome === 'running'
  if ((state === 'verified' || state === 'applied') && unwatched && !step.signal.aborted) await watchOnce(step)
}
