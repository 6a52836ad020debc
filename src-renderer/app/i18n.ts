import { createI18n } from 'vue-i18n'
import en from '../locales/en.json'
import zhCN from '../locales/zh-CN.json'

/** Every text on screen. English stands in for a key that a translation lacks (a test keeps the two equal). */
export const createTexts = (locale: 'en' | 'zh-CN') =>
  createI18n({ legacy: false, locale, fallbackLocale: 'en', messages: { en, 'zh-CN': zhCN } })

export type Texts = ReturnType<typeof createTexts>
