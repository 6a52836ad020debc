/** Screenshot mode: waits until the board is live, writes one PNG. For people without a display, for CI and for the guide. */
import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

export const SCREENSHOT_DEADLINE_MS = 90_000
const LOOK_EVERY_MS = 100
/** Pushes that the page has taken in since the picture was complete: enough for rates and the first points of a chart. */
const PUSHES_NEEDED = 8

export interface BoardProgress {
  /** Pushes with a complete reading that the page has acknowledged. */
  readonly painted: number
  /** What keeps the board from being live, in plain words. */
  readonly waitingFor: string
}

const isReady = async (window: BrowserWindow): Promise<boolean> =>
  (await window.webContents.executeJavaScript("document.documentElement.dataset.ready === 'true'")) === true

const twoFrames = (window: BrowserWindow): Promise<unknown> =>
  window.webContents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  )

/** Rejects with one line when the board is not live within the deadline. */
export async function takeScreenshot(
  window: BrowserWindow,
  file: string,
  progress: () => BoardProgress,
): Promise<void> {
  const deadline = Date.now() + SCREENSHOT_DEADLINE_MS
  const live = async (): Promise<boolean> => progress().painted >= PUSHES_NEEDED && (await isReady(window))
  while (!(await live())) {
    if (window.isDestroyed()) throw new Error('the window was closed before the board was live')
    if (Date.now() > deadline)
      throw new Error(`the board was not live within ${SCREENSHOT_DEADLINE_MS / 1000} s: ${progress().waitingFor}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  await twoFrames(window)
  const image = await window.webContents.capturePage()
  if (image.isEmpty()) throw new Error('the window gave an empty picture')
  await writeFile(file, image.toPNG())
}
