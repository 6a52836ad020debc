/**
 * One broker gone, then all of them: the trouble list as a file, the window in Chinese, the last picture with its age,
 * and back by itself.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../tools/sandbox'
import type { PartitionView } from '../../tools/sandbox/cluster-view'
import { cutOffIn, resize, WIDTHS } from './cut-off'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { kafkaScripts } from '../support/kafka-scripts'
import { copiedByPalette, windowOnSandbox } from './open-window'
import { goTo, headline, untilHeadline, visit } from './scene-words'
import { notChinese } from './words-on-screen'

const highwater = windowOnSandbox()
let folder = ''

test.describe.configure({ mode: 'serial', timeout: 400_000 })
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'highwater-export-'))
})
test.afterAll(async ({ sandbox }) => {
  await sandbox.director.heal()
  await rm(folder, { recursive: true, force: true })
})

/** Exports through the keys; the system's dialog answers with a file of ours. */
async function exported(kind: 'CSV' | 'JSON'): Promise<string> {
  const { app, page } = highwater
  const path = join(folder, `export.${kind.toLowerCase()}`)
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await page.locator('main h1').first().click()
  await page.keyboard.press('x')
  await page.getByRole('dialog').getByRole('button', { name: kind, exact: true }).click()
  const notice = page.locator('.notice', { hasText: `Saved as ${path}` })
  await notice.getByRole('button', { name: 'Close' }).click()
  await expect(notice).toHaveCount(0)
  return readFile(path, 'utf8')
}

async function chooseLanguage(name: string): Promise<void> {
  await goTo(highwater.page, '/settings')
  await highwater.page.getByRole('radio', { name, exact: true }).click()
}

/** The first cells of the rows in sight, in their order. */
const rowsOnScreen = (columns: number, list = 'main'): Promise<string[][]> =>
  highwater.page
    .locator(`${list} [role=grid] [role=rowgroup]`)
    .evaluate(
      (group, count) =>
        [...group.querySelectorAll('[role=row]')]
          .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
          .map((row) =>
            [...row.querySelectorAll('[role=gridcell]')].slice(0, count).map((cell) => cell.textContent.trim()),
          ),
      columns,
    )

/** Partitions outside whose ISR a dead broker is, once both others tell the same of all that it holds. */
async function shortOf({ admin }: RunningSandbox, dead: number): Promise<readonly PartitionView[]> {
  const toldBy = async (broker: number): Promise<readonly PartitionView[]> =>
    (await admin.view(broker)).partitions.filter(
      ({ replicas, isr }) => replicas.includes(dead) || isr.length < replicas.length,
    )
  return until('the ISRs without the dead broker', 90_000, async () => {
    const [one = [], two = []] = await Promise.all([1, 2].map(toldBy))
    const isLeft = ({ replicas, leader, isr }: PartitionView): boolean =>
      replicas.length === 1 ? leader < 0 : !isr.includes(dead)
    return one.every(isLeft) && two.every(isLeft) && one.length === two.length ? one : null
  })
}

test('with a broker gone, CSV, JSON and the copied command hold the trouble list that is on screen', async ({
  sandbox,
}) => {
  const { page } = highwater
  await sandbox.cluster.kill(3)
  await untilHeadline(page, /Broker 3 \(rack-c\) is gone/)
  const short = await shortOf(sandbox, 3)
  // Sorted by name, so that the order stands still between the look and the export.
  await goTo(page, '/board')
  const list = page.locator('.trouble [role=grid]')
  await list.getByRole('columnheader', { name: 'partition' }).getByRole('button').click()
  await expect(list).toHaveAttribute('aria-rowcount', String(short.length + 1))
  const seen = (await rowsOnScreen(1, '.trouble')).map(([name = '']) => name.replace('/', ' '))
  expect(seen.length).toBeGreaterThan(3)

  const [head = '', ...lines] = (await exported('CSV')).trimEnd().split('\r\n')
  expect(head).toBe('topic,partition,state,leader,leaderEpoch,isrOfReplicas,lagRecords,aheadRecords,lateMs,next')
  expect(lines.slice(0, seen.length).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(seen)
  const json = JSON.parse(await exported('JSON')) as {
    cluster: string
    view: string
    takenAt: string
    rows: Record<string, unknown>[]
  }
  expect([json.cluster, json.view]).toEqual(['sandbox', 'in-trouble'])
  expect(Math.abs(Date.parse(json.takenAt) - Date.now())).toBeLessThan(30_000)
  const listed = json.rows.map(({ topic, partition }) => `${String(topic)} ${String(partition)}`).sort()
  expect(listed).toEqual(short.map(({ topic, partition }) => `${topic} ${partition}`).sort())

  const scripts = await kafkaScripts()
  try {
    const lines = (await scripts.run(await copiedByPalette(highwater)))
      .split('\n')
      .map((line) => /Topic: (\S+)\s+Partition: (\d+)/.exec(line)?.slice(1).join(' '))
    expect(lines.sort()).toEqual(listed)
  } finally {
    await scripts.remove()
  }
})

test('the Topics table as CSV: every topic, in the order on screen', async ({ sandbox }) => {
  const { page } = highwater
  await goTo(page, '/topics')
  await page.getByRole('columnheader', { name: 'topic' }).getByRole('button').click()
  const [, ...lines] = (await exported('CSV')).trimEnd().split('\r\n')
  const names = lines.map((line) => line.split(',')[0])
  const { partitions } = await sandbox.admin.view()
  expect([...names].sort()).toEqual([...new Set(partitions.map(({ topic }) => topic))].sort())
  // The table draws what fits.
  const shown = (await rowsOnScreen(1)).map(([topic]) => topic)
  expect(shown.length).toBeGreaterThanOrEqual(sandbox.topics.length)
  expect(shown).toEqual(names.slice(0, shown.length))
})

const TROUBLED = [
  '/board',
  '/topics',
  '/topic/orders',
  '/partition/orders/0',
  '/partition/audit_log/0',
  '/brokers',
  '/broker/3',
]

test('trouble is told in Chinese too', async () => {
  const { page } = highwater
  await chooseLanguage('中文')
  const wrong: Record<string, unknown> = {}
  for (const path of TROUBLED) {
    await visit(page, path)
    const found = await notChinese(page)
    if (found.keys.length + found.english.length > 0) wrong[path] = found
  }
  expect(wrong).toEqual({})
  await chooseLanguage('English')
})

test('no text of trouble is cut off at any width, in either language', async () => {
  const { app, page } = highwater
  const cut: Record<string, readonly string[]> = {}
  for (const language of ['中文', 'English']) {
    await chooseLanguage(language)
    for (const path of [...TROUBLED, '/history', '/loss', '/what-if?broker=1']) {
      await visit(page, path)
      for (const size of WIDTHS) {
        await resize(app, page, size)
        const found = await cutOffIn(page)
        if (found.length > 0) cut[`${path} at ${size[0]}, ${language}`] = found
      }
    }
  }
  await resize(app, page, WIDTHS[1])
  expect(cut).toEqual({})
})

test('all brokers frozen: the last picture stays, greyed with its age and the next try; it goes on by itself', async ({
  sandbox,
}) => {
  const { page } = highwater
  await goTo(page, '/board')
  const before = await headline(page)
  for (const id of [1, 2]) await sandbox.cluster.freeze(id)
  await expect(page.getByText(/^Not connected since .*\. Data is .* old\.$/)).toBeVisible({
    timeout: 120_000,
  })
  await expect(page.locator('.stale-note')).toContainText(/Next try in \d+ s\./, { timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Topics', exact: true })).toHaveClass(/stale/)
  await expect(page.locator('footer .phase')).toHaveText(/not connected, .* old/)
  expect(await headline(page)).toMatch(/^Last seen .* ago: /)
  expect(before).not.toMatch(/^Last seen/)
  for (const id of [1, 2]) await sandbox.cluster.thaw(id)
  await expect(page.locator('footer .phase')).toHaveClass(/live/, { timeout: 90_000 })
  await expect(page.getByRole('region', { name: 'Topics', exact: true })).not.toHaveClass(/stale/)
})

test('all brokers dead, and started again: back by itself', async ({ sandbox }) => {
  const { page } = highwater
  await Promise.all([1, 2].map((id) => sandbox.cluster.kill(id)))
  await expect(page.getByText(/^Not connected since/)).toBeVisible({ timeout: 120_000 })
  await expect(page.locator('.stale-note')).toContainText('refused the connection: nothing listens on this port')
  await chooseLanguage('中文')
  await goTo(page, '/board')
  await expect(page.locator('.stale-note')).toBeVisible()
  expect(await notChinese(page)).toEqual({ keys: [], english: [] })
  await chooseLanguage('English')
  await goTo(page, '/board')
  await sandbox.director.heal()
  await untilHeadline(page, /fully replicated/)
  await expect(page.locator('footer .phase')).toHaveClass(/live/)
  await expect(page.locator('.stale-note')).toHaveCount(0)
})
