/** Every page at 200 % in a window of 1440 × 900: the page does not scroll sideways, and every control can be brought into sight and is not covered there. */
import type { Page } from '@playwright/test'
import { longestName, roles } from '../../tools/sandbox/topics'
import { resize } from './cut-off'
import { expect, test } from './fixture'
import { begin, call } from './killed-change'
import { windowOnSandbox } from './open-window'
import { visit } from './scene-words'

const ZOOM = 2
const SIZE = [1440, 900] as const
const window = windowOnSandbox()
const made: Record<string, string> = {}

const PAGES: Readonly<Record<string, string>> = {
  connect: '/connect',
  board: '/board',
  topics: '/topics',
  topic: `/topic/${roles.slow}`,
  'topic with the longest name': `/topic/${longestName}`,
  partition: `/partition/${roles.slow}/0`,
  brokers: '/brokers',
  broker: '/broker/1',
  'what if': '/what-if?broker=1',
  quorum: '/quorum',
  agreement: '/agreement',
  loss: '/loss',
  history: '/history',
  'an incident that is not kept': '/history/99999',
  'ISR changes': '/history/churn',
  'lag advisor': '/history/lag',
  timeline: '/timeline',
  audit: '/audit',
  'config of a topic': `/topic/${roles.busy}/config`,
  'config search': '/topics/config?q=min.insync.replicas%20%3C%202',
  'config comparison': `/topics/config/compare?a=${roles.slow}&b=${roles.busy}`,
  'config of many topics': '/topics/config/edit',
  'config of a broker': '/broker/1/config',
  'config of the brokers': '/brokers/config',
  'the journal': '/changes',
  'a planned change': '/change/PLANNED',
  settings: '/settings',
}

interface Reach {
  readonly sideways: readonly string[]
  readonly unreached: readonly string[]
  readonly controls: number
}

const reachOf = (page: Page): Promise<Reach> =>
  page.evaluate(() => {
    const name = (element: Element): string => element.outerHTML.slice(0, 140)
    const frames = ['html', 'body', '#app', '.frame', '.middle', 'main', 'main > *']
    const sideways = frames.flatMap((selector) => {
      const element = document.querySelector(selector)
      if (element === null || element.scrollWidth <= element.clientWidth + 1) return []
      return [`${selector}: ${element.scrollWidth} of ${element.clientWidth} px`]
    })
    const above = (element: Element): HTMLElement[] => {
      const found: HTMLElement[] = []
      for (let at = element.parentElement; at !== null; at = at.parentElement) found.push(at)
      return found
    }
    /** The part of it that its scrolling ancestors and the window let through. */
    function seen(element: Element): DOMRect {
      const box = element.getBoundingClientRect()
      let [left, top, right, bottom] = [
        Math.max(0, box.left),
        Math.max(0, box.top),
        Math.min(innerWidth, box.right),
        Math.min(innerHeight, box.bottom),
      ]
      for (const one of above(element)) {
        if (getComputedStyle(one).overflow === 'visible') continue
        const edge = one.getBoundingClientRect()
        left = Math.max(left, edge.left)
        top = Math.max(top, edge.top)
        right = Math.min(right, edge.right)
        bottom = Math.min(bottom, edge.bottom)
      }
      return new DOMRect(left, top, right - left, bottom - top)
    }
    function whyUnreached(element: Element): string {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const { left, top, width, height } = seen(element)
      if (width < 4 || height < 4) return 'is out of sight'
      const hit = document.elementFromPoint(left + width / 2, top + height / 2)
      if (hit === null || element.contains(hit) || hit.contains(element)) return ''
      const label = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      return label.some((one) => one.contains(hit)) ? '' : `is covered by ${name(hit).slice(0, 80)}`
    }
    // What is hidden over an edge is brought into sight by focus and scripts, but by nobody who scrolls.
    for (const element of document.querySelectorAll<HTMLElement>('body, body *'))
      if (getComputedStyle(element).overflow.includes('hidden')) {
        const [x, y] = getComputedStyle(element).overflow.split(' ')
        if (y === undefined || y === x) element.style.overflow = 'clip'
      }
    const controls = [
      ...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])',
      ),
    ].filter(
      (control) =>
        !control.matches(':disabled, .visually-hidden') &&
        control.checkVisibility({ visibilityProperty: true }) &&
        control.closest('[aria-hidden=true], .visually-hidden') === null,
    )
    const unreached = controls.flatMap((control) => {
      const why = whyUnreached(control)
      return why === '' ? [] : [`${name(control)} ${why}`]
    })
    for (const element of document.querySelectorAll<HTMLElement>('body, body *'))
      if (element.style.overflow === 'clip') element.style.removeProperty('overflow')
    return { sideways, unreached, controls: controls.length }
  })

test.beforeAll(async () => {
  const { page, app } = window
  made['PLANNED'] = await begin(page, 'from-start', {
    kind: 'config',
    groups: [{ topics: [roles.slow], edits: [{ key: 'min.insync.replicas', op: 'set', value: '1' }] }],
  })
  await call(page, 'change:plan', { id: made['PLANNED'] })
  await resize(app, page, SIZE)
  await app.evaluate(
    ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(zoom),
    ZOOM,
  )
  await page.waitForFunction((width) => innerWidth === width, SIZE[0] / ZOOM)
})

for (const [name, path] of Object.entries(PAGES)) {
  test(`at 200 % everything is reached: ${name}`, async () => {
    const { page } = window
    await visit(
      page,
      path.replace(/[A-Z]+$/, (word) => made[word] ?? word),
    )
    const { controls, ...reach } = await reachOf(page)
    expect(controls).toBeGreaterThan(10)
    expect(reach).toEqual({ sideways: [], unreached: [] })
  })
}
