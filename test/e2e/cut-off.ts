/** What of the texts on screen cannot be read: cut off by a box, outside the window, or to be had only by scrolling sideways. */
import type { ElectronApplication, Page } from '@playwright/test'
import en from '../../src-renderer/locales/en.json' with { type: 'json' }
import zh from '../../src-renderer/locales/zh-CN.json' with { type: 'json' }

export const WIDTHS = [
  [1100, 700],
  [1440, 900],
  [1920, 1080],
  [2560, 1440],
] as const

type Texts = string | { readonly [key: string]: Texts }
const flat = (texts: Texts): readonly string[] =>
  typeof texts === 'string' ? [texts] : Object.values(texts).flatMap(flat)
/** Words of our own, which are never to be cut off. What comes from a cluster may be, where its whole is told under the pointer. */
const LABELS = [en, zh].flatMap((texts) => flat(texts as Texts)).filter((text) => !/[{|]/.test(text))

/** One line for each text that cannot be read as the window stands now. */
export function cutOffIn(page: Page): Promise<string[]> {
  return page.evaluate((labels) => {
    const own = new Set(labels)
    const found = new Set<string>()
    const isCut = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip'
    const isScrolled = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll'
    const nameOf = (element: Element): string => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`

    function whyUnread(text: Text): string {
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) return ''
      const head = text.parentElement?.closest('[role=columnheader]')?.getBoundingClientRect()
      if (head !== undefined && (box.left < head.left - 1 || box.right > head.right + 1)) return 'over its neighbour'
      let [across, down] = [true, true]
      for (let at = text.parentElement; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at)
        if (style.visibility === 'hidden' || style.opacity === '0' || at.matches('.visually-hidden')) return ''
        const edge = at.getBoundingClientRect()
        if (across && isCut(style.overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1))
          return told(text) ? '' : `cut off at the side by ${nameOf(at)}`
        // Letters may stand a little out of a line that is as high as they are.
        if (down && isCut(style.overflowY) && (box.bottom > edge.bottom + 4 || box.top < edge.top - 4))
          return told(text) ? '' : `cut off below by ${nameOf(at)}`
        if (isScrolled(style.overflowX)) {
          if (at.scrollWidth > at.clientWidth + 1 && !at.matches('pre, textarea')) return `sideways in ${nameOf(at)}`
          across = false
        }
        if (isScrolled(style.overflowY)) down = false
      }
      if (across && (box.right > innerWidth + 1 || box.left < -1)) return 'outside the window'
      return ''
    }
    /**
     * Its whole is told in the panel beside, or under the pointer: by itself, or as every cell of a table does, where it may be a name that is too
     * long and never a sentence. Our own words are short enough to stand there.
     */
    function told(text: Text): boolean {
      const words = text.data.trim()
      const told = (selector: string): boolean => (text.parentElement?.closest(selector) ?? null) !== null
      const isName = !/[\s\u4e00-\u9fff]/.test(words)
      return (
        told('[data-whole-beside]') || (!own.has(words) && (told('[title]') || (isName && told('[role=gridcell]'))))
      )
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode() as Text | null; text !== null; text = walker.nextNode() as Text | null) {
      if (text.data.trim() === '') continue
      const why = whyUnread(text)
      if (why !== '') found.add(`"${text.data.trim().slice(0, 60)}" ${why}`)
    }
    return [...found]
  }, LABELS)
}

export async function resize(
  app: ElectronApplication,
  page: Page,
  [width, height]: readonly [number, number],
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]!.setContentSize(width, height),
    [width, height] as const,
  )
  await page.waitForFunction((width) => innerWidth === width, width)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}
