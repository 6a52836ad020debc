import type { ChangeView, Plan } from '../../contract/change'
import { cancelled } from '../links/abortable'
import { needsOf } from './needs'
import { planOfElection } from './plan-election'
import { planSettings } from './plan-settings'
import type { Book, Step } from '../book/step'
import { refuseElsewhere, undoableOf } from './undo'

/** Plans the draft of a change anew. `original`: the change that an undo takes back, null for every other change. */
export async function planChange(step: Step, original: Book | null): Promise<ChangeView> {
  const { book, cluster } = step
  const { draft } = book.view()
  let plan: Plan
  if (draft.kind === 'election') {
    plan = await planOfElection(step, draft)
  } else {
    const undone = original?.view() ?? null
    if (undone !== null) refuseElsewhere(undone, cluster)
    plan = await planSettings(step, draft, undone === null ? null : undoableOf(original!.rows(), undone))
  }
  // Edited or discarded meanwhile.
  if (step.signal.aborted) throw cancelled()
  const view = book.append({ type: 'planned', plan, needs: needsOf(plan, cluster.environment, cluster.name) })
  step.reach('planned')
  return view
}
