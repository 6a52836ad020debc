import { defineStore } from 'pinia'
import { onScopeDispose } from 'vue'
import type { KeyBinding } from './find-key'
import { findKey, keyClashes } from './find-key'

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1200

/** Inputs that take no letters: after one of them was used, the keys of the page go on. */
const TICKED = 'input[type="checkbox"], input[type="radio"]'
const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.matches(`:is(input, textarea, select):not(${TICKED}, input[type="range"])`) || element.isContentEditable)

const CONTROLS = `button, a, summary, ${TICKED}, [role="radio"], [role="menuitem"], [role="checkbox"], [role="switch"]`

/**
 * What is bound to keys now, and the one listener of the window. State: the bindings of everything on screen, and the first key of a pair
 * with the time until which it counts; any other key ends it. What an element has dealt with itself (`preventDefault`) does not get here.
 */
export const useKeysStore = defineStore('keys', () => {
  let bound: readonly KeyBinding[] = []
  let first = { key: '', until: 0 }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const focused = event.target instanceof Element ? event.target : document.activeElement
    const found = findKey(bound, {
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      shift: event.shiftKey,
      repeat: event.repeat,
      typing: isTyping(focused),
      onControl: focused?.matches(CONTROLS) === true,
      overlay: document.querySelector('[role="dialog"], [role="menu"]') !== null,
      after: event.timeStamp < first.until ? first.key : '',
    })
    first = { key: '', until: 0 }
    if (found === null) return
    event.preventDefault()
    if (found.kind === 'first') first = { key: found.key, until: event.timeStamp + PAIR_MS }
    else found.binding.run(event)
  }

  /** Answers how to take them back. Throws when a key would mean two things in one scope. */
  function bind(bindings: readonly KeyBinding[]): () => void {
    const next = [...bound, ...bindings]
    const clashes = keyClashes(next.map(({ key }) => key))
    if (clashes.length > 0) throw new Error(`A key is bound twice: ${clashes.join('; ')}`)
    if (bound.length === 0) window.addEventListener('keydown', onKey)
    bound = next
    return () => {
      bound = bound.filter((binding) => !bindings.includes(binding))
      if (bound.length === 0) window.removeEventListener('keydown', onKey)
    }
  }
  return { bind }
})

/** Binds keys of `KEY_TABLE` while the component is there. Call it in the component's setup. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  onScopeDispose(useKeysStore().bind(bindings))
}
