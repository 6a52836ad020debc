import type { ChangeView, Plan } from '../../contract/change'
import { cancelled } from '../links/abortable'
import { otherCluster } from './compare'
import { needsOf } from './needs'
import { planOfElection } from './plan-election'
import { planSettings } from './plan-settings'
import { planOf, stepFailed } from '../book/step'
import type { Book, Step } from '../book/step'
import { undoableOf } from './undo'

/** Plans the draft of a change anew. `original`: the change that an undo takes back, null for every other change. */
export async function planChange(step: Step, original: Book | null): Promise<ChangeView> {
  const { book, cluster } = step
  const { draft } = book.view()
  let plan: Plan
  if (draft.kind === 'election') {
    plan = await planOfElection(step, draft)
  } else {
    const undone = original?.view() ?? null
    const other = undone === null ? '' : otherCluster(planOf(undone).clusterId, cluster)
    if (other !== '')
      throw stepFailed('conflict', 'This is another Kafka cluster than the one that was changed', {
        text: 'other-cluster',
        clusterId: other,
      })
    plan = await planSettings(step, draft, undone === null ? null : undoableOf(original!.rows(), undone))
  }
  // Edited or discarded meanwhile.
  if (step.signal.aborted) throw cancelled()
  const view = book.append({ type: 'planned', plan, needs: needsOf(plan, cluster.environment, cluster.name) })
  step.reach('planned')
  return view
}
