import { useRouter } from 'vue-router'
import { useClusterStore } from '../stores/cluster'
import { useHistoryStore } from '../stores/history'
import { usePastStore } from '../stores/past'
import type { KeyBinding } from '../stores/find-key'
import type { KeyName } from '../stores/key-table'
import { useKeys } from '../stores/keys'
import { useTasksStore } from '../stores/tasks'
import { useUiStore } from '../stores/ui'
import { useUndoOffer } from '../features/change/after/use-undo-offer'
import { useArm } from './arm'
import { timelineOfPage } from '../features/timeline/timeline-of-page'
import { newestIncident } from './newest-incident'
import type { Opener } from './open-cluster'
import { useMouseTravel } from './travel'
import { useScreenActions } from './screen-actions'

const inPage = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(`main ${selector}`)

/** J, K and Ctrl A from anywhere on the page go to its list, which deals with them itself once it has the focus. */
function handToRows({ key, ctrlKey, metaKey }: KeyboardEvent): void {
  const list = inPage('[data-row-list]')
  if (list === null || document.activeElement === list) return
  list.focus()
  list.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, metaKey, bubbles: false, cancelable: true }))
}

/** Binds the keys of the whole window. */
export function useAppKeys(opener: Opener): void {
  const router = useRouter()
  const cluster = useClusterStore()
  const history = useHistoryStore()
  const past = usePastStore()
  const tasks = useTasksStore()
  const ui = useUiStore()
  const arm = useArm()
  const undoOffer = useUndoOffer()
  const { copy, startExport } = useScreenActions()
  const page = (key: KeyName, name: string): KeyBinding => ({ key, run: () => router.push({ name }) })

  useMouseTravel()

  useKeys([
    { key: 'palette', run: () => (ui.palette = !ui.palette) },
    { key: 'clusters', run: ({ key }) => opener.openNth(Number(key)) },
    page('board', 'board'),
    page('topics', 'topics'),
    page('brokers', 'brokers'),
    page('history', 'history'),
    page('advisor', 'advisor'),
    {
      key: 'timeline',
      when: () => cluster.cluster !== null,
      run: () => router.push(timelineOfPage(router.currentRoute.value)),
    },
    { key: 'incident', when: () => cluster.cluster !== null, run: () => router.push(newestIncident(history.newest)) },
    { key: 'moment', when: () => cluster.cluster !== null, run: () => (ui.moment = true) },
    page('loss', 'loss'),
    page('what-if', 'what-if'),
    page('quorum', 'quorum'),
    page('audit', 'audit'),
    page('changes', 'changes'),
    page('settings', 'settings'),
    page('list', 'connect'),
    { key: 'filter', run: () => inPage('input[type="search"]')?.focus() },
    { key: 'rows', run: handToRows },
    { key: 'choose', run: handToRows },
    { key: 'back', run: () => router.back() },
    { key: 'forward', run: () => router.forward() },
    {
      key: 'pause',
      when: () => cluster.cluster !== null,
      run: () => cluster.pause(cluster.status?.phase !== 'paused'),
    },
    { key: 'copy', run: copy },
    { key: 'export', run: startExport },
    { key: 'arm', when: () => past.at === null, run: arm.toggle },
    { key: 'undoLast', when: () => undoOffer.offer.value !== null, run: undoOffer.undo },
    // Where there is no list the page itself has the focus, and its keys count again.
    { key: 'leave', run: () => (inPage('[data-row-list]') ?? document.querySelector('main'))?.focus() },
    { key: 'cancel', when: () => tasks.cancellable, run: tasks.cancelAll },
    { key: 'help', run: () => (ui.keys = true) },
  ])
}
