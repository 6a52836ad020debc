import type { ClusterSummary } from '../../src-main/contract/summary'
import { direct, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { launch } from '../e2e/launch'
import { watchPictures } from './in-page'
import { watchSession } from './real-session'
import { percentile } from './report'
import type { Report } from './report'

const FREEZES = 2
const UNDER_REPLICATED = [3, 4, 5]

/** How long a frozen broker stays unnamed, and how long an ISR change of the brokers' metadata takes to the screen. */
export async function benchDetection(report: Report, sandbox: Sandbox): Promise<void> {
  const director = direct(sandbox)
  const session = watchSession(sandbox.cluster.bootstrap)
  const summary = (): ClusterSummary | null => session.frame()?.summary ?? null
  const window = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'bench', ENV: 'dev' } })
  const { seen } = await watchPictures(window.page)
  const named: number[] = []
  const pixels: number[] = []
  try {
    await until('a picture', 60_000, () => summary())
    for (let i = 0; i < FREEZES; i++) {
      const frozenAt = Date.now()
      await sandbox.cluster.freeze(3)
      const foundAt = await until(
        'the frozen broker named',
        20_000,
        () => {
          const silent = summary()?.headline.silent.find(({ broker }) => broker === 3)
          return silent === undefined ? null : Date.now()
        },
        10,
      )
      named.push(foundAt - frozenAt)
      for (const shrunk of [true, false]) {
        if (!shrunk) await sandbox.cluster.thaw(3)
        const changedAt = await until(
          'the ISR change in metadata',
          60_000,
          async () => {
            const view = await sandbox.admin.view(1)
            return view.partitions.some(({ isr, replicas }) => isr.length < replicas.length) === shrunk
              ? Date.now()
              : null
          },
          5,
        )
        const shown = await until(
          'the ISR change on screen',
          60_000,
          async () =>
            (await seen()).find(
              ({ appliedAt, counts }) =>
                appliedAt > changedAt - 300 && UNDER_REPLICATED.some((code) => (counts[code] ?? 0) > 0) === shrunk,
            ) ?? null,
          20,
        )
        pixels.push(Math.max(0, shown.paintedAt - changedAt))
      }
      await director.heal()
      await until('a quiet headline', 60_000, () => (summary()?.headline.silent.length === 0 ? true : null))
    }
  } finally {
    await window.close()
    await session.close()
  }
  report.atMost('3,000 partitions: frozen broker named after, worst', Math.max(...named), 'ms', 3000)
  report.atMost('3,000 partitions: ISR change to pixels, p95', percentile(pixels, 95), 'ms', 400)
}
