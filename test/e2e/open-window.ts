/** One window for all tests of a file, open on the sandbox and well when the first begins. */
import { expect, test } from './fixture'
import { launch } from './launch'
import type { Highwater } from './launch'

export type OpenWindow = Pick<Highwater, 'page' | 'app' | 'profile'>

export function windowOnSandbox(): OpenWindow {
  let open: Highwater | null = null
  const get = (): Highwater => {
    if (open === null) throw new Error('The window is not open')
    return open
  }
  test.beforeAll(async ({ built, sandbox }) => {
    expect(built).toBe(true)
    open = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'sandbox', ENV: 'dev' } })
    await open.page.locator('[data-headline][data-level=well]').waitFor({ timeout: 60_000 })
  })
  test.afterAll(async () => {
    await open?.close()
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

/** Presses Y on the page that is open; answers what came to the clipboard. */
export async function copiedByY({ app, page }: OpenWindow): Promise<string> {
  await expect(page.getByRole('button', { name: /^Copy command/ })).toBeVisible()
  await app.evaluate(({ clipboard }) => clipboard.writeText(''))
  await page.keyboard.press('y')
  const read = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(read).toMatch(/^kafka-[a-z-]+\.sh /)
  return read()
}
