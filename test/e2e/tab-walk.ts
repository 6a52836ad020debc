import type { Page } from '@playwright/test'

/** Inside of these the arrow keys go on from the one that Tab reaches. */
const GROUPS =
  '[role=grid], [role=table], [role=toolbar], [role=radiogroup], [role=tablist], [role=listbox], [role=menu]'
const MOST_STOPS = 250
/** Presses between two looks. */
const AT_ONCE = 10

export interface Walk {
  readonly stops: number
  /** Controls of the page that Tab never comes to, neither themselves nor their group. */
  readonly unreached: readonly string[]
  /** Where the focus was and nothing showed it: no outline that was there with it and went with it. */
  readonly unseen: readonly string[]
}
interface Walker {
  isRound(): boolean
  end(): Walk
}

/** A dialog that closes gives the focus back in a turn of its own, and a page that opens takes it: until neither does any more. */
const untilFocusRests = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const RESTS_MS = 200
        let at = document.activeElement
        let since = performance.now()
        const look = (now: number): void => {
          if (document.activeElement !== at) [at, since] = [document.activeElement, now]
          if (now - since >= RESTS_MS) resolve()
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
  )

/** Presses Tab from the start of the page until it comes around. */
export async function walk(page: Page): Promise<Walk> {
  await untilFocusRests(page)
  await page.evaluate((groups) => {
    const visited = new Set<Element>()
    const unseen = new Set<string>()
    const name = (element: Element): string => element.outerHTML.slice(0, 140)
    const isOutlined = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && outlineWidth !== '0px'
    }
    const above = (element: Element, levels: number): Element[] =>
      levels === 0 || element.parentElement === null
        ? []
        : [element.parentElement, ...above(element.parentElement, levels - 1)]
    let last: { element: Element; marks: Element[] } | null = null
    // The mark may be drawn around what holds it: around the matrix it is three levels up.
    const marksOf = (element: Element): Element[] => [element, ...above(element, 3)].filter(isOutlined)
    const left = (): void => {
      if (last !== null && last.marks.every(isOutlined)) unseen.add(name(last.element))
      last = null
    }
    let isRound = false
    const onFocus = (): void => {
      const element = document.activeElement
      if (isRound || element === null || element === document.body) return
      left()
      if (visited.has(element)) isRound = true
      visited.add(element)
      last = { element, marks: marksOf(element) }
    }
    ;(document.activeElement as HTMLElement | null)?.blur()
    document.addEventListener('focusin', onFocus)
    const walker: Walker = {
      isRound: () => isRound,
      end: () => {
        document.removeEventListener('focusin', onFocus)
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
    }
    Reflect.set(globalThis, 'walk', walker)
  }, GROUPS)
  for (let stop = 0; stop < MOST_STOPS; stop += AT_ONCE) {
    for (let press = 0; press < AT_ONCE; press += 1) await page.keyboard.press('Tab')
    if (await page.evaluate(() => (Reflect.get(globalThis, 'walk') as Walker).isRound())) break
  }
  return page.evaluate(() => (Reflect.get(globalThis, 'walk') as Walker).end())
}

interface Focus {
  /** What it is called, and its role. */
  readonly name: string
  readonly role: string
}

/** What has the focus; null = nothing has. */
export const focusOf = (page: Page): Promise<Focus | null> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return null
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const name = element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent
    const implied: Readonly<Record<string, string>> = { a: 'link', button: 'button', input: 'textbox' }
    const tag = element.tagName.toLowerCase()
    const type = element.getAttribute('type')
    const own = type === 'checkbox' || type === 'number' ? type : (implied[tag] ?? tag)
    return { name: name.trim(), role: element.getAttribute('role') ?? own }
  })

/** Tab until a control of that role and name has the focus. */
export async function tabTo(page: Page, role: string, name: RegExp = /./): Promise<void> {
  const seen: string[] = []
  for (let press = 0; press < 90; press += 1) {
    await page.keyboard.press('Tab')
    const focus = await focusOf(page)
    if (focus?.role === role && name.test(focus.name)) return
    seen.push(focus === null ? 'nothing' : `${focus.role} ${focus.name.slice(0, 30)}`)
  }
  throw new Error(`Tab does not come to ${role} ${String(name)}: ${[...new Set(seen)].join(' | ')}`)
}
