/** A broker dies, comes back, and the window goes back to the moment when it was dead: board and topic say what the live ones said then, and nothing of now. */
import { until } from '../../tools/sandbox'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, headline, untilHeadline, visit } from './scene-words'

const highwater = windowOnSandbox()
const DEAD = 3
let deadAt = 0
let figures: string[] = []
let topic = ''
let rows: string[][] = []

test.describe.configure({ mode: 'serial', timeout: 300_000 })
test.afterAll(async ({ sandbox }) => {
  await sandbox.director.heal()
})

/** Cells of the rows in sight by number of their partition. */
const rowsInSight = (columns: readonly number[]): Promise<string[][]> =>
  highwater.page.locator('main [role=grid] [role=rowgroup]').evaluate(
    (group, places) =>
      [...group.querySelectorAll('[role=row]')]
        .map((row) => {
          const cells = [...row.querySelectorAll('[role=gridcell]')]
          return places.map((place) => (cells[place]?.textContent ?? '').trim())
        })
        .sort((a, b) => Number(a[0]) - Number(b[0])),
    columns,
  )
const liveFigures = async (): Promise<string[]> => (await highwater.page.locator('.figure b').allInnerTexts()).slice(-4)
const mainText = (): Promise<string> => highwater.page.locator('main').innerText()

test('the live board and topic while a broker is dead are noted', async ({ sandbox }) => {
  const { page } = highwater
  await sandbox.cluster.kill(DEAD)
  await untilHeadline(page, /Broker 3 \(rack-c\) is gone/)
  const short = await until('the ISRs without the dead broker', 90_000, async () => {
    const { partitions } = await sandbox.admin.view(1)
    const held = partitions.filter(({ replicas }) => replicas.includes(DEAD) && replicas.length > 1)
    return held.every(({ isr }) => !isr.includes(DEAD)) && held.length > 0 ? held : null
  })
  topic = short[0]!.topic
  // What is said for two seconds on end is what stands at their middle.
  await until('figures that stand still', 30_000, async () => {
    const before = await liveFigures()
    await page.waitForFunction((from) => Date.now() > from + 2_000, await page.evaluate(() => Date.now()))
    figures = await liveFigures()
    return String(before) === String(figures) ? true : null
  })
  deadAt = await page.evaluate(() => Date.now() - 1_000)
  await visit(page, `/topic/${topic}`)
  await page.locator('main [role=grid] [role=gridcell]').first().waitFor()
  rows = await rowsInSight([0, 1, 2, 3])
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some(([, state]) => /under-replicated|at min ISR|under min ISR/i.test(state ?? ''))).toBe(true)
})

test('healed, the board of then says what the live board said, and the live one does not come through', async ({
  sandbox,
}) => {
  const { page } = highwater
  await sandbox.director.heal()
  await goTo(page, '/board')
  await page.locator('[data-headline][data-level=well]').waitFor({ timeout: 120_000 })
  const live = await headline(page)
  await goTo(page, `/board?at=${deadAt}`)
  const past = page.locator('[data-past-headline]')
  await expect(past).toContainText('Broker 3 (rack-c) is gone', { timeout: 10_000 })
  await expect(page.locator('[data-past-bar]')).toBeVisible()
  expect(await page.locator('[data-figure] dd').allInnerTexts()).toEqual(figures)
  await expect(page.locator(`[data-past-broker="${DEAD}"]`)).toContainText('gone')
  // A later picture of the live cluster changes nothing, and none of it is on the page.
  const said = await mainText()
  await page.waitForFunction((from) => Date.now() > from + 3_000, await page.evaluate(() => Date.now()))
  expect(await mainText()).toBe(said)
  expect(said).not.toContain(live)
  for (const own of ['[data-headline]', '[data-headline-next]', '.count', '[data-arm]'])
    await expect(page.locator(own)).toHaveCount(0)
})

/** Who is in it, of `1 2 / 1 2 3` as of `1, 2`. */
const membersOf = (isr = ''): readonly string[] => isr.split('/')[0]!.match(/\d+/g) ?? []

test('the topic of then has the rows that the live page had; the moment is kept from page to page', async () => {
  const { page } = highwater
  await page.locator('main').getByRole('link', { name: topic, exact: true }).click()
  await expect(page.locator('[data-past-topic] h1')).toContainText(topic)
  expect(page.url()).toContain(`at=${deadAt}`)
  const then = await rowsInSight([0, 1, 2, 4])
  // Healthy says more than is known of then.
  const asThen = rows.map(([number, state, leader, isr]) => [
    number,
    /^(.*?)(healthy|lagging)$/i.test(state ?? '') ? state!.replace(/healthy|lagging/i, 'all in sync') : state,
    leader,
    membersOf(isr),
  ])
  expect(then.map(([number, state, leader, isr]) => [number, state, leader, membersOf(isr)])).toEqual(asThen)
})

test('a page of now says so, back brings then again, and N is now', async () => {
  const { page } = highwater
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page.locator('[data-now-only]')).toContainText('This page shows the present only')
  await page.goBack()
  await expect(page.locator('[data-past-topic]')).toBeVisible()
  await page.locator('main').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('n')
  await expect(page.locator('[data-past-bar]')).toHaveCount(0)
  expect(page.url()).not.toContain('at=')
})

test('a phase of the incident opens the board at that moment, and Esc is now', async () => {
  const { page } = highwater
  await page.keyboard.press('i')
  await page.locator('[data-phases]').waitFor()
  await page
    .locator('[data-phases]')
    .getByRole('link', { name: /no longer listed/ })
    .first()
    .click()
  await expect(page.locator('[data-past-bar]')).toBeVisible()
  await expect(page.locator('[data-past-board], [data-past-note]')).toBeVisible()
  await expect(page.locator('[data-past-headline]')).toContainText('Broker 3')
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-past-bar]')).toHaveCount(0)
  await expect(page.locator('[data-headline]')).toBeVisible()
})
