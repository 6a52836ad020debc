import type { Language } from '../../src-main/shared/words/language'
import { createFormats } from '../../src-main/shared/words/format/formats'
import { createTexts } from '../../src-renderer/app/i18n'
import type { Say } from '../../src-renderer/features/common/say'

/** The app's own texts and formats outside a component, times in UTC. */
export function sayIn(locale: Language): Say {
  const { t } = createTexts(locale).global
  return {
    f: createFormats(locale, 'UTC'),
    t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)),
  }
}
