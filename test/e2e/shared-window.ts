import { expect, test } from './fixture'
import { launch } from './launch'
import { windowFor } from './open-window'
import type { OpenWindow } from './open-window'

/** One window for all tests of a file that leave it as they found it. Before each, it must still be our page, unharmed. */
export function sharedWindow(): OpenWindow {
  const window = windowFor(() => launch())
  test.beforeEach(async () => {
    expect(window.page.url()).toMatch(/^app:\/\/highwater\//)
    expect(await window.page.evaluate(() => document.documentElement.dataset['ready'])).toBe('true')
  })
  return window
}
