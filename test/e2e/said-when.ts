/**
 * What the headline said and when it was on the screen, written down by the page itself, beside what the brokers' own Metadata told and when.
 * Both by the clock of the machine: a test process that reads late measures no later.
 */
import type { Page } from '@playwright/test'
import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'

export interface Said {
  /** When it had been painted, ms since 1970. */
  readonly at: number
  readonly headline: string
  readonly detail: string
}

const KEPT = 'headlinesSaid'

/** Starts to write down; what was written before is dropped. Goes on until the page is loaded again. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate((kept) => {
    const begun = Reflect.has(globalThis, kept)
    Reflect.set(globalThis, kept, [])
    if (begun) return
    const text = (selector: string): string => document.querySelector<HTMLElement>(selector)?.innerText ?? ''
    let last = ''
    const note = (): void => {
      const said = { headline: text('[data-headline]'), detail: text('[data-headline-detail]') }
      const key = `${said.headline}\n${said.detail}`
      if (key === last) return
      last = key
      // The second frame begins when the first has been painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => (Reflect.get(globalThis, kept) as unknown[]).push({ at: Date.now(), ...said })),
      )
    }
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, KEPT)
}

/** The first since `listen` whose headline or detail fits; the two are a line each. */
export function untilSaid(page: Page, pattern: RegExp, limitMs = 90_000): Promise<Said> {
  return until(`the board to say ${String(pattern)}`, limitMs, async () => {
    const said = await page.evaluate((kept) => Reflect.get(globalThis, kept) as Said[], KEPT)
    return said.find((one) => pattern.test(`${one.headline}\n${one.detail}`)) ?? null
  })
}

/** The last moment at which broker 1 was asked and still listed `broker` as live. Resolves when it does not any more. */
export async function listedUntil({ admin }: Sandbox, broker: number, limitMs = 90_000): Promise<number> {
  let listedAt = Number.NaN
  await until(
    `the metadata to drop broker ${broker}`,
    limitMs,
    async () => {
      const askedAt = Date.now()
      if (!(await admin.view(1)).brokers.includes(broker)) return true
      listedAt = askedAt
      return null
    },
    20,
  )
  return listedAt
}

const BEAT_MS = 20

/** Adds up how long this machine ran nobody: a pause of the machine is not the product's. Answers the sum when it is called. */
export function measurePauses(): () => number {
  let before = performance.now()
  let pausedMs = 0
  const timer = setInterval(() => {
    const now = performance.now()
    const lateMs = now - before - BEAT_MS
    if (lateMs > 5 * BEAT_MS) pausedMs += lateMs
    before = now
  }, BEAT_MS)
  return () => {
    clearInterval(timer)
    return pausedMs
  }
}
