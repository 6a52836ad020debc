/** What people do without thinking: search by half a name, go back, look where they are. */
import type { HighwaterBridge } from '../../src-main/contract/ipc'
import { roles } from '../../tools/sandbox/topics'
import { clusterRow, openForm, press, typeForm } from './connect-form'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo } from './scene-words'

const window = windowOnSandbox()

/** The first row of the palette for a text, which Enter then takes. */
async function first(text: string): Promise<string> {
  const { page } = window
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog').getByRole('combobox')
  await field.fill(text)
  const row = page.locator('[data-palette-item][data-highlighted]')
  await expect(row).toBeVisible()
  const found = await row.innerText()
  await field.press('Enter')
  await expect(field).toHaveCount(0)
  return found
}

test('the palette forgives, knows other names, and has what was used last first', async () => {
  const { page } = window
  await goTo(page, '/board')
  const mistyped = `${roles.slow.slice(0, 2)}${roles.slow[3]!}${roles.slow[2]!}${roles.slow.slice(4)}`
  expect(await first(mistyped)).toContain(roles.slow)
  await expect(page).toHaveURL(new RegExp(`#/topic/${roles.slow}$`))
  await first('restart')
  await expect(page).toHaveURL(/#\/what-if/)
  await first('retention.ms')
  await expect(page).toHaveURL(/#\/topics\/config\?q=retention\.ms/)
  await page.keyboard.press('Control+k')
  const rows = page.locator('[data-palette-item]')
  await expect(rows.nth(0)).toContainText('retention.ms')
  await expect(rows.nth(1)).toContainText('What if')
  await expect(rows.nth(2)).toContainText(roles.slow)
  await page.keyboard.press('Escape')
})

test('back and forward by keys, arrows and the side of the mouse; the header says where one is', async () => {
  const { page } = window
  const at = (path: string) => expect(page).toHaveURL(new RegExp(`#${path}$`))
  await goTo(page, '/board')
  await first('go to topics')
  await at('/topics')
  await first(roles.slow)
  await first(`${roles.slow} 3`)
  await expect(page.locator('[data-trail] li')).toHaveText(['Topics', roles.slow, '3'])
  await page.keyboard.press('Alt+ArrowLeft')
  await at(`/topic/${roles.slow}`)
  await page.keyboard.press('Alt+ArrowRight')
  await at(`/partition/${roles.slow}/3`)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await at(`/topic/${roles.slow}`)
  await page.getByRole('button', { name: 'Forward', exact: true }).click()
  await at(`/partition/${roles.slow}/3`)
  await expect(page.getByRole('button', { name: 'Forward', exact: true })).toHaveAttribute('aria-disabled', 'true')
  const devtools = await page.context().newCDPSession(page)
  const side = async (button: 'back' | 'forward'): Promise<void> => {
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await devtools.send('Input.dispatchMouseEvent', { type, button, x: 600, y: 400, clickCount: 1 })
  }
  await side('back')
  await at(`/topic/${roles.slow}`)
  await side('back')
  await at('/topics')
  await side('forward')
  await at(`/topic/${roles.slow}`)
  await first(`${roles.slow} 3`)
  await page.locator('[data-trail]').getByRole('link', { name: 'Topics' }).click()
  await at('/topics')
  await expect(page.locator('[data-trail]')).toHaveCount(0)
})

test('list or map on the board is as it was left after the window is loaded anew', async () => {
  const { page } = window
  await goTo(page, '/board')
  const map = page.getByRole('radio', { name: 'Map', exact: true })
  await map.click()
  await expect(page.locator('.matrix canvas').first()).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true')
  await expect(map).toBeChecked()
  await page.getByRole('radio', { name: 'List', exact: true }).click()
})

const clipboardText = (): Promise<string> => window.app.evaluate(({ clipboard }) => clipboard.readText())

test('a menu on rows, names and cells, by the right button and by keys', async () => {
  const { page } = window
  const menu = page.locator('[data-page-menu]')
  const entry = (id: string) => menu.locator(`[data-menu-entry="${id}"]`)
  await goTo(page, '/topics')
  // Specs before this one may have left more topics than are in sight.
  await page.getByRole('searchbox').fill(roles.slow)
  const row = page.getByRole('row').filter({ has: page.getByText(roles.slow, { exact: true }) })
  await row.click({ button: 'right' })
  await expect(menu).toBeVisible()
  expect((await menu.boundingBox())!.height).toBeGreaterThan(150)
  await entry('copy-name').click()
  await expect(menu).toHaveCount(0)
  await expect.poll(clipboardText).toBe(roles.slow)
  await row.click({ button: 'right' })
  await entry('copy-command').click()
  await expect.poll(clipboardText).toContain(`kafka-topics.sh`)

  await page.locator('main [data-row-list]').focus()
  await page.keyboard.press('Shift+F10')
  await expect(entry('open')).toHaveAttribute('data-highlighted')
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(page.locator('main [data-row-list]')).toBeFocused()
  await page.keyboard.press('ContextMenu')
  await expect(entry('open')).toHaveAttribute('data-highlighted')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/topic/${roles.slow}$`))

  await page.locator('[data-trail]').getByRole('link', { name: 'Topics' }).click({ button: 'right' })
  await expect(menu).toHaveCount(0)
  await goTo(page, '/topics')
  await page.getByRole('searchbox').fill('')
  await goTo(page, '/board')
  await page.getByRole('radio', { name: 'Map', exact: true }).click()
  const canvas = page.locator('.matrix canvas').first()
  await canvas.focus()
  await page.keyboard.press('Shift+F10')
  await expect(entry('topic-here')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('radio', { name: 'List', exact: true }).click()
})

test('rows are copied by Ctrl C and chosen together', async () => {
  const { page } = window
  await goTo(page, '/topics')
  await page.keyboard.press('Control+a')
  await expect(page.locator('[data-chosen]')).toBeVisible()
  await page.keyboard.press('Control+c')
  await expect.poll(async () => (await clipboardText()).split('\n').length).toBeGreaterThan(2)
  expect((await clipboardText()).split('\n')[0]!.split('\t').length).toBeGreaterThan(5)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-chosen]')).toHaveCount(0)
  const rows = page.locator('main [role="rowgroup"] [role="row"]')
  await rows.nth(0).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await expect(page.locator('[data-chosen]')).toContainText('3 selected')
  await page.locator('[data-chosen]').getByRole('button', { name: 'Edit the settings of 3 topics' }).click()
  await expect(page).toHaveURL(/#\/topics\/config\/edit$/)
})

test('a saved cluster is opened on the page it was left on, with filter and order, in the next run', async ({
  start,
  profile,
  sandbox,
}) => {
  const first = await start({ profile })
  await openForm(first.page)
  await typeForm(first.page, { name: 'left', bootstrap: sandbox.cluster.bootstrap })
  await press(first.page, 'Save and open')
  await expect(first.page).toHaveURL(/#\/board$/)
  await goTo(first.page, '/topics')
  await first.page.getByRole('searchbox').fill(roles.slow)
  await first.page.getByRole('columnheader', { name: 'partitions' }).getByRole('button').click()
  await expect(first.page.locator('[role="rowgroup"] [role="row"]')).toHaveCount(1)
  // A moment after it was changed it is in the file.
  const kept = (): Promise<string> =>
    first.page.evaluate(async () => {
      const { highwater } = globalThis as unknown as { highwater: HighwaterBridge }
      const clusters = await highwater['profiles:list']()
      const views = await highwater['views:read']({ cluster: clusters.ok ? clusters.value[0]!.profile.id : '' })
      return JSON.stringify(views)
    })
  await expect.poll(kept).toContain('"key":"partitions"')
  await first.close()

  const { page } = await start({ profile })
  await clusterRow(page, 'left').click()
  await expect(page).toHaveURL(/#\/topics$/)
  await expect(page.getByRole('searchbox')).toHaveValue(roles.slow)
  await expect(page.getByRole('columnheader', { name: 'partitions' })).toHaveAttribute('aria-sort', 'descending')
})

test('what is told under the pointer is told to the keyboard: of the control with the focus, and one after the other', async () => {
  const { page } = window
  await goTo(page, '/topics')
  const tip = page.locator('[data-hint-tip]')
  const list = page.locator('main [data-row-list]')
  await list.locator('[data-row]').first().waitFor()
  await page.keyboard.press('h')
  await expect(tip).toBeVisible()
  await expect(tip).toContainText(/\d of \d/)
  const texts = new Set<string>()
  for (let at = 0; at < 6; at++) {
    texts.add(await tip.locator('p').first().innerText())
    await page.keyboard.press('ArrowRight')
  }
  expect(texts.size).toBeGreaterThan(2)
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)
  await expect(page).toHaveURL(/#\/topics$/)

  // From a row that was chosen it goes on with what that row says.
  await list.focus()
  await page.keyboard.press('j')
  const row = page.locator('main [role=row].active')
  const first = await row
    .locator('[title]')
    .evaluateAll((all) =>
      all.map((element) => ({ says: element.getAttribute('title'), shows: element.textContent.trim() })),
    )
  await page.keyboard.press('h')
  await expect(tip.locator('p').first()).toHaveText(first.find(({ says, shows }) => says !== shows)!.says!)
  // Any other key ends it and does what it always does.
  await page.keyboard.press('/')
  await expect(tip).toHaveCount(0)
  await expect(page.locator('main input[type=search]')).toBeFocused()

  const control = page.locator('header button[title]').first()
  await page.keyboard.press('Tab')
  await control.focus()
  await expect(tip).toHaveText((await control.getAttribute('title'))!)
  const [under, of] = [await tip.boundingBox(), await control.boundingBox()]
  expect(under!.y).toBeGreaterThanOrEqual(of!.y + of!.height)
  await page.keyboard.press('Shift')
  await expect(tip).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(tip).not.toHaveText((await control.getAttribute('title'))!)
})
