/** Every screen through axe in both themes, and the board and the partition page by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { longestName, roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { begin, call } from './killed-change'
import { launch } from './launch'
import type { Highwater } from './launch'
import { goTo } from './scene-words'

const SCREENS: Readonly<Record<string, string>> = {
  connect: '/connect',
  board: '/board',
  topics: '/topics',
  topic: `/topic/${roles.slow}`,
  'topic with the longest name': `/topic/${longestName}`,
  partition: `/partition/${roles.slow}/0`,
  brokers: '/brokers',
  broker: '/broker/1',
  settings: '/settings',
  'config of a topic': `/topic/${roles.busy}/config`,
  'config search': '/topics/config?q=min.insync.replicas%20%3C%202',
  'config comparison': `/topics/config/compare?a=${roles.slow}&b=${roles.busy}`,
  'config of many topics': '/topics/config/edit',
  'config of a broker': '/broker/1/config',
  'config of the brokers': '/brokers/config',
  changes: '/changes',
  'a planned change': '/change/PLANNED',
}
let planned = ''

let open: Highwater | null = null
const page = (): Page => {
  if (open === null) throw new Error('The window is not open')
  return open.page
}

test.describe.configure({ mode: 'serial', timeout: 120_000 })
test.beforeAll(async ({ built, sandbox }) => {
  expect(built).toBe(true)
  open = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'sandbox', ENV: 'dev' } })
  await page().locator('[data-headline][data-level=well]').waitFor({ timeout: 60_000 })
  const edits = [{ key: 'min.insync.replicas', op: 'set', value: '1' }] as const
  planned = await begin(page(), 'from-start', { kind: 'config', groups: [{ topics: [roles.slow], edits }] })
  await call(page(), 'change:plan', { id: planned })
})
test.afterAll(async () => {
  await open?.close()
})

for (const theme of ['dark', 'light']) {
  for (const [name, path] of Object.entries(SCREENS)) {
    test(`axe finds nothing serious: ${name}, ${theme}`, async () => {
      await page().evaluate((wanted) => void (document.documentElement.dataset['theme'] = wanted), theme)
      await goTo(page(), path.replace('PLANNED', planned))
      await expect(page().locator('main h1').first()).toBeVisible()
      // Legacy mode: Electron's page cannot open the extra blank page that axe would use.
      const { violations } = await new AxeBuilder({ page: page() }).setLegacyMode(true).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(await page().evaluate(() => document.documentElement.dataset['theme'])).toBe(theme)
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
    })
  }
}

const focused = (): Promise<string> =>
  page().evaluate(() => `${document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? ''}`.toLowerCase())

async function tabTo(role: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused()) === role) return
    await page().keyboard.press('Tab')
  }
  throw new Error(`Sixty times Tab does not reach ${role}`)
}

test('the board by keyboard alone: pages, matrix, open a partition, back', async () => {
  await page().keyboard.press('Escape')
  await page().keyboard.press('g')
  await page().keyboard.press('b')
  await expect(page()).toHaveURL(/#\/board/)
  const matrix = page().locator('.matrix canvas').first()
  const role = (await matrix.evaluate((element) => element.getAttribute('role') ?? element.tagName)).toLowerCase()
  await tabTo(role)
  await page().keyboard.press('ArrowRight')
  await page().keyboard.press('ArrowDown')
  await page().keyboard.press('Enter')
  await expect(page()).toHaveURL(/#\/partition\//)
})

test('the partition page by keyboard alone: next, previous, copy, back', async () => {
  const first = page().url()
  await page().keyboard.press(']')
  await expect.poll(() => page().url()).not.toBe(first)
  await page().keyboard.press('[')
  await expect.poll(() => page().url()).toBe(first)
  await page().keyboard.press('y')
  const clipboard = (): Promise<string> => open?.app.evaluate(({ clipboard: board }) => board.readText()) ?? Promise.resolve('')
  await expect.poll(clipboard).toMatch(/^kafka-topics\.sh/)
  await page().keyboard.press('Backspace')
  await expect(page()).toHaveURL(/#\/board/)
})

test('the palette finds a partition by its topic and number', async () => {
  await page().keyboard.press('Control+k')
  await page().keyboard.type(`${roles.slow} 4`)
  await page().keyboard.press('Enter')
  await expect(page()).toHaveURL(new RegExp(`#/partition/${roles.slow}/4`))
})
