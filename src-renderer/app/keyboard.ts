import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useClusterStore } from '../stores/cluster'
import { useUiStore } from '../stores/ui'
import { useArm } from './arm'
import type { KeyAction } from './key-actions'
import { keyAction } from './key-actions'
import type { Opener } from './open-cluster'
import { useScreenActions } from './screen-actions'

const PREFIX_MS = 1200

const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLElement && (element.matches('input, textarea, select') || element.isContentEditable)

const inPage = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(`main ${selector}`)

/** J and K from anywhere on the page go to its list, which moves by itself once it has the focus. */
function moveInRows(key: string): void {
  const list = inPage('[data-row-list]')
  if (list === null || document.activeElement === list) return
  list.focus()
  list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: false }))
}

/**
 * Binds the keys of the whole window. Keys of a page or a table come first: what they have dealt with does not get
 * here.
 */
export function useKeyboard(opener: Opener): void {
  const router = useRouter()
  const cluster = useClusterStore()
  const ui = useUiStore()
  const arm = useArm()
  const { copyCommand, startExport } = useScreenActions()
  let prefixUntil = 0

  function run(action: KeyAction, event: KeyboardEvent): void {
    if (action.kind === 'page') void router.push({ name: action.page })
    else if (action.kind === 'cluster') void opener.openNth(action.nth)
    else if (action.kind === 'prefix') prefixUntil = event.timeStamp + PREFIX_MS
    else if (action.kind === 'palette') ui.palette = !ui.palette
    else if (action.kind === 'filter') inPage('input[type="search"]')?.focus()
    else if (action.kind === 'rows') moveInRows(event.key)
    else if (action.kind === 'back') router.back()
    else if (action.kind === 'pause') void cluster.pause(cluster.status?.phase !== 'paused')
    else if (action.kind === 'copy') void copyCommand()
    else if (action.kind === 'export') startExport()
    else if (action.kind === 'arm') void arm.toggle()
    else if (action.kind === 'help') ui.keys = true
    else inPage('[data-row-list]')?.focus()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const focused = document.activeElement
    const action = keyAction({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      shift: event.shiftKey,
      typing: isTyping(focused),
      onControl:
        focused?.matches(
          'button, a, summary, [role="radio"], [role="menuitem"], [role="checkbox"], [role="switch"]',
        ) === true,
      overlay: document.querySelector('[role="dialog"], [role="menu"]') !== null,
      afterG: event.timeStamp < prefixUntil,
    })
    prefixUntil = 0
    if (action === null || (action.kind === 'pause' && cluster.cluster === null)) return
    event.preventDefault()
    run(action, event)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
