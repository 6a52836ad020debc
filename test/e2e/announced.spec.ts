/** A restart that was announced is a maintenance, one that was not is an incident, and what is said of it goes out as a bundle: real brokers, real window. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, untilHeadline } from './scene-words'

const WELL = /fully replicated/
const SHOWN = { timeout: 60_000 }
const window = windowOnSandbox()
test.describe.configure({ mode: 'serial', timeout: 480_000 })

test('announced on the broker page, shown in the header, and its restart is a maintenance', async ({ sandbox }) => {
  const { page } = window
  await goTo(page, '/broker/2')
  await page.getByRole('button', { name: 'Announce a restart' }).click()
  await page.getByLabel('For how many minutes').fill('25')
  await page.getByLabel('Announced by').fill('ann')
  await page.getByRole('button', { name: 'Announce', exact: true }).click()
  await expect(page.locator('[data-planned] .whole')).toHaveText(/^planned: broker 2, until .*, by ann$/)
  await goTo(page, '/board')
  await sandbox.director.play('shutdown', 2)
  await expect(page.locator('[data-headline-detail]')).toContainText('Maintenance (incident', SHOWN)
  await expect(page.locator('[data-headline-detail]')).toContainText('Announced by ann')
  await sandbox.director.heal()
  await untilHeadline(page, WELL)
  await goTo(page, '/history')
  await expect(page.locator('main')).toContainText('maintenance', SHOWN)
  await goTo(page, '/broker/2')
  await page.getByRole('button', { name: /^Announced until/ }).click()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.locator('[data-planned]')).toHaveCount(0)
})

test('a broker that dies is an incident, copied for a chat and saved with a picture', async ({ sandbox }) => {
  const { page, app, profile } = window
  await goTo(page, '/board')
  await sandbox.director.play('dead-broker', 3)
  await expect(page.locator('[data-headline-detail]')).toContainText(/Incident \d+\./, SHOWN)
  await sandbox.director.heal()
  await untilHeadline(page, WELL)
  await page.keyboard.press('i')
  await expect(page.locator('[data-line]')).toContainText('over.', SHOWN)

  await page.getByRole('button', { name: 'Copy for chat' }).click()
  const lines = (await app.evaluate(({ clipboard }) => clipboard.readText())).split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[2]).toMatch(/^Now: over since/)

  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
  }, profile)
  await page.getByRole('button', { name: 'Save bundle' }).click()
  const bundle = await expect
    .poll(async () => (await readdir(profile)).find((name) => /^sandbox incident \d+ [^.]*$/.test(name)) ?? '')
    .not.toBe('')
    .then(async () => (await readdir(profile)).find((name) => /^sandbox incident \d+ [^.]*$/.test(name)) ?? '')
  const read = (name: string): Promise<Buffer> => readFile(join(profile, bundle, name))
  expect((await readdir(join(profile, bundle))).sort()).toEqual([
    'events.csv',
    'incident.json',
    'incident.md',
    'lanes.png',
  ])
  expect((await read('incident.md')).toString()).toContain('kafka-topics.sh')
  const { incident } = JSON.parse((await read('incident.json')).toString()) as { incident: { brokers: number[] } }
  expect(incident.brokers).toContain(3)
  const picture = await read('lanes.png')
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  // Its width and height, of the header chunk.
  expect(picture.readUInt32BE(16)).toBeGreaterThan(300)
  expect(picture.readUInt32BE(20)).toBeGreaterThan(80)
})
