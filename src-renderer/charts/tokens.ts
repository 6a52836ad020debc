/** Colours for canvases: read from the CSS tokens of the element's theme, and again when the theme changes. */
import type { ShallowRef } from 'vue'
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'

const NAMES = [
  'surface',
  'raised',
  'line',
  'line-strong',
  'text',
  'text-2',
  'text-3',
  'accent',
  'healthy',
  'lagging',
  'under-replicated',
  'at-min-isr',
  'under-min-isr',
  'offline',
  'unknown',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const
export type Token = (typeof NAMES)[number]
export type Tokens = Readonly<Record<Token, string>>

export function readTokens(element: Element): Tokens {
  const style = getComputedStyle(element)
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Record<
    Token,
    string
  >
}

/** The tokens of the page; a new object after every change of `data-theme`. */
export function useTokens(): ShallowRef<Tokens> {
  const root = document.documentElement
  const tokens = shallowRef(readTokens(root))
  const observer = new MutationObserver(() => {
    tokens.value = readTokens(root)
  })
  onMounted(() => {
    // The stylesheet may have arrived after setup.
    tokens.value = readTokens(root)
    observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] })
  })
  onBeforeUnmount(() => observer.disconnect())
  return tokens
}
