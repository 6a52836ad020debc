/** What follows once a change has been sent: settle what is open, see that it holds, and mark what it took back. */
import { DONE } from '../../contract/change'
import type { ChangeView, Plan } from '../../contract/change'
import { applySettings } from '../send/apply'
import { applyElection } from '../send/election-apply'
import { settleChange } from '../settle/interrupted'
import { planOf } from '../book/step'
import type { Book, Step } from '../book/step'
import type { Books } from '../book/change-log'
import type { Reach } from '../book/checkpoints'
import { verifyChange } from './verify'
import { watchOnce } from './watch'

/**
 * Marks what an undo took back as undone, once the whole of the undo is seen to hold. Follows the undo's line `verified`; asked again when a
 * change is picked up, as Highwater may have ended between that line and this one.
 */
export function markUndone(undo: Book, books: Books, reach: Reach): void {
  const { id, state, results, undoOf } = undo.view()
  const holds = state === 'verified' || state === 'watched'
  // A part that was refused or never sent still stands: the original is not called undone for the sake of the others.
  const whole = results.every(({ outcome }) => outcome === 'applied' || outcome === 'not-needed')
  if (!holds || !whole || undoOf === '') return
  const original = books.get(undoOf)
  if (original === null || !DONE.includes(original.view().state)) return
  original.append({ type: 'undone', by: id })
  reach('undone')
}

function send(step: Step, plan: Plan): Promise<ChangeView> {
  switch (plan.kind) {
    case 'config':
      return applySettings(step, plan)
    case 'election':
      return applyElection(step, plan)
  }
}

/** Sends the change and sees that it holds. */
export async function carryOut(step: Step): Promise<void> {
  const ended = await send(step, planOf(step.book.view()))
  if (ended.state === 'applied' && !step.signal.aborted) await verifyChange(step)
}

/** Brings a change that was interrupted, or whose write had no answer, as far as it can be: settled, and seen to hold. */
export async function pickUp(step: Step): Promise<void> {
  const { book, signal } = step
  const { state } = book.view()
  if (state === 'applying' || state === 'unknown') await settleChange(step)
  const settled = book.view()
  if (settled.state === 'applied' && settled.verification === null && !signal.aborted) await verifyChange(step)
}

/** For a change of an earlier run, whose minute of watching is over: one look. */
export async function lookAfter(step: Step): Promise<void> {
  const { watching, state } = step.book.view()
  const unwatched = watching === null || watching.outcome === 'running'
  if ((state === 'verified' || state === 'applied') && unwatched && !step.signal.aborted) await watchOnce(step)
}
