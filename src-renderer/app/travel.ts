import type { Ref } from 'vue'
import { onScopeDispose, readonly, ref } from 'vue'
import { useRouter } from 'vue-router'

/** Buttons of a mouse that has them, as `MouseEvent.button` counts. */
const MOUSE = { back: 3, forward: 4 } as const

/** What the window has behind and before it. The router keeps both beside each address, so they hold after a reload too. */
export function useTravel(): {
  readonly canGoBack: Readonly<Ref<boolean>>
  readonly canGoForward: Readonly<Ref<boolean>>
} {
  const router = useRouter()
  const canGoBack = ref(false)
  const canGoForward = ref(false)
  function look(): void {
    const { back, forward } = router.options.history.state
    canGoBack.value = typeof back === 'string'
    canGoForward.value = typeof forward === 'string'
  }
  look()
  onScopeDispose(router.afterEach(look))
  return { canGoBack: readonly(canGoBack), canGoForward: readonly(canGoForward) }
}

/** The two buttons at the side of a mouse. What Chromium would do with them is kept from it, so that one press is one step. */
export function useMouseTravel(): void {
  const router = useRouter()
  function onUp(event: MouseEvent): void {
    if (event.button !== MOUSE.back && event.button !== MOUSE.forward) return
    event.preventDefault()
    if (document.querySelector('[role="dialog"]') !== null) return
    if (event.button === MOUSE.back) router.back()
    else router.forward()
  }
  window.addEventListener('mouseup', onUp)
  onScopeDispose(() => window.removeEventListener('mouseup', onUp))
}
