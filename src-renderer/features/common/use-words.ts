import { useI18n } from 'vue-i18n'
import type { Translate } from './say'

/** Texts of the language on screen. The only way to them: `t` of vue-i18n takes any string for a key. */
export function useWords(): { readonly t: Translate } {
  const { t } = useI18n()
  return { t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)) }
}
