import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Keys of one page, by `event.key` in lower case. Not while one types or a dialog is open; an action that answers false
 * leaves the key to the window.
 */
export function usePageKeys(actions: Readonly<Record<string, () => unknown>>): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as HTMLElement).matches('input, select, textarea')) return
    if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return
    const act = actions[event.key.toLowerCase()]
    if (act !== undefined && act() !== false) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
