import type { Page } from '@playwright/test'
import { until } from '../../tools/sandbox'

/** What the window says right now. */
export const headline = (page: Page): Promise<string> => page.locator('[data-headline]').innerText()
export const detail = (page: Page): Promise<string> => page.locator('[data-headline-detail]').innerText()

export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#${path}`)
}

/** One follower of the ladder: what it says about the ISR, and its figures as text. */
export async function replicaOf(page: Page, broker: number): Promise<{ readonly membership: string; readonly notes: string }> {
  const row = page.locator(`li.row[data-broker="${broker}"]`)
  return { membership: await row.locator('[data-membership]').innerText(), notes: await row.locator('[data-notes]').innerText() }
}

/** Records behind as the ladder prints them (`1,204 behind`, `1.4 M behind`); 0 when in step, NaN when it says neither. */
export function recordsBehind(notes: string): number {
  const match = /([\d,.]+)\s*([kM]?) behind/.exec(notes)
  if (match === null) return /in step/.test(notes) ? 0 : Number.NaN
  const scale = match[2] === 'M' ? 1e6 : match[2] === 'k' ? 1e3 : 1
  return Number(match[1]?.replaceAll(',', '')) * scale
}

/** Waits for a headline and answers how long it took. The window is asked often: its delay is what is measured. */
export async function untilHeadline(page: Page, pattern: RegExp, limitMs: number): Promise<number> {
  const from = Date.now()
  await until(`the headline ${String(pattern)}, last: ${await headline(page)}`, limitMs, async () => (pattern.test(await headline(page)) ? true : null), 25)
  return Date.now() - from
}
