/** What the way back brings back, and what it cannot. Pure. */
import type { ChangeView } from '@contract/change'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'

/** Named one by one up to this many, then counted. */
const NAMED = 4

function restores(say: Say, view: ChangeView): string {
  const { plan } = view
  if (plan === null || plan.items.length === 0) return ''
  if (plan.topics.length > 1 || plan.items.length > NAMED) {
    return counted(say, 'undo.restoresMany', plan.items.length, { topics: counted(say, 'change.topicsCount', plan.topics.length) })
  }
  const parts = plan.items.map(({ key, before }) =>
    before.override === null ? say.t('undo.inherited', { key }) : `${key}=${before.override}`,
  )
  return say.t('undo.restores', { list: listed(say, parts) })
}

/** One line at the foot of the page; '' where there is no plan yet. */
export function undoWords(say: Say, view: ChangeView): string {
  if (view.undoneBy !== '') return say.t('undo.done')
  if (view.draft.kind === 'election') return say.t('undo.election')
  const cannot = (view.plan?.cannotRestore ?? []).map((name) => say.t(`undo.cannot.${name}`))
  return sentences(say, [view.undoOf === '' ? restores(say, view) : say.t('undo.puts'), ...cannot])
}
