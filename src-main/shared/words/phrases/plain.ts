/** What is said as it was said, and figures by themselves. */
import { phrases } from '../table'

export const PLAIN = phrases({
  /** A broker's own words, or technical evidence of an error. */
  said: {
    args: { text: 'said' },
    en: '{text}',
    'zh-CN': '{text}',
  },
  /** What a Highwater before the table of phrases wrote into its journal, in English. */
  legacy: {
    args: { text: 'said' },
    en: '{text}',
    'zh-CN': '{text}',
  },
  'note.records': {
    args: { value: 'records' },
    en: { by: 'value', one: '{value} record', other: '{value} records' },
    'zh-CN': '{value} 条记录',
  },
  'note.in-sync': {
    args: { value: 'in-sync' },
    en: '{value} in the ISR',
    'zh-CN': 'ISR 中有 {value} 个',
  },
})
