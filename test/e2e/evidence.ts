/** What is kept of a window when a test fails: the runner prints the beginning of texts, the rest is in the report. */
import type { TestInfo } from '@playwright/test'
import type { Highwater } from './launch'

const LOOK_MS = 5000

/** Address, first lines and footer of the page; why it says nothing otherwise. */
async function words({ page }: Highwater): Promise<string> {
  const look = page.evaluate(() => {
    const text = (selector: string): string =>
      (document.querySelector<HTMLElement>(selector)?.innerText ?? '').replace(/\s+/g, ' ').trim()
    return [
      location.hash,
      text('main h1'),
      text('[data-headline-detail], [data-status]'),
      text('footer'),
      text('main'),
    ].join(' | ')
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>(
    (resolve) => (timer = setTimeout(() => resolve('The page does not answer.'), LOOK_MS)),
  )
  const said = await Promise.race([look.catch((cause: unknown) => String(cause)), late])
  clearTimeout(timer)
  return said
}

/** Attaches words, picture and output of a window to a test that did not go as expected. */
export async function keepEvidence(testInfo: TestInfo, highwater: Highwater, name = 'window'): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return
  await testInfo.attach(`${name} says`, { body: await words(highwater), contentType: 'text/plain' })
  // The end of it is what counts, and what the runner prints is the beginning.
  await testInfo.attach(`${name} printed`, { body: highwater.output().slice(-20_000), contentType: 'text/plain' })
  const picture = await highwater.page.screenshot({ timeout: LOOK_MS }).catch(() => null)
  if (picture !== null) await testInfo.attach(`${name} shows`, { body: picture, contentType: 'image/png' })
}
