/** The lag chart while it lives, in the real window on real brokers: what a person points at stays, and everything on the page is of that moment. */
import type { Locator, Page } from '@playwright/test'
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, recordsBehind, replicaOf, visit } from './scene-words'

const window = windowOnSandbox()
test.describe.configure({ mode: 'serial', timeout: 300_000 })

const chart = (page: Page): Locator => page.locator('[data-lag-chart] [role=application]')
const card = (page: Page): Locator => page.locator('[data-cursor]')
const figure = (page: Page, broker: number): Locator =>
  page.locator(`[data-cursor-line="${broker}"] [data-cursor-value]`)
const seconds = (span: number): number => span * 1000
let partition = 0

/** Points at a share of the chart's width. */
async function pointAt(page: Page, share: number): Promise<void> {
  const box = (await chart(page).boundingBox())!
  await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.4)
}

/** Card and row stand this much apart. */
const PAD = 10
/** A picture of a row of the card and what is around it, as the window has it: one by the page would lay it out anew, under the pointer. */
async function picture(row: Locator): Promise<string> {
  const { x, y, width, height } = (await row.boundingBox())!
  const area = {
    x: Math.round(x) - PAD,
    y: Math.round(y),
    width: Math.round(width) + 2 * PAD,
    height: Math.round(height),
  }
  return window.app.evaluate(async ({ BrowserWindow }, rect) => {
    const shot = await BrowserWindow.getAllWindows()[0]!.webContents.capturePage(rect)
    return shot.toPNG().toString('base64')
  }, area)
}

/**
 * Pixels of the row in the first picture that are others in the second, and how many are not background. The card goes left with its moment, so the row is looked
 * for some px to the side too.
 */
async function difference(
  a: string,
  b: string,
): Promise<{ readonly differ: number; readonly inked: number; readonly all: number }> {
  return window.app.evaluate(
    ({ nativeImage }, { first, second, pad }) => {
      const read = (png: string) => {
        const image = nativeImage.createFromBuffer(Buffer.from(png, 'base64'))
        return { ...image.getSize(), bitmap: image.toBitmap() }
      }
      const [one, two] = [read(first), read(second)]
      const pixel = ({ bitmap, width }: typeof one, x: number, y: number): number =>
        bitmap.readUInt32LE((y * width + x) * 4)
      const wide = one.width - 2 * pad
      const ground = pixel(one, one.width >> 1, 1)
      const count = (is: (x: number, y: number) => boolean): number => {
        let found = 0
        for (let y = 0; y < one.height; y += 1) for (let x = pad; x < pad + wide; x += 1) if (is(x, y)) found += 1
        return found
      }
      const shifts = Array.from({ length: 2 * pad + 1 }, (_, at) => at - pad)
      return {
        differ: Math.min(...shifts.map((shift) => count((x, y) => pixel(one, x, y) !== pixel(two, x + shift, y)))),
        inked: count((x, y) => pixel(one, x, y) !== ground),
        all: wide * one.height,
      }
    },
    { first: a, second: b, pad: PAD },
  )
}

/** Looks at every frame for so long: in how many the cursor was there, and of which moments it was. */
const watchCursor = (page: Page, ms: number): Promise<{ frames: number; there: number; moments: string[] }> =>
  page.evaluate(
    (until) =>
      new Promise((resolve) => {
        const moments = new Set<string>()
        let [frames, there] = [0, 0]
        const end = performance.now() + until
        const look = (): void => {
          frames += 1
          const found = document.querySelector<HTMLElement>('[data-cursor]')
          if (found !== null && found.offsetWidth > 0) there += 1
          moments.add(found?.dataset['at'] ?? '')
          if (performance.now() < end) requestAnimationFrame(look)
          else resolve({ frames, there, moments: [...moments] })
        }
        look()
      }),
    ms,
  )

const drawn = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLCanvasElement>('[data-lag-chart] canvas')!.toDataURL())
const crosshair = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-crosshair]').getAttribute('x1'))

test.beforeAll(async ({ sandbox }) => {
  let said = ''
  await sandbox.director.play('slow-follower', 3, (text) => (said += text))
  partition = Number(/partitions? (\d+)/.exec(said)?.[1])
})
test.afterAll(async ({ sandbox }) => {
  await sandbox.director.heal()
})

test('what is pointed at is still there after five seconds of live polling, of the same moment, and the ladder agrees', async () => {
  const { page } = window
  await visit(page, `/partition/${roles.slow}/${partition}`)
  // Enough of it to point at its middle, and a lag that is not 0 there.
  await expect
    .poll(async () => recordsBehind((await replicaOf(page, 3)).notes), { timeout: 60_000 })
    .toBeGreaterThan(50)
  await page.waitForTimeout(seconds(4))
  await pointAt(page, 0.75)
  await expect(card(page)).toBeVisible()
  const before = {
    rows: await picture(page.locator('[data-cursor-line="3"]')),
    canvas: await drawn(page),
    x: await crosshair(page),
  }
  const seen = await watchCursor(page, seconds(5))
  const after = {
    rows: await picture(page.locator('[data-cursor-line="3"]')),
    canvas: await drawn(page),
    x: await crosshair(page),
  }

  expect(seen.frames).toBeGreaterThan(20)
  expect(seen.there, 'in every frame').toBe(seen.frames)
  expect(seen.moments, 'of one moment').toHaveLength(1)
  expect(after.canvas, 'the chart went on meanwhile').not.toBe(before.canvas)
  expect(after.x, 'and the moment moved with it').toBeLessThan(before.x - 3)
  const { differ, inked, all } = await difference(before.rows, after.rows)
  console.log(
    `tooltip: there in ${seen.there} of ${seen.frames} frames of 5 s; ${differ} of ${all} pixels differ, ${inked} are ink; crosshair ${before.x.toFixed(1)} to ${after.x.toFixed(1)} px`,
  )
  expect(inked).toBeGreaterThan(100)
  expect(differ, 'the same figures, pixel by pixel').toBeLessThan(all * 0.02)

  const moment = page.locator('[data-moment]')
  const time = (await card(page).locator('strong').innerText()).trim()
  await expect(moment).toHaveText(`at ${time}`)
  const told = Number((await figure(page, 3).innerText()).replaceAll(',', ''))
  expect(told).toBeGreaterThan(0)
  expect(recordsBehind((await replicaOf(page, 3)).notes), 'the ladder says what the cursor says').toBe(told)
  await page.mouse.move(5, 5)
  await expect(card(page)).toBeHidden()
  await expect(moment).toBeHidden()
})

test('what was before the page was opened has its lag and nothing that was not read', async () => {
  const { page } = window
  await goTo(page, '/board')
  await visit(page, `/partition/${roles.slow}/${partition}`)
  await expect(chart(page).locator('canvas')).toBeVisible()
  await chart(page).focus()
  await page.keyboard.press('Home')
  await expect(card(page)).toBeVisible()
  await expect(page.locator('[data-high-watermark]')).toHaveText('HW ?')
  const { membership, notes } = await replicaOf(page, 3)
  expect(membership).toBe('?')
  expect(notes).toMatch(/LEO \?$/)
  await page.keyboard.press('Escape')
  await expect(card(page)).toBeHidden()
  await expect(page.locator('[data-moment]')).toBeHidden()
})

test('it is walked through by keyboard, and said in words', async () => {
  const { page } = window
  await expect.poll(async () => recordsBehind((await replicaOf(page, 3)).notes)).toBeGreaterThan(0)
  await page.waitForTimeout(seconds(3))
  await chart(page).focus()
  await page.keyboard.press('End')
  const at = async (): Promise<number> => Number(await card(page).getAttribute('data-at'))
  const newest = await at()
  await page.keyboard.press('ArrowLeft')
  const one = newest - (await at())
  await page.keyboard.press('Shift+ArrowLeft')
  const ten = newest - one - (await at())
  expect(one).toBeGreaterThan(0)
  expect(ten).toBeGreaterThan(one)
  await expect(page.locator('[data-said]')).toHaveText(/^At \d\d:\d\d:\d\d: .*broker 3 [\d,]+/)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-said]')).toHaveText('')
})

test('a paused chart keeps its colours and what is pointed at', async () => {
  const { page } = window
  await page.mouse.move(5, 5)
  await page.locator('main h1').click({ position: { x: 2, y: 2 }, trial: true })
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('Space')
  await expect(page.locator('footer')).toContainText(/paused/i)
  await pointAt(page, 0.6)
  const seen = await watchCursor(page, seconds(2))
  expect(seen.there).toBe(seen.frames)
  const filters = await chart(page).evaluate((element) => {
    const found: string[] = []
    for (let at: Element | null = element; at !== null; at = at.parentElement) found.push(getComputedStyle(at).filter)
    return found
  })
  expect(new Set(filters)).toEqual(new Set(['none']))
  await page.mouse.move(5, 5)
  await page.keyboard.press('Space')
  await expect(page.locator('footer')).not.toContainText(/paused/i)
})

test('a drag looks closer, a double click and 0 show it all again, and the range is remembered', async () => {
  const { page } = window
  const note = page.locator('[data-lag-chart] .whole')
  const zoom = async (): Promise<void> => {
    await pointAt(page, 0.4)
    await page.mouse.down()
    await pointAt(page, 0.7)
    await page.mouse.up()
    await expect(note).toBeVisible()
  }
  await zoom()
  await chart(page).dblclick({ position: { x: 200, y: 40 } })
  await expect(note).toBeHidden()
  await zoom()
  await chart(page).focus()
  await page.keyboard.press('0')
  await expect(note).toBeHidden()
  await page.getByRole('radio', { name: '1 m' }).click()
  await visit(page, '/broker/3')
  await expect(page.getByRole('radio', { name: '1 m' })).toHaveAttribute('aria-checked', 'true')
  await page.getByRole('radio', { name: '15 m' }).click()
})
