import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormats } from '../../ui/formats'
import type { Say } from './say'

/** The language on screen for the pure view-models; a new object when the language changes. */
export function useSay(): ComputedRef<Say> {
  const { t } = useI18n()
  const formats = useFormats()
  return computed(() => {
    const f = formats.value
    return { f, t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)) }
  })
}
