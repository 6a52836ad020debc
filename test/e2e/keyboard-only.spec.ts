/**
 * Every page without a mouse: by keys from the board to it, Tab to everything on it with the focus in sight, what the page is for, and back to the board. The mouse is never used.
 */
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo } from './scene-words'
import { focusOf, tabTo, walk } from './tab-walk'

const window = windowOnSandbox()
test.describe.configure({ timeout: 120_000 })

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await window.page.keyboard.press(key)
}
const type = (text: string): Promise<void> => window.page.keyboard.type(text)
/** By the palette: what it finds first for these words. */
async function ask(words: string): Promise<void> {
  const { page } = window
  await press('Control+k')
  await type(words)
  await expect(page.getByRole('option').first()).toBeVisible()
  await press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}
const at = (path: RegExp): Promise<void> => expect(window.page).toHaveURL(new RegExp(`#${path.source}`))
const main = (selector: string) => window.page.locator(`main ${selector}`)

/** Opens the first row of the next list. */
async function openRow(to: RegExp): Promise<void> {
  await tabTo(window.page, 'grid')
  await press('ArrowDown', 'Enter')
  await at(to)
}
/** Another heading than the one it is sorted by. */
async function sortNext(): Promise<void> {
  const sorted = main('[role=columnheader][aria-sort$=scending]')
  await tabTo(window.page, 'grid')
  await press('Tab')
  const before = await sorted.allInnerTexts()
  await press('ArrowRight', 'Enter')
  await expect.poll(() => sorted.allInnerTexts()).not.toEqual(before)
}
async function filterTo(text: string, rows: number): Promise<void> {
  const { page } = window
  await press('/')
  expect((await focusOf(page))?.role).toBe('textbox')
  // It may be as it was left.
  await press('Control+a')
  await type(text)
  await expect(main('[role=grid]').first()).toHaveAttribute('aria-rowcount', String(rows + 1))
  await press('Escape')
}
/** The next group of choices, and another one of it. */
async function chooseNext(): Promise<void> {
  const { page } = window
  await tabTo(page, 'radio')
  const before = (await focusOf(page))?.name
  await press('ArrowRight')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-checked'))).toBe('true')
  expect((await focusOf(page))?.name).not.toBe(before)
}
/** The table of the next picture, and back to where the focus was. */
async function asTable(rows: number): Promise<void> {
  const { page } = window
  await tabTo(page, 'button', /show as a table$/)
  const name = (await focusOf(page))?.name
  await press('Enter')
  await expect(
    page
      .getByRole('dialog')
      .locator('tbody tr')
      .nth(rows - 1),
  ).toBeVisible()
  await press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await focusOf(page))?.name).toBe(name)
}

interface Way {
  /** From the board. */
  readonly go: () => Promise<unknown>
  readonly url: RegExp
  /** What the page is for. */
  readonly deed: () => Promise<unknown>
}

/** By the name of the route; in an order in which one makes what a later one shows. */
const WAYS: Readonly<Record<string, Way>> = {
  board: { go: () => press('g', 'b'), url: /\/board/, deed: () => openRow(/\/(topic|broker|partition)\//) },
  topics: {
    go: () => press('g', 't'),
    url: /\/topics$/,
    deed: async () => {
      await sortNext()
      await filterTo(roles.slow, 1)
      await openRow(/\/topic\//)
    },
  },
  topic: {
    go: () => ask(roles.slow),
    url: /\/topic\/[^/]+$/,
    deed: async () => {
      await asTable(2)
      await openRow(/\/partition\//)
    },
  },
  partition: {
    go: () => ask(`${roles.slow} 4`),
    url: /\/partition\//,
    deed: async () => {
      await tabTo(window.page, 'application')
      await press('End')
      await expect(main('[data-said]')).not.toHaveText('')
      await press('Escape')
      await asTable(2)
    },
  },
  config: {
    go: async () => {
      await ask(roles.slow)
      await press('e')
    },
    url: /\/topic\/[^/]+\/config$/,
    deed: async () => {
      await filterTo('min.insync', 2)
      await tabTo(window.page, 'grid')
      await press('ArrowDown', 'e')
      await type('1')
      await press('Enter', 'p')
      await at(/\/change\//)
    },
  },
  changes: {
    go: () => press('g', 'c'),
    url: /\/changes$/,
    deed: async () => {
      await chooseNext()
      await openRow(/\/change\//)
    },
  },
  change: {
    go: async () => {
      await press('g', 'c')
      await openRow(/\/change\//)
    },
    url: /\/change\//,
    deed: async () => {
      await tabTo(window.page, 'button', /command/i)
      await press('Enter')
    },
  },
  'config-search': {
    go: () => ask('search the settings'),
    url: /\/topics\/config(\?|$)/,
    deed: async () => {
      await tabTo(window.page, 'textbox')
      await type('min.insync.replicas > 0')
      await press('Enter')
      await openRow(/\/topic\/[^/]+\/config/)
    },
  },
  'config-compare': {
    go: () => ask('compare the settings'),
    url: /\/topics\/config\/compare/,
    deed: async () => {
      for (const [label, topic] of [
        [/^A$/, roles.slow],
        [/^B$/, roles.busy],
      ] as const) {
        await tabTo(window.page, 'textbox', label)
        await type(topic)
        await press('Escape')
      }
      await tabTo(window.page, 'checkbox')
      await press('Space')
      await expect(main('[role=gridcell]').nth(2)).toBeVisible()
    },
  },
  'config-many': {
    go: async () => {
      await press('g', 't')
      await filterTo(roles.slow, 1)
      await tabTo(window.page, 'button', /^Edit settings/)
      await press('Enter')
    },
    url: /\/topics\/config\/edit/,
    deed: async () => {
      await tabTo(window.page, 'textbox')
      await type('retention.ms')
      await press('Enter')
      await expect(main('form input').first()).toBeVisible()
    },
  },
  brokers: {
    go: () => press('g', 'r'),
    url: /\/brokers$/,
    deed: async () => {
      await sortNext()
      await openRow(/\/broker\/\d/)
    },
  },
  broker: {
    go: () => ask('broker 1'),
    url: /\/broker\/1$/,
    deed: () => asTable(2),
  },
  'broker-config': {
    go: async () => {
      await ask('broker 1')
      await ask('settings of broker 1')
    },
    url: /\/broker\/1\/config/,
    deed: async () => {
      await tabTo(window.page, 'grid')
      await press('ArrowDown', 'ArrowDown')
      await expect(main('[role=row][aria-selected=true]')).toHaveCount(1)
    },
  },
  'brokers-config': {
    go: () => ask('differences between the settings'),
    url: /\/brokers\/config/,
    deed: async () => {
      await tabTo(window.page, 'checkbox')
      await press('Space')
      await expect(main('input[type=checkbox]').first()).toBeChecked()
    },
  },
  history: {
    go: () => press('g', 'h'),
    url: /\/history$/,
    deed: async () => {
      await asTable(1)
      await tabTo(window.page, 'link', /^ISR changes/)
      await press('Enter')
      await at(/\/history\/churn/)
    },
  },
  churn: { go: () => ask('who flaps'), url: /\/history\/churn/, deed: chooseNext },
  advisor: {
    go: () => press('g', 'e'),
    url: /\/history\/lag/,
    deed: async () => {
      await tabTo(window.page, 'number')
      await press('Control+a')
      await type('77')
      await expect(main('[data-property]')).toHaveText('replica.lag.time.max.ms=77000')
    },
  },
  timeline: {
    go: () => press('t'),
    url: /\/timeline/,
    deed: async () => {
      await expect(main('[data-read]')).toBeVisible()
      await tabTo(window.page, 'application', /^Timeline/)
      await press('ArrowLeft')
      await expect(main('[data-detail] [aria-live]')).not.toHaveText('')
      await asTable(1)
    },
  },
  loss: {
    go: () => press('g', 'o'),
    url: /\/loss/,
    // Nothing is lost here, so there is nothing to do but to read it.
    deed: () => expect(main('[data-no-loss]')).toBeVisible(),
  },
  'what-if': {
    go: () => press('g', 'w'),
    url: /\/what-if/,
    deed: async () => {
      await tabTo(window.page, 'button', /^broker 2$/i)
      await press('Space')
      await expect(main('[data-broker="2"]')).toHaveAttribute('aria-pressed', 'true')
      expect((await focusOf(window.page))?.name).toMatch(/broker 2/i)
    },
  },
  audit: {
    go: () => press('g', 'a'),
    url: /\/audit/,
    deed: async () => {
      await tabTo(window.page, 'button', /^Run the audit/)
      await press('Enter')
      await expect(main('[data-line]')).toBeVisible({ timeout: 60_000 })
      expect(await focusOf(window.page)).not.toBeNull()
    },
  },
  quorum: {
    go: () => press('g', 'q'),
    url: /\/quorum/,
    deed: async () => {
      await tabTo(window.page, 'link', /^Details/)
      await press('Enter')
      await at(/\/agreement/)
    },
  },
  agreement: { go: () => ask('agreement'), url: /\/agreement/, deed: () => openRow(/\/broker\//) },
  settings: {
    go: () => press('g', 's'),
    url: /\/settings/,
    deed: async () => {
      const theme = (): Promise<string | undefined> =>
        window.page.evaluate(() => document.documentElement.dataset['theme'])
      const before = await theme()
      await tabTo(window.page, 'radio', /^(system|dark|light|high contrast)$/)
      await press('ArrowRight')
      await expect.poll(theme).not.toBe(before)
      await press('ArrowLeft')
      await expect.poll(theme).toBe(before)
    },
  },
  connect: { go: () => press('g', 'l'), url: /\/connect/, deed: () => openRow(/\/board/) },
}
/** A cluster that was well since it was opened has no incident: its page is walked through where something breaks. */
const ELSEWHERE = ['incident']

test('every page has its way', async () => {
  const routes = await window.page.evaluate(() => {
    interface Router {
      getRoutes(): { readonly name?: string | symbol }[]
    }
    const root = document.querySelector('#app') as unknown as {
      __vue_app__: { config: { globalProperties: { $router: Router } } }
    }
    return root.__vue_app__.config.globalProperties.$router
      .getRoutes()
      .flatMap(({ name }) => (name === undefined ? [] : [String(name)]))
  })
  expect(routes.sort()).toEqual([...Object.keys(WAYS), ...ELSEWHERE].sort())
})

for (const [name, { go, url, deed }] of Object.entries(WAYS)) {
  test(`by keys alone: ${name}`, async () => {
    const { page } = window
    await goTo(page, '/board')
    await go()
    await at(url)
    await expect(main('h1').first()).not.toHaveText('')
    const { stops, unreached, unseen } = await walk(page)
    expect(stops).toBeGreaterThan(10)
    expect({ unreached, unseen }).toEqual({ unreached: [], unseen: [] })
    await deed()
    expect(await focusOf(page), 'the focus is somewhere').not.toBeNull()
    for (let back = 0; back < 6 && !page.url().endsWith('#/board'); back += 1) {
      const from = page.url()
      // A field keeps the keys of those who type in it, and the first Escape stops what a page began anew.
      for (let tries = 0; tries < 3 && ['textbox', 'number'].includes((await focusOf(page))?.role ?? ''); tries += 1)
        await press('Escape')
      await press('Alt+ArrowLeft')
      await expect.poll(() => page.url()).not.toBe(from)
    }
    await at(/\/board$/)
    expect(await focusOf(page), 'the focus is somewhere').not.toBeNull()
  })
}
