import { onBeforeUnmount, onMounted } from 'vue'

export interface ChangeKeys {
  readonly next: () => void
  readonly plan: () => void
  readonly undo: () => void
  readonly leave: () => void
}

/** Ctrl Enter goes on, also while one types; P, U and Esc only outside of fields and with no dialog open. */
export function useChangeKeys(deeds: ChangeKeys): void {
  function deedOf(event: KeyboardEvent): (() => void) | null {
    if (event.ctrlKey || event.metaKey) return event.key === 'Enter' ? deeds.next : null
    if (event.altKey || (event.target as HTMLElement).matches('input, select, textarea')) return null
    const key = event.key.toLowerCase()
    return key === 'p' ? deeds.plan : key === 'u' ? deeds.undo : key === 'escape' ? deeds.leave : null
  }
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return
    const deed = deedOf(event)
    if (deed === null) return
    event.preventDefault()
    deed()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
