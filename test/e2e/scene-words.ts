import type { Page } from '@playwright/test'
import en from '../../src-renderer/locales/en.json' with { type: 'json' }
import zh from '../../src-renderer/locales/zh-CN.json' with { type: 'json' }
import { until } from '../../tools/sandbox'

/** What the window says right now. */
export const headline = (page: Page): Promise<string> => page.locator('[data-headline]').innerText()
export const detail = (page: Page): Promise<string> => page.locator('[data-headline-detail]').innerText()

interface Router {
  readonly currentRoute: { readonly value: { readonly fullPath: string } }
  resolve(path: string): { readonly fullPath: string }
}

/** Opens a page of the window and waits until it is the one that is shown: some of them are loaded first. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#${path}`)
  await page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('#app') as unknown as {
        __vue_app__: { config: { globalProperties: { $router: Router } } }
      }
      const { $router: router } = root.__vue_app__.config.globalProperties
      return router.currentRoute.value.fullPath === router.resolve(wanted).fullPath
    },
    path,
    { timeout: 30_000 },
  )
}

const WAITING = [en, zh].flatMap(({ board, change, config, journal }) => [
  board.unread.sentence,
  change.loading,
  config.read.reading,
  journal.reading,
])

/** Opens a page and waits until nothing on it is still being read: what is looked at then is the page, not its beginning. */
export async function visit(page: Page, path: string): Promise<void> {
  await goTo(page, path)
  await page.waitForFunction(
    (waiting) => {
      const shown = document.querySelector('main')?.innerText ?? ''
      return (
        (document.querySelector('main h1')?.textContent ?? '').trim() !== '' &&
        waiting.every((text) => !shown.includes(text))
      )
    },
    WAITING,
    { timeout: 30_000 },
  )
}

/** One follower of the ladder: what it says about the ISR, and its figures as text. */
export async function replicaOf(
  page: Page,
  broker: number,
): Promise<{ readonly membership: string; readonly notes: string }> {
  const row = page.locator(`li.row[data-broker="${broker}"]`)
  return {
    membership: await row.locator('[data-membership]').innerText(),
    notes: await row.locator('[data-notes]').innerText(),
  }
}

/** Records behind as the ladder prints them (`1,204 behind`, `1.4 M behind`); 0 when in step, NaN when it says neither. */
export function recordsBehind(notes: string): number {
  const match = /([\d,.]+)\s*([kM]?) behind/.exec(notes)
  if (match === null) return /in step/.test(notes) ? 0 : Number.NaN
  const scale = match[2] === 'M' ? 1e6 : match[2] === 'k' ? 1e3 : 1
  return Number(match[1]?.replaceAll(',', '')) * scale
}

/** Waits for a headline. */
export async function untilHeadline(page: Page, pattern: RegExp, limitMs = 90_000): Promise<void> {
  let last = ''
  await until(`the headline ${String(pattern)}`, limitMs, async () =>
    pattern.test((last = await headline(page))) ? true : null,
  ).catch((cause: unknown) => {
    throw new Error(`The headline says: ${last}`, { cause })
  })
}
