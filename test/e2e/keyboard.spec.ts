/** The board and the partition page by keyboard alone: everything on them is reached, seen to be reached, and does its work. */
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, visit } from './scene-words'

const window = windowOnSandbox()
/** Inside of these the arrow keys go on from the one that Tab reaches. */
const GROUPS =
  '[role=grid], [role=table], [role=toolbar], [role=radiogroup], [role=tablist], [role=listbox], [role=menu]'
const MOST_STOPS = 250

interface Walk {
  readonly stops: number
  /** Controls of the page that Tab never comes to, neither themselves nor their group. */
  readonly unreached: readonly string[]
  /** Where the focus was and could not be seen. */
  readonly unseen: readonly string[]
}

/** Presses Tab from the start of the page until it comes around. */
async function walk(): Promise<Walk> {
  const { page } = window
  await page.evaluate((groups) => {
    const visited = new Set<Element>()
    const unseen = new Set<string>()
    const name = (element: Element): string => element.outerHTML.slice(0, 140)
    const isOutlined = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && outlineWidth !== '0px'
    }
    // The mark may be drawn around what holds it (the matrix, three levels up), or around its active row.
    const around = (element: Element): Element[] => [element, ...element.querySelectorAll('*'), ...above(element, 3)]
    const above = (element: Element, levels: number): Element[] =>
      levels === 0 || element.parentElement === null
        ? []
        : [element.parentElement, ...above(element.parentElement, levels - 1)]
    Reflect.set(globalThis, 'walk', {
      visit: (): boolean => {
        const element = document.activeElement
        if (element === null || element === document.body) return true
        if (visited.has(element)) return false
        visited.add(element)
        if (!around(element).some(isOutlined)) unseen.add(name(element))
        return true
      },
      end: () => {
        const controls = [
          ...document.querySelectorAll(
            'main a[href], main button, main input, main select, main textarea, main summary, main canvas, main [tabindex], header button, nav a',
          ),
        ].filter(
          (control) =>
            !control.matches(':disabled, [aria-disabled=true]') &&
            control.checkVisibility({ visibilityProperty: true }) &&
            control.closest('[aria-hidden=true]') === null,
        )
        const isReached = (control: Element): boolean => {
          const group = control.closest(groups)
          return (
            visited.has(control) ||
            [...visited].some((one) => (group !== null && group.contains(one)) || control.contains(one))
          )
        }
        return {
          stops: visited.size,
          unreached: controls.filter((control) => !isReached(control)).map(name),
          unseen: [...unseen],
        }
      },
    })
    ;(document.activeElement as HTMLElement | null)?.blur()
  }, GROUPS)
  type Walker = { visit: () => boolean; end: () => Walk }
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab')
    if (!(await page.evaluate(() => (Reflect.get(globalThis, 'walk') as Walker).visit()))) break
  }
  return page.evaluate(() => (Reflect.get(globalThis, 'walk') as Walker).end())
}

for (const [name, path] of [
  ['the board', '/board'],
  ['the partition page', `/partition/${roles.slow}/0`],
] as const) {
  test(`Tab comes to everything on ${name}, and the focus is seen`, async () => {
    await visit(window.page, path)
    const { stops, unreached, unseen } = await walk()
    expect(stops).toBeGreaterThan(10)
    expect({ unreached, unseen }).toEqual({ unreached: [], unseen: [] })
  })
}

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
