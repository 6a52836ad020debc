import { printable } from '@shared/printable'
import { createI18n } from 'vue-i18n'
import en from '../locales/en.json'
import zhCN from '../locales/zh-CN.json'

/** Every text on screen. A text without Chinese does not compile. Keys may have dots of their own (names of settings): `flatJson`. */
export const createTexts = (locale: 'en' | 'zh-CN') =>
  createI18n({
    legacy: false,
    locale,
    flatJson: true,
    // Names of strangers stand in these sentences: they are shown, and do not turn them round.
    postTranslation: (said) => (typeof said === 'string' ? printable(said) : said),
    messages: { en, 'zh-CN': zhCN satisfies typeof en },
  })
