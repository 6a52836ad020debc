/**
 * The list of saved clusters through everything that may happen to it: edits, removal and undo, a crash, a damaged
 * file, a second start.
 */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { clusterRow, doWithRow, openForm, press, typeForm } from './connect-form'
import { expect, test } from './fixture'
import { secondStart } from './launch'

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1'

async function add(page: Page, name: string, bootstrap = NOWHERE): Promise<void> {
  await openForm(page)
  await typeForm(page, { name, bootstrap })
  await press(page, 'Save')
  await expect(clusterRow(page, name)).toBeVisible()
}

test('add, edit, remove and undo; a new one is read-only', async ({ start, profile }) => {
  const { page } = await start({ profile })
  await expect(page.locator('main h1')).toHaveText(
    'Is data at risk? Are writes refused? Which broker is it? What next?',
  )
  await add(page, 'orders-eu')
  const row = clusterRow(page, 'orders-eu')
  await expect(row).toContainText('DEV')
  await expect(row).toContainText('read-only')
  await expect(row).toContainText('never opened')

  await openForm(page)
  await typeForm(page, { name: 'orders-eu', bootstrap: NOWHERE })
  await press(page, 'Save')
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(
    'Another saved cluster is called orders-eu.',
  )
  await press(page, 'Cancel')

  await doWithRow(page, 'orders-eu', 'Edit')
  await page.getByRole('radio', { name: 'STAGING' }).click()
  await typeForm(page, { name: 'orders <eu> & "co"', bootstrap: `${NOWHERE}, [::1]:1` })
  await press(page, 'Save')
  const renamed = clusterRow(page, 'orders <eu> & "co"')
  await expect(renamed).toContainText('STAGING')
  await expect(renamed).toContainText(`${NOWHERE}, [::1]:1`)
  await expect(row).toHaveCount(0)

  await doWithRow(page, 'orders <eu> & "co"', 'Remove')
  await expect(renamed).toHaveCount(0)
  await press(page, 'Undo')
  await expect(renamed).toContainText(`${NOWHERE}, [::1]:1`)
  await expect(renamed).toContainText('read-only')
})

test('a button pressed while a field is left without an answer is not lost to the message that appears', async ({
  start,
}) => {
  const { page } = await start()
  await page.getByLabel('Bootstrap servers', { exact: true }).focus()
  const tls = page.getByRole('radio', { name: 'TLS', exact: true })
  await tls.click()
  await expect(page.getByText('Enter at least one address as host:port.')).toBeVisible()
  await expect(tls).toBeChecked()
})

test('killed right after a save: the cluster is there at the next start, and so are the settings', async ({
  start,
  profile,
}) => {
  const first = await start({ profile })
  await first.page.evaluate(() => void (location.hash = '#/settings'))
  await first.page.getByRole('radio', { name: 'light', exact: true }).click()
  await first.page.evaluate(() => void (location.hash = '#/connect'))
  await add(first.page, 'kept')
  const child = first.app.process()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone

  const { page } = await start({ profile })
  await expect(clusterRow(page, 'kept')).toContainText(NOWHERE)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('a damaged file is set aside, which the window says, and everything works', async ({ start, profile }) => {
  const path = join(profile, 'highwater.db')
  const garbage = Buffer.alloc(8192, 0x5a)
  await writeFile(path, garbage)
  const first = await start({ profile })
  const note = first.page.getByRole('alert').filter({ hasText: 'the journal of changes could not be read' })
  await expect(note).toContainText('Highwater starts with an empty one')
  const aside = (await readdir(profile)).find((name) => name.startsWith('highwater.db.unreadable-')) ?? ''
  await expect(note).toContainText(join(profile, aside))
  expect(await readFile(join(profile, aside))).toEqual(garbage)
  await add(first.page, 'after the damage')
  await first.close()

  const { page } = await start({ profile })
  await expect(clusterRow(page, 'after the damage')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('whatever was done to the file, the window opens, says what is lost, and keeps what was there', async ({
  start,
  profile,
}) => {
  const path = join(profile, 'highwater.db')
  const run = async (look: (page: Page) => Promise<void>): Promise<void> => {
    const { page, close } = await start({ profile })
    await look(page)
    await close()
  }
  const says = (page: Page, words: string): Promise<void> =>
    expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
  const isAside = async (tail: string, bytes: Buffer): Promise<void> => {
    const names = (await readdir(profile)).filter((name) => name.includes('.unreadable-') && name.endsWith(tail))
    const kept = await Promise.all(names.map((name) => readFile(join(profile, name))))
    expect(kept.some((one) => one.equals(bytes))).toBe(true)
  }
  await run((page) => add(page, 'kept'))
  const older = await readFile(path)
  await run((page) => add(page, 'later'))

  await writeFile(path, older)
  await run(async (page) => {
    await says(page, 'is not the file Highwater last wrote')
    await expect(clusterRow(page, 'kept')).toBeVisible()
    await expect(clusterRow(page, 'later')).toHaveCount(0)
    await add(page, 'another')
  })

  const swapped = async (from: string, to: string): Promise<Buffer> =>
    Buffer.from((await readFile(path)).toString('latin1').replaceAll(from, to), 'latin1')
  await writeFile(path, await swapped('"name":"kept"', '"name":"kfpt"'))
  await run(async (page) => {
    await says(page, 'A saved cluster cannot be read and is not listed')
    await expect(clusterRow(page, 'another')).toBeVisible()
    await expect(clusterRow(page, 'kfpt')).toHaveCount(0)
  })

  // One byte 0xF6, which is no UTF-8.
  const notText = await swapped('value TEXT', '\u00F6alue TEXT')
  await writeFile(path, notText)
  await run((page) => says(page, 'could not be read'))
  await isAside('Z', notText)

  const log = Buffer.alloc(8192, 'log')
  await rm(path)
  await writeFile(`${path}-wal`, log)
  await run((page) => says(page, 'could not be read'))
  await isAside('-wal', log)

  await rm(path)
  await run(async (page) => {
    await says(page, 'is missing, and with it the saved clusters')
    await add(page, 'after all')
  })
  await run(async (page) => {
    await expect(clusterRow(page, 'after all')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
})

test('a second start brings the first window to the front and ends', async ({ start, profile }) => {
  const { app } = await start({ profile })
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!
    Object.assign(globalThis, { focused: 0 })
    window.focus = () => void ((globalThis as unknown as { focused: number }).focused += 1)
  })
  const { code, said } = await secondStart(profile)
  expect(said).toContain('it is already running')
  expect(code).toBe(0)
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { focused: number }).focused)).toBe(1)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
