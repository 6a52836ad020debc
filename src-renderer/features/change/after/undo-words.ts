/** What the way back brings back, and what it cannot. Pure. */
import type { ChangeView, ConfigPlan, PlanItem } from '@contract/change'
import { SOURCE_TOPIC } from '@contract/config'
import type { Say } from '../../common/say'
import { counted, listed, sentences } from '../../common/say'

/** Named one by one up to this many, then counted. */
const NAMED = 4

/** An override whose value Kafka does not tell is not promised; what becomes of it is among what cannot be restored. */
const isTold = ({ before }: PlanItem): boolean => before.override !== null || before.source !== SOURCE_TOPIC

/** Items that undo would take back: those that were applied, or all of them before anything was sent. */
function itemsToRestore(plan: ConfigPlan, results: ChangeView['results']): readonly PlanItem[] {
  if (results.length === 0) return plan.items
  const applied = new Set(results.filter(({ outcome }) => outcome === 'applied').map(({ topic }) => topic))
  return plan.items.filter((item) => applied.has(plan.topics[item.topic] ?? ''))
}

function restores(say: Say, plan: ConfigPlan, results: ChangeView['results']): string {
  const items = itemsToRestore(plan, results).filter(isTold)
  if (items.length === 0) return ''
  const topics = new Set(items.map(({ topic }) => topic)).size
  if (topics > 1 || items.length > NAMED) {
    return counted(say, 'undo.restoresMany', items.length, { topics: counted(say, 'change.topicsCount', topics) })
  }
  const parts = items.map(({ key, before }) =>
    before.override === null ? say.t('undo.inherited', { key }) : `${key}=${before.override}`,
  )
  return say.t('undo.restores', { list: listed(say, parts) })
}

/** One line at the foot of the page; '' where there is no plan yet. */
export function undoWords(say: Say, view: ChangeView): string {
  if (view.undoneBy !== '') return say.t('undo.done')
  if (view.state === 'discarded') return ''
  const { draft, plan, results, undoOf } = view
  if (draft.kind === 'election' || plan?.kind === 'election') return say.t('undo.election')
  if (plan === null) return undoOf === '' ? '' : say.t('undo.puts')
  const cannot = plan.cannotRestore.map((name) => say.t(`undo.cannot.${name}`))
  return sentences(say, [undoOf === '' ? restores(say, plan, results) : say.t('undo.puts'), ...cannot])
}
