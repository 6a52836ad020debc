/** What the page of clusters costs while it shows twenty that live: printed, not judged. */
import { expect, test } from '../fixture'
import type { Highwater } from '../launch'
import { openFleet, untilRead, WATCHED } from '../saved-fleet'

const MEASURED_MS = 20_000

test.describe.configure({ timeout: 480_000 })

/** Processor time so far, and memory, of our main process and of the page. */
const costsOf = ({ app }: Highwater) =>
  app.evaluate(({ app }) => {
    const of = (type: string) => {
      const one = app.getAppMetrics().find((metric) => metric.type === type)
      return {
        cpuS: one?.cpu.cumulativeCPUUsage ?? Number.NaN,
        rssMiB: (one?.memory.workingSetSize ?? Number.NaN) / 1024,
      }
    }
    return { main: of('Browser'), page: of('Tab') }
  })

test('what twenty clusters on screen cost', async ({ sandbox, built }) => {
  expect(built).toBe(true)
  const highwater = await openFleet(sandbox)
  const { page } = highwater
  await untilRead(page)
  await page.waitForTimeout(MEASURED_MS / 2)
  const before = await costsOf(highwater)
  const began = Date.now()
  await page.waitForTimeout(MEASURED_MS)
  const after = await costsOf(highwater)
  const share = (a: number, b: number): string =>
    `${(((b - a) * 100_000) / (Date.now() - began)).toFixed(1)} % of a core`
  console.log(
    `fleet of ${WATCHED}, on screen: main ${share(before.main.cpuS, after.main.cpuS)}, ${after.main.rssMiB.toFixed(0)} MiB RSS; ` +
      `page ${share(before.page.cpuS, after.page.cpuS)}, ${after.page.rssMiB.toFixed(0)} MiB RSS`,
  )
  await highwater.close()
})
