import type { Settings } from '@contract/ipc'
import { computed, onScopeDispose, ref, watchEffect } from 'vue'

/** The theme on screen. */
type ThemeName = 'dark' | 'light'

/**
 * The theme that applies, written to the document together with density and language. Follows the system where that is
 * chosen.
 */
export function useAppliedTheme(settings: () => Settings, locale: () => string, page: Window): void {
  const query = page.matchMedia('(prefers-color-scheme: light)')
  const systemLight = ref(query.matches)
  const follow = (event: MediaQueryListEvent): void => {
    systemLight.value = event.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))

  const theme = computed<ThemeName>(() => {
    const { theme: chosen } = settings()
    if (chosen !== 'system') return chosen
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
