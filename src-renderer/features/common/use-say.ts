import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useFormats } from '../../ui/formats'
import type { Say } from './say'
import { useWords } from './use-words'

/** The language on screen for the pure view-models; a new object when the language changes. */
export function useSay(): ComputedRef<Say> {
  const { t } = useWords()
  const formats = useFormats()
  return computed(() => ({ f: formats.value, t }))
}
