/** The whole window in Chinese and back, its texts at every width, the themes, and the commands of every page run against the brokers. */
import { longestName, roles } from '../../tools/sandbox/topics'
import { cutOffIn, resize, WIDTHS } from './cut-off'
import { expect, test } from './fixture'
import { kafkaScripts } from '../support/kafka-scripts'
import { begin, call } from './killed-change'
import { copiedByY, windowOnSandbox } from './open-window'
import { goTo, visit } from './scene-words'
import { notChinese } from './words-on-screen'

const SCREENS = [
  '/connect',
  '/board',
  '/topics',
  `/topic/${roles.slow}`,
  `/topic/${roles.lonely}`,
  `/partition/${roles.slow}/0`,
  '/partition/no-such-topic/7',
  '/brokers',
  '/what-if?broker=1',
  '/broker/1',
  '/broker/99',
  '/settings',
  `/topic/${roles.busy}/config`,
  `/topic/${roles.lonely}/config`,
  '/topics/config?q=min.insync.replicas%20%3C%202',
  `/topics/config/compare?a=${roles.slow}&b=${roles.busy}`,
  '/topics/config/edit',
  '/broker/1/config',
  '/brokers/config',
  '/quorum',
  '/agreement',
  '/loss',
  '/history',
  '/history/churn',
  '/history/lag',
  '/timeline',
  `/timeline?topic=${roles.slow}&partition=0`,
  '/audit',
  '/changes',
  '/change/PLANNED',
  '/change/ELECTION',
]
const highwater = windowOnSandbox()
test.describe.configure({ timeout: 300_000 })

async function chooseLanguage(name: string): Promise<void> {
  await goTo(highwater.page, '/settings')
  await highwater.page.getByRole('radio', { name, exact: true }).click()
}

/** The changes of the screens, by the word that stands for them in an address. */
const made: Record<string, string> = {}
test.beforeAll(async () => {
  const { page } = highwater
  const edits = [
    { key: 'min.insync.replicas', op: 'set', value: '1' },
    { key: 'retention.ms', op: 'set', value: '60000' },
  ] as const
  made['PLANNED'] = await begin(page, 'from-start', {
    kind: 'config',
    groups: [{ topics: [roles.slow], edits: [...edits] }],
  })
  made['ELECTION'] = await begin(page, 'from-start', {
    kind: 'election',
    partitions: [{ topic: roles.slow, partitions: [0, 1] }],
  })
  for (const id of Object.values(made)) await call(page, 'change:plan', { id })
})
const addressOf = (path: string): string => path.replace(/[A-Z]+$/, (word) => made[word] ?? word)

test('Chinese changes every text of every screen, at once, and English brings all back', async () => {
  const { page } = highwater
  await chooseLanguage('中文')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  const wrong: Record<string, unknown> = {}
  const look = async (what: string): Promise<void> => {
    const found = await notChinese(page)
    if (found.keys.length + found.english.length > 0) wrong[what] = found
  }
  for (const path of SCREENS) {
    await visit(page, addressOf(path))
    await look(path)
  }
  await goTo(page, '/connect')
  await page.getByRole('button', { name: '添加', exact: false }).first().click()
  await page.getByRole('radio', { name: 'TLS', exact: true }).click()
  await page.getByRole('radio', { name: 'PLAIN', exact: true }).click()
  await look('the form')
  await goTo(page, '/board')
  await expect(page.locator('[data-headline]')).toHaveText(/[\u4e00-\u9fff]/)
  for (const [key, what] of [
    ['?', 'the keys'],
    ['x', 'the export'],
    ['Control+k', 'the palette'],
  ] as const) {
    await page.locator('main h1').first().click()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(what)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  expect(wrong).toEqual({})
  await chooseLanguage('English')
  await expect(page.locator('main h1')).toHaveText('Settings')
  await goTo(page, '/board')
  await expect(page.locator('[data-headline]')).toHaveText(/^All .* fully replicated/)
})

test('no text is cut off, outside or sideways at any width, in either language', async () => {
  const { app, page } = highwater
  const cut: Record<string, readonly string[]> = {}
  for (const language of ['English', '中文']) {
    await chooseLanguage(language)
    for (const path of SCREENS) {
      await visit(page, addressOf(path))
      for (const size of WIDTHS) {
        await resize(app, page, size)
        const found = await cutOffIn(page)
        if (found.length > 0) cut[`${path} at ${size[0]}, ${language}`] = found
      }
    }
  }
  await resize(app, page, WIDTHS[1])
  await chooseLanguage('English')
  expect(cut).toEqual({})
})

test('the theme changes at once', async () => {
  const { page } = highwater
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const grounds: string[] = []
  for (const theme of ['light', 'dark']) {
    await goTo(page, '/settings')
    await page.getByRole('radio', { name: theme, exact: true }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    grounds.push(await ground())
  }
  expect(grounds[0]).not.toBe(grounds[1])
})

test('Y copies a command that answers the same question, seen by running it', async ({ sandbox }) => {
  const scripts = await kafkaScripts()
  try {
    const answerTo = async (path: string): Promise<string> => {
      await goTo(highwater.page, path)
      return scripts.run(await copiedByY(highwater))
    }
    const all = await answerTo('/topics')
    for (const { name } of sandbox.topics) expect(all).toContain(`Topic: ${name}\t`)
    expect(await answerTo(`/topic/${roles.slow}/config`)).toMatch(/min\.insync\.replicas=2/)
    expect(await answerTo('/broker/1/config')).toMatch(/log\.retention\.ms/)
    // The dots of this name are no wildcards, and one line is one partition.
    const one = (await answerTo(`/partition/${longestName}/0`)).split('\n')
    expect(one).toHaveLength(1)
    expect(one[0]).toMatch(/Partition: 0\s+Leader: \d+\s+Replicas: [\d,]+\s+Isr: [\d,]+/)
  } finally {
    await scripts.remove()
  }
})
