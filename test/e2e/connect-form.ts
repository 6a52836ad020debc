/** The Connect form worked by hand, and what the doctor prints. */
import type { Page } from '@playwright/test'
import { expect } from './fixture'

export interface Typed {
  readonly name?: string
  readonly bootstrap?: string
  /** Left out: DEV, where none is chosen yet. */
  readonly environment?: 'PROD' | 'STAGING' | 'DEV'
  readonly tls?: boolean
  readonly caFile?: string
  readonly sasl?: 'none' | 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username?: string
  readonly password?: string
}

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.locator('form.form').getByLabel(label, { exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
}

/** Fills the open form; what is not named is left as it is. */
export async function typeForm(page: Page, typed: Typed): Promise<void> {
  const { tls, sasl, environment } = typed
  const environments = page.locator('form.form .environments')
  if (environment !== undefined || (await environments.locator('[data-state=checked]').count()) === 0)
    await environments.getByRole('radio', { name: environment ?? 'DEV', exact: true }).click()
  if (typed.name !== undefined) await typeInto(page, 'Name', typed.name)
  if (typed.bootstrap !== undefined) await typeInto(page, 'Bootstrap servers', typed.bootstrap)
  if (tls !== undefined) await page.getByRole('radio', { name: tls ? 'TLS' : 'plaintext', exact: true }).click()
  if (typed.caFile !== undefined) await typeInto(page, 'CA file (PEM)', typed.caFile)
  if (sasl !== undefined) await page.getByRole('radio', { name: sasl, exact: true }).click()
  if (typed.username !== undefined) await typeInto(page, 'User name', typed.username)
  if (typed.password !== undefined) await typeInto(page, 'Password', typed.password)
}

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** Opens an empty form. With nothing saved it opens by itself, once the list has been read. */
export async function openForm(page: Page): Promise<void> {
  const form = page.locator('form.form')
  await form.or(page.locator('[data-cluster-row]')).first().waitFor()
  if ((await form.count()) === 0) await press(page, 'Add a cluster')
  await form.waitFor()
}

/** A row of the list of saved clusters. */
export const clusterRow = (page: Page, name: string) =>
  page.locator('[data-cluster-row]', { has: page.getByRole('button', { name, exact: true }) })

/** One of the things that can be done with a row besides opening it. */
export async function doWithRow(
  page: Page,
  name: string,
  what: 'Edit' | 'Test' | 'Duplicate' | 'Remove',
): Promise<void> {
  await press(page, `More for ${name}`)
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

/** Presses Test and waits for the report: its sentence, and the open step with value, advice and evidence. */
export async function test(
  page: Page,
): Promise<{ readonly sentence: string; readonly failed: string; readonly all: string }> {
  // The report of an earlier test goes when a new one begins; marked, so that it can never be taken for the new one. Steps that come in are busy.
  const reports = page.getByRole('region', { name: 'Connection test' })
  await reports.evaluateAll((old) => old.forEach((one) => one.setAttribute('data-old', '')))
  await press(page, 'Test')
  const report = page
    .getByRole('region', { name: 'Connection test' })
    .and(page.locator(':not([data-old]):not([aria-busy="true"])'))
  await expect(report).toBeVisible({ timeout: 60_000 })
  const failed = report.locator('li.failed')
  return {
    sentence: await report.getByRole('status').innerText(),
    failed: (await failed.count()) === 0 ? '' : await failed.first().innerText(),
    all: await report.innerText(),
  }
}
