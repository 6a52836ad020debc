/** A change as a person makes it, by the words of either language. */
import type { Locator, Page } from '@playwright/test'
import en from '../../src-renderer/locales/en.json' with { type: 'json' }
import zh from '../../src-renderer/locales/zh-CN.json' with { type: 'json' }
import { expect } from './fixture'
import { goTo } from './scene-words'

export const WORDS = { en, zh } as const
export type Language = keyof typeof WORDS

const LIMIT_MS = 90_000
const UNDO = new RegExp(`^(${en.undo.button}|${zh.undo.button})`)
const slow = { timeout: LIMIT_MS }

/** The step that the page recommends, once it is this one and can be pressed. */
export const step = (page: Page, name: string): Locator => page.locator(`[data-next="${name}"]:not([disabled])`)

async function chooseKey(page: Page, language: Language, key: string): Promise<void> {
  await page.getByPlaceholder(WORDS[language].config.filter).fill(key)
  await page
    .locator('[role=row]')
    .filter({ has: page.getByText(key, { exact: true }) })
    .click(slow)
  await expect(page.getByRole('heading', { name: key, exact: true })).toBeVisible()
}

/** Sets one key and takes the override of another away, on the topic's own page; ends with the plan on screen. */
export async function planSetAndRemove(
  page: Page,
  language: Language,
  topic: string,
  set: readonly [key: string, value: string],
  remove: string,
): Promise<void> {
  const words = WORDS[language].config
  await goTo(page, `/topic/${topic}/config`)
  await chooseKey(page, language, set[0])
  await page.getByRole('button', { name: words.panel.edit, exact: true }).click()
  const field = page.getByLabel(words.newValue.replace('{key}', set[0]))
  await field.fill(set[1], slow)
  await field.press('Enter')
  await expect(field).toHaveCount(0)
  await chooseKey(page, language, remove)
  await page.getByRole('button', { name: words.panel.remove, exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^${words.draft.plan}`) }).click()
  await planned(page)
}

/** The page plans what it opens with by itself; ends with the plan on screen. */
export async function planned(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/change\//, slow)
  await page.locator('[data-risk]').first().waitFor(slow)
}

export async function confirmAll(page: Page, reason: string): Promise<void> {
  for (const tick of await page.locator('fieldset input[type=checkbox]').all()) await tick.check()
  const phrase = page.locator('input[data-phrase], [data-phrase] input')
  if ((await phrase.count()) > 0) await phrase.fill((await phrase.getAttribute('placeholder')) ?? '')
  await page.locator('input[data-reason], [data-reason] input').fill(reason)
}

/** Waits until the brokers were asked, which the page does by itself, and arms the cluster where it is read-only; ends where it can be applied. */
export async function arm(page: Page): Promise<void> {
  const armFirst = page.locator('[data-next="arm"]')
  await armFirst.or(page.locator('[data-next="apply"]')).first().waitFor(slow)
  // In PROD it is held for a second, which a press of a test cannot be mistaken for.
  if ((await armFirst.count()) > 0) await page.locator('[data-arm-note] button').click({ delay: 1200 })
  await page.locator('[data-next="apply"]').waitFor(slow)
}

/** From the plan on screen to a change that is seen on the brokers: arm, give what is asked for, apply, verify. */
export async function carryOut(page: Page, reason: string): Promise<void> {
  await arm(page)
  await confirmAll(page, reason)
  await step(page, 'apply').click(slow)
  await page.locator('[data-verified]').waitFor(slow)
}

/** Presses Undo on the change that is shown; ends with the plan of the undo. */
export async function planUndo(page: Page): Promise<void> {
  const before = page.url()
  await expect(page.locator('main').getByRole('button', { name: UNDO }).first()).toBeEnabled(slow)
  await page.locator('main').getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('u')
  await expect.poll(() => page.url(), slow).not.toBe(before)
  await planned(page)
}
