/** Files as people have them, pasted into the address field: what was taken stands in the form, every other line says why not. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import words from '../../src-renderer/locales/en.json' with { type: 'json' }
import { openForm, typeForm } from './connect-form'
import { expect, test } from './fixture'
import { launch } from './launch'
import { windowFor } from './open-window'

const FOLDER = 'test/fixtures/client-files'
const window = windowFor(() => launch())

async function paste(name: string): Promise<void> {
  const { app, page } = window
  const text = await readFile(join(FOLDER, `${name}.properties`), 'utf8')
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
  await page.getByLabel('Bootstrap servers').focus()
  await page.keyboard.press('ControlOrMeta+v')
}

test.beforeEach(() => openForm(window.page))

test('every file is answered line by line', async () => {
  const files = (await readdir(FOLDER)).map((file) => file.replace('.properties', ''))
  expect(files).toHaveLength(17)
  for (const name of files) {
    await paste(name)
    const list = window.page.getByRole('region', { name: /^From the file/ })
    await expect(list.getByRole('listitem').filter({ hasText: 'Line ' }), name).not.toHaveCount(0)
    await list.getByRole('button', { name: words.connect.file.close }).click()
    await expect(list).toHaveCount(0)
  }
})

test('a template of Confluent Cloud signs in as it says, in single quotes', async () => {
  await paste('03-confluent-cloud')
  const { page } = window
  await expect(page.getByRole('radio', { name: 'TLS', exact: true })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'PLAIN', exact: true })).toBeChecked()
  await expect(page.getByLabel('User name', { exact: true })).toHaveValue('KEY')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('SE/CR+ET==')
})

test('what cannot be taken comes first, with what to do', async () => {
  await paste('10-java-stores')
  const items = window.page.getByRole('region', { name: /^From the file/ }).getByRole('listitem')
  await expect(items.first()).toContainText('Not taken')
  await expect(items.filter({ hasText: 'ssl.truststore.location' })).toContainText('keytool -list -rfc')
})

test('a file of another cluster takes the login of the first out of the form', async () => {
  const { page } = window
  await typeForm(page, { bootstrap: 'a:9092', tls: true, sasl: 'PLAIN', username: 'of-a', password: 'secret-of-a' })
  await paste('09-mutual-tls-pem-files')
  await page.getByRole('radio', { name: 'PLAIN', exact: true }).click()
  await expect(page.getByLabel('User name', { exact: true })).toHaveValue('')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
})

/** As a person lets files fall on the window, wherever it stands. */
async function drop(...files: string[]): Promise<void> {
  const devtools = await window.page.context().newCDPSession(window.page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data })
}

test('files that fall on the window, on whichever page, are in the form with their paths', async () => {
  const { page } = window
  const folder = await mkdtemp(join(tmpdir(), 'highwater-dropped-'))
  const [ca, key] = [join(folder, 'ca file.pem'), join(folder, 'ann.key')]
  await writeFile(ca, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')
  await writeFile(key, '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n')
  await page.evaluate(() => void (location.hash = '#/settings'))
  await expect(page).toHaveURL(/#\/settings$/)
  await drop(join(process.cwd(), FOLDER, '03-confluent-cloud.properties'), ca, key)
  await expect(page).toHaveURL(/#\/connect$/)
  await expect(page.locator('[data-dropped-files] li')).toHaveText([
    '03-confluent-cloud.properties: its settings are in the form.',
    'ca file.pem: taken as CA file.',
    'ann.key: taken as the client’s key.',
  ])
  await expect(page.getByLabel('User name', { exact: true })).toHaveValue('KEY')
  await expect(page.getByLabel('CA file', { exact: false }).first()).toHaveValue(ca)
  await expect(page.getByRole('region', { name: /^From the file/ })).toBeVisible()
  await drop(join(process.cwd(), 'package.json'))
  await expect(page.locator('[data-dropped-files] li')).toHaveText([
    'package.json: not taken. Highwater takes a client.properties and PEM files.',
  ])
  await expect(page.getByLabel('User name', { exact: true })).toHaveValue('KEY')
  await rm(folder, { recursive: true })
})
