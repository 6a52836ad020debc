import type { Page } from '@playwright/test'
import { expect, test } from './fixture'
import { launch } from './launch'
import type { Highwater } from './launch'

/** One window for all tests of a file that leave it as they found it. Before each, it must still be our page, unharmed. */
export function sharedWindow(): { readonly page: Page; readonly app: Highwater['app']; readonly profile: string } {
  let open: Highwater | null = null
  const get = (): Highwater => {
    if (open === null) throw new Error('The window is not open yet')
    return open
  }
  test.beforeAll(async ({ built }) => {
    expect(built).toBe(true)
    open = await launch()
  })
  test.beforeEach(async () => {
    expect(get().page.url()).toMatch(/^app:\/\/highwater\//)
    expect(await get().page.evaluate(() => document.documentElement.dataset['ready'])).toBe('true')
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
