import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Highwater } from '../../test/e2e/launch'
import { projectRoot } from '../setup/places'
import { say } from '../setup/progress.mjs'

export const pictureSize = { width: 1440, height: 900 } as const
/** What a person who clones the project should have to fetch for one picture at most. */
const largestBytes = 300_000
/** Cards and charts settle within this long after a page was opened. */
const settleMs = 700

export interface Camera {
  readonly page: Highwater['page']
  readonly goTo: (path: string) => Promise<void>
  /** Through the palette, as a person would: it works from any page and takes no time. */
  readonly choose: (text: string) => Promise<void>
  readonly resize: (size: { readonly width: number; readonly height: number }) => Promise<void>
  /** Writes docs/pictures/NAME.png. `at once` where the moment passes while one waits. */
  readonly shoot: (name: string, when?: 'settled' | 'at once') => Promise<void>
}

export function createCamera({ app, page }: Highwater): Camera {
  const pause = (ms: number): Promise<void> => page.waitForTimeout(ms)
  return {
    page,
    goTo: async (path) => {
      await page.evaluate((hash) => void (location.hash = hash), `#${path}`)
      await page.locator('main h1, main [data-headline]').first().waitFor()
      // A pointer left over a table would hold its rows in place.
      await page.mouse.move(0, 0)
    },
    choose: async (text) => {
      await page.keyboard.press('Control+k')
      await page.locator('input[role=combobox]').fill(text)
      await page.keyboard.press('Enter')
      await page.locator('input[role=combobox]').waitFor({ state: 'detached' })
    },
    resize: async ({ width, height }) => {
      await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
        width,
        height,
      ] as [number, number])
      await page.waitForFunction((wanted) => innerWidth === wanted, width)
    },
    shoot: async (name, when = 'settled') => {
      if (when === 'settled') await pause(settleMs)
      const path = join(projectRoot, 'docs', 'pictures', `${name}.png`)
      await page.screenshot({ path })
      const { size } = statSync(path)
      if (size > largestBytes) throw new Error(`${name}.png has ${size} bytes, more than ${largestBytes}`)
      say(`Picture: ${name}.png, ${Math.round(size / 1000)} kB`)
    },
  }
}
