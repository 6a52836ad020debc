/** The ways by keyboard that a person takes most: to the board and into a partition, along partitions, through the palette. Every page is in `keyboard-only.spec.ts`. */
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, visit } from './scene-words'

const window = windowOnSandbox()
const focused = (): Promise<string> =>
  window.page.evaluate(() =>
    (document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? '').toLowerCase(),
  )

async function tabTo(role: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused()) === role) return
    await window.page.keyboard.press('Tab')
  }
  throw new Error(`Sixty times Tab does not reach ${role}`)
}

test('the board: to it, to its map, into a partition', async () => {
  const { page } = window
  await goTo(page, '/settings')
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page).toHaveURL(/#\/board/)
  await tabTo('radio')
  await page.keyboard.press('ArrowRight')
  const matrix = page.locator('.matrix canvas').first()
  const role = (await matrix.evaluate((element) => element.getAttribute('role') ?? element.tagName)).toLowerCase()
  await tabTo(role)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/partition\//)
})

test('the partition page: next, previous, copy, back', async () => {
  const { page, app } = window
  await goTo(page, '/board')
  await visit(page, `/partition/${roles.slow}/3`)
  const first = page.url()
  await page.keyboard.press(']')
  await expect.poll(() => page.url()).not.toBe(first)
  await page.keyboard.press('[')
  await expect.poll(() => page.url()).toBe(first)
  await app.evaluate(({ clipboard }) => clipboard.writeText(''))
  await page.keyboard.press('y')
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^kafka-topics\.sh/)
  await page.keyboard.press('Backspace')
  await expect(page).toHaveURL(/#\/board/)
})

test('the palette finds a partition by its topic and number', async () => {
  const { page } = window
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`${roles.slow} 4`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/partition/${roles.slow}/4`))
})
