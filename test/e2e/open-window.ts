/** One window for all tests of a file, open on the sandbox and well when the first begins. */
import { keepEvidence } from './evidence'
import { expect, test } from './fixture'
import { launch } from './launch'
import type { Highwater } from './launch'

export type OpenWindow = Pick<Highwater, 'page' | 'app' | 'profile'>

/** What `open` starts is there for the tests of a file, closed after them, and told of when one fails. */
export function windowFor(open: () => Promise<Highwater>): OpenWindow {
  let opened: Highwater | null = null
  const get = (): Highwater => {
    if (opened === null) throw new Error('The window is not open')
    return opened
  }
  test.beforeAll(async ({ built }) => {
    expect(built).toBe(true)
    opened = await open()
  })
  test.afterEach(async ({}, testInfo) => {
    if (opened !== null) await keepEvidence(testInfo, opened)
  })
  test.afterAll(async () => {
    await opened?.close()
  })
  return {
    get page() {
      return get().page
    },
    get app() {
      return get().app
    },
    get profile() {
      return get().profile
    },
  }
}

export function windowOnSandbox(environment: 'dev' | 'prod' = 'dev'): OpenWindow {
  let bootstrap = ''
  test.beforeAll(({ sandbox }) => {
    bootstrap = sandbox.cluster.bootstrap
  })
  return windowFor(async () => {
    const highwater = await launch({ env: { BOOTSTRAP: bootstrap, CLUSTER_NAME: 'sandbox', ENV: environment } })
    try {
      await highwater.page.locator('[data-headline][data-level=well]').waitFor({ timeout: 120_000 })
      return highwater
    } catch (cause) {
      const said = await highwater.page.locator('main').innerText({ timeout: 3000 }).catch(String)
      await highwater.close()
      throw new Error(`The board is not well: ${said.slice(0, 500)}`, { cause })
    }
  })
}

/** Presses Y on the page that is open; answers what came to the clipboard. */
export async function copiedByY(window: OpenWindow): Promise<string> {
  await expect(window.page.getByRole('button', { name: /^Copy command/ })).toBeVisible()
  return copied(window, () => window.page.keyboard.press('y'))
}

/** The same in trouble, in which Y copies what ends it. */
export const copiedByPalette = (window: OpenWindow): Promise<string> =>
  copied(window, async () => {
    await window.page.keyboard.press('Control+k')
    await window.page.keyboard.type('copy command')
    await window.page.getByRole('option', { name: /^Copy command/ }).click()
  })

async function copied({ app }: OpenWindow, copy: () => Promise<void>): Promise<string> {
  await app.evaluate(({ clipboard }) => clipboard.writeText(''))
  await copy()
  const read = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(read).toMatch(/^kafka-[a-z-]+\.sh /)
  return read()
}
