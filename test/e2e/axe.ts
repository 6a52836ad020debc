import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

export const THEMES = ['dark', 'light', 'contrast'] as const

/** What colours and room alone can break. */
const SEEN = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable']

/** What axe calls serious or critical on the page that is shown, in a theme; `seenOnly`: of what is seen alone, not of what it is. */
export async function seriousIn(page: Page, theme: (typeof THEMES)[number], seenOnly = false): Promise<string[]> {
  const worn = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme'])
  await page.evaluate((wanted) => void (document.documentElement.dataset['theme'] = wanted), theme)
  // Legacy mode: Electron's page cannot open the extra blank page that axe would use.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  if (seenOnly) axe.withRules(SEEN)
  const { violations, passes } = await axe.analyze()
  if ((await worn()) !== theme || passes.length === 0) throw new Error(`Nothing was looked at in ${theme}`)
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
