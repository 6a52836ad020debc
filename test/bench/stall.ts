import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createSampleStore } from '../../src-main/history/samples'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createClock } from '../../src-main/monitor/clock'
import { createSession } from '../../src-main/monitor/session-impl'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'

const POLLED_MS = 20_000

/** Client, monitor and rules as they run in the main process, over loopback sockets, with 200,000 partitions. */
export async function benchStall(report: Report): Promise<void> {
  const cluster = await startSyntheticCluster({ partitions: 200_000, topics: 10_000, replicationFactor: 3, brokers: 6 })
  const bootstrap = parseBootstrap(cluster.bootstrap.split(','))
  if (!bootstrap.ok) throw new Error(bootstrap.error.message)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const started = Date.now()
  delay.enable()
  const session = createSession({
    cluster: 'bench',
    port: createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl: null }),
    clock: createClock(),
    busyMs: () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
    intervalMs: 0,
    samples: createSampleStore(),
    onError: (cause) => console.error(cause),
  })
  try {
    await new Promise<void>((resolve) => {
      const stop = session.listen({ changed: () => (stop(), resolve()), status: () => undefined })
    })
    report.note('200k: first picture after', Date.now() - started, 'ms')
    report.atMost('200k: longest stall until the first picture', delay.max / 1e6, 'ms', 50)
    let pictures = 0
    session.listen({ changed: () => void (pictures += 1), status: () => undefined })
    delay.reset()
    await new Promise((resolve) => setTimeout(resolve, POLLED_MS))
    report.atMost('200k: longest stall while polling', delay.max / 1e6, 'ms', 50)
    report.note('200k: 99.9th percentile of stalls', delay.percentile(99.9) / 1e6, 'ms')
    report.note('200k: pictures per second', (pictures * 1000) / POLLED_MS, '/s')
  } finally {
    await session.close()
    cluster.close()
  }
}
