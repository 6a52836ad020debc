import type { Page } from '@playwright/test'

/** One picture as the page took it over. Times are ms since 1970 by the same machine's clock as the main process's. */
export interface PictureSeen {
  readonly appliedAt: number
  /** After the next animation frame, when it is on screen. */
  readonly paintedAt: number
  readonly takenAt: number
  /** Number of the push, as the main process counts them. */
  readonly seq: number
  readonly rows: number
  /** Partitions by state code. */
  readonly counts: readonly number[]
}

/** Starts noting every picture the page takes over; `seen` collects them. */
export async function watchPictures(page: Page): Promise<{ readonly seen: () => Promise<PictureSeen[]> }> {
  // The loader of this file names inner functions by a helper that a page does not have.
  await page.evaluate('globalThis.__name = (named) => named')
  await page.evaluate(() => {
    const notes: unknown[] = []
    Reflect.set(window, 'benchPictures', notes)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName('highwater:picture')) {
        const appliedAt = performance.timeOrigin + entry.startTime
        const detail = (entry as PerformanceMark).detail as Record<string, unknown>
        requestAnimationFrame(() => notes.push({ ...detail, appliedAt, paintedAt: Date.now() }))
      }
    }).observe({ type: 'mark' })
  })
  return { seen: () => page.evaluate(() => Reflect.get(window, 'benchPictures') as PictureSeen[]) }
}

/** Time between animation frames, in ms, while `selector` is scrolled from top to bottom and back by `step` pixels a frame. */
export function scrollFrames(page: Page, selector: string, step: number, frames: number): Promise<number[]> {
  return page.evaluate(
    ({ selector, step, frames }) =>
      new Promise<number[]>((resolve, reject) => {
        const box = document.querySelector(selector)
        if (box === null) {
          reject(new Error(`${selector} is not on the page`))
          return
        }
        const times: number[] = []
        let last = Number.NaN
        let direction = 1
        const next = (at: number): void => {
          if (!Number.isNaN(last)) times.push(at - last)
          last = at
          if (times.length >= frames) {
            resolve(times)
            return
          }
          if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) direction = -1
          if (box.scrollTop <= 0) direction = 1
          box.scrollTop += step * direction
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    { selector, step, frames },
  )
}
