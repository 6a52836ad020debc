import { launch } from '../e2e/launch'
import { until } from '../../tools/sandbox'
import { watchPictures } from './in-page'
import { cpuMs } from './process-tree'
import { sandboxOf } from './real-sandbox'
import type { Report } from './report'

const MEASURED_MS = 30_000
const SETTLE_MS = 8_000

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function share(pid: number): Promise<number> {
  await rest(SETTLE_MS)
  const from = cpuMs(pid)
  const at = performance.now()
  await rest(MEASURED_MS)
  return ((cpuMs(pid) - from) / (performance.now() - at)) * 100
}

/** Processor time of our whole process tree on the sandbox, 300 partitions, polling each second, window shown and then hidden. */
export async function benchIdle(report: Report): Promise<void> {
  const sandbox = await sandboxOf(300)
  const opened = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'bench', ENV: 'dev' } })
  try {
    const { seen } = await watchPictures(opened.page)
    await until('pictures', 60_000, async () => ((await seen()).length > 4 ? true : null))
    await opened.page.evaluate(() => window.highwater['cluster:cadence']({ cluster: 'from-start', intervalMs: 1000 }))
    const pid = opened.app.process().pid ?? -1
    report.atMost('idle CPU, 300 partitions, 1 s, window shown', await share(pid), '% of a core', 3)
    await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    report.atMost('idle CPU, 300 partitions, 1 s, window hidden', await share(pid), '% of a core', 1.5)
  } finally {
    await opened.close()
    await sandbox.close()
  }
}
