/** Everything that the window says, to be looked through for texts in the wrong language and for those that say too much. */
import type { Page } from '@playwright/test'
import en from '../../src-renderer/locales/en.json' with { type: 'json' }
import zh from '../../src-renderer/locales/zh-CN.json' with { type: 'json' }

interface Texts {
  readonly [key: string]: string | Texts
}

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}

const chinese = new Map(flat(zh))
const KEYS = new Set(chinese.keys())
/** English texts whose Chinese is another one: each form of a plural, where nothing is filled in. */
const ENGLISH = new Set(
  flat(en)
    .filter(([key, text]) => chinese.get(key) !== text)
    .flatMap(([, text]) => text.split(' | '))
    .filter((text) => !text.includes('{') && /[A-Za-z]{2}/.test(text)),
)

/** Kafka's own words, names of products, and keys of the keyboard: the same in every language. */
const ALIKE = new RegExp(
  `\\b(${[
    ...['acks=all', 'min ISR', 'min\\.insync\\.replicas', 'in ISR', 'ISR', 'ELR', 'LEO', 'HW', 'RF', 'leader epoch'],
    // As Chinese engineers write them (docs/glossary.md).
    ...['Leader', 'Follower', 'Epoch', 'Broker'],
    ...['PROD', 'STAGING', 'DEV', 'sandbox', 'Highwater', 'Electron', 'KRaft', 'Kafka', 'kafka', 'English'],
    ...['SASL', 'TLS', 'PLAIN', 'SCRAM-SHA-(256|512)', 'PEM', 'CA', 'client\\.properties', 'CSV', 'JSON', 'UTC'],
    ...['Ctrl', 'Space', 'Enter', 'Esc', 'Backspace'],
  ].join('|')})\\b`,
  'g',
)
/** Names of topics, racks and addresses. */
const NAME = /[\w.-]*(\w[.:_-]\w|\d)[\w.:-]*/g

/** Commands, addresses and what a broker said itself. */
const AS_GIVEN = 'script, style, .mono, [lang]:not(html)'

/** Words for eyes and for screen readers, one entry per text, title, label and placeholder. */
export const wordsOnScreen = (page: Page): Promise<string[]> =>
  page.evaluate((asGiven) => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent === null || parent.closest(asGiven)) continue
      // A word that is explained is part of the sentence that it stands in.
      const sentence = parent.closest('dfn')?.parentElement ?? parent
      found.push((sentence.querySelector(':scope > dfn') === null ? node : sentence).textContent ?? '')
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(asGiven) === null)
        for (const name of ['title', 'aria-label', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    }
    return [...new Set(found.map((text) => text.trim()))].filter((text) => text !== '')
  }, AS_GIVEN)

/** Texts that are raw keys, and texts that are English though the window is Chinese. */
export async function notChinese(
  page: Page,
): Promise<{ readonly keys: readonly string[]; readonly english: readonly string[] }> {
  const texts = await wordsOnScreen(page)
  const english = (text: string): boolean => {
    if (ENGLISH.has(text)) return true
    const rest = text.replace(ALIKE, ' ').replace(NAME, ' ')
    return !/^kafka-[a-z-]+\.sh /.test(text) && /[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/.test(rest)
  }
  return { keys: texts.filter((text) => KEYS.has(text) || /\{\w+\}/.test(text)), english: texts.filter(english) }
}
