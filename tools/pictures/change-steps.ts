import { until } from '../sandbox'
import type { Camera } from './camera'

const limitMs = 60_000

/** Waits for what the line under the title of a change says. */
export async function statusSays({ page }: Camera, pattern: RegExp): Promise<void> {
  const line = page.locator('[data-status]')
  await until(
    `the change to say ${String(pattern)}`,
    limitMs,
    async () => (pattern.test(await line.innerText()) ? true : null),
    25,
  )
}

/** Presses the recommended step once it is this one and can be pressed. */
export async function press({ page }: Camera, step: string): Promise<void> {
  await page.locator(`[data-next="${step}"]:not([disabled])`).click({ timeout: limitMs })
}

/** Edits one setting on the topic's page and plans it, as a person would; ends on the page of the planned change. */
export async function planEdit({ page, goTo }: Camera, topic: string, key: string, value: string): Promise<void> {
  await goTo(`/topic/${topic}/config`)
  await page.getByPlaceholder('filter keys and values').fill(key)
  const field = page.getByLabel(`New value of ${key}`)
  await page
    .locator('[role=row]')
    .filter({ has: page.getByText(key, { exact: true }) })
    .click({ timeout: limitMs })
  // Pressing a row that was chosen already opens its input.
  if ((await field.count()) === 0) await page.keyboard.press('e')
  if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value)
  else await field.fill(value)
  await field.press('Enter')
  await page.getByRole('button', { name: /^Plan/ }).click()
  await planned({ page })
}

/** A change that opens as a draft is planned; one that plans itself is waited for. */
export async function planned({ page }: Pick<Camera, 'page'>): Promise<void> {
  const plan = page.locator('[data-next="plan"]:not([disabled])')
  const ready = page.locator('[data-risk]')
  await plan.or(ready).first().waitFor({ timeout: limitMs })
  if ((await ready.count()) === 0) await plan.click()
  await ready.first().waitFor({ timeout: limitMs })
}

/** Everything that is asked for before a change can be confirmed. */
export async function giveConfirmation({ page }: Camera, reason: string): Promise<void> {
  for (const tick of await page.locator('fieldset input[type=checkbox]').all()) await tick.check()
  const phrase = page.getByLabel('Type this to go on')
  if ((await phrase.count()) > 0) await phrase.fill((await phrase.getAttribute('placeholder')) ?? '')
  await page.getByLabel(/^Reason/).fill(reason)
}

export async function arm({ page }: Camera): Promise<void> {
  const button = page.locator('header [data-arm]')
  if (/read-only/.test(await button.first().innerText())) await button.first().click()
}

/** From a plan to an applied change. */
export async function carryOut(camera: Camera, reason: string): Promise<void> {
  await arm(camera)
  await camera.page.locator('[data-next="apply"]').waitFor({ timeout: limitMs })
  await giveConfirmation(camera, reason)
  await press(camera, 'apply')
}
