import type { Settings } from '@contract/ipc'
import type { Ref } from 'vue'
import { computed, onScopeDispose, ref, watchEffect } from 'vue'

/** The theme on screen. */
type ThemeName = Exclude<Settings['theme'], 'system'>

/**
 * The theme that applies, written to the document together with density and language. Follows the system where that is
 * chosen, also in its wish for more contrast.
 */
export function useAppliedTheme(settings: () => Settings, locale: () => string, page: Window): void {
  const systemLight = follow('(prefers-color-scheme: light)')
  const systemContrast = follow('(prefers-contrast: more)')
  function follow(wish: string): Readonly<Ref<boolean>> {
    const query = page.matchMedia(wish)
    const isSo = ref(query.matches)
    const changed = (event: MediaQueryListEvent): void => void (isSo.value = event.matches)
    query.addEventListener('change', changed)
    onScopeDispose(() => query.removeEventListener('change', changed))
    return isSo
  }

  const theme = computed<ThemeName>(() => {
    const { theme: chosen } = settings()
    if (chosen !== 'system') return chosen
    if (systemContrast.value) return 'contrast'
    return systemLight.value ? 'light' : 'dark'
  })
  // Synchronous, so that what reads colours from the tokens when `theme` changes reads the new ones.
  watchEffect(
    () => {
      const { dataset } = page.document.documentElement
      dataset.theme = theme.value
      dataset.density = settings().density
      page.document.documentElement.lang = locale()
    },
    { flush: 'sync' },
  )
}
