import { monitorEventLoopDelay } from 'node:perf_hooks'
import { watchSession } from './real-session'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'
import { watchTurns } from './watch-turns'

const POLLED_MS = 20_000

/** Client, monitor and rules as they run in the main process, over loopback sockets, with 200,000 partitions. */
export async function benchStall(report: Report): Promise<void> {
  const cluster = await startSyntheticCluster({ partitions: 200_000, topics: 10_000, replicationFactor: 3, brokers: 6 })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const turns = watchTurns()
  const started = Date.now()
  delay.enable()
  let pictures = 0
  let first: () => void = () => undefined
  const shown = new Promise<void>((resolve) => (first = resolve))
  const session = watchSession(cluster.bootstrap, () => {
    pictures += 1
    first()
  })
  try {
    await shown
    report.note('200k: first picture after', Date.now() - started, 'ms')
    report.atMost('200k: longest stall until the first picture', delay.max / 1e6, 'ms', 50)
    report.note('200k: of which processor time of the main thread, first picture', turns.longestMs(), 'ms')
    pictures = 0
    delay.reset()
    turns.reset()
    await new Promise((resolve) => setTimeout(resolve, POLLED_MS))
    report.atMost('200k: longest stall while polling', delay.max / 1e6, 'ms', 50)
    report.note('200k: of which processor time of the main thread, polling', turns.longestMs(), 'ms')
    report.note('200k: 99.9th percentile of stalls', delay.percentile(99.9) / 1e6, 'ms')
    report.note('200k: pictures per second', (pictures * 1000) / POLLED_MS, '/s')
  } finally {
    turns.stop()
    await session.close()
    cluster.close()
  }
}
