import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createAuditBook } from '../../src-main/audit/audit-book'
import { createAudits } from '../../src-main/audit/audits'
import type { Audits } from '../../src-main/audit/audits'
import { ACCEPT_LEAST_REASON } from '../../src-main/shared/audit-rules'
import { openAsApp, valueOf } from './opened'
import { median } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'
import { threadMs, watchTurns } from './watch-turns'

const TOPICS = 10_000
const ROUNDS = 5
const POLLED_MS = 5_000
const DAY_MS = 86_400_000

async function audit(audits: Audits, topics: number): Promise<number> {
  const from = performance.now()
  const { report } = valueOf(
    await audits.run('bench', { signal: new AbortController().signal, progress: () => undefined }),
  )
  const took = performance.now() - from
  if (report?.topics !== topics) throw new Error(`it looked at ${report?.topics} topics`)
  return took
}

/** The audit of 10,000 topics of 20 partitions while the monitor polls them: settings over real sockets, rules, and the run kept on the disk. */
async function benchOne(report: Report, label: string, faulty: boolean): Promise<void> {
  const cluster = await startSyntheticCluster({
    partitions: 200_000,
    topics: TOPICS,
    replicationFactor: 3,
    brokers: 6,
    plans: true,
    faulty,
  })
  const { lives, store, close } = await openAsApp(cluster.bootstrap)
  const audits = createAudits({
    book: createAuditBook(store.db, () => store.prove()),
    find: lives.find,
    linksOf: (live) => lives.linksOf(live),
    now: Date.now,
  })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const turns = watchTurns()
  try {
    delay.enable()
    await new Promise((resolve) => setTimeout(resolve, POLLED_MS))
    report.note(`${label}: longest stall while polling only`, delay.max / 1e6, 'ms')
    const times: number[] = []
    delay.reset()
    turns.reset()
    const used = threadMs()
    for (let round = 0; round < ROUNDS; round += 1) times.push(await audit(audits, TOPICS))
    report.atMost(`${label}: ready after (median)`, median(times), 'ms', 5_000)
    report.note(`${label}: processor time of the main thread, polling included`, (threadMs() - used) / ROUNDS, 'ms')
    report.note(`${label}: slowest of ${ROUNDS}`, Math.max(...times), 'ms')
    report.atMost(`${label}: longest stall`, delay.max / 1e6, 'ms', 50)
    report.note(`${label}: longest turn, processor time of the main thread`, turns.longestMs(), 'ms')
    if (!faulty) return
    const open = valueOf(audits.view('bench')).open
    delay.reset()
    turns.reset()
    const from = performance.now()
    for (const { id } of open)
      valueOf(
        audits.accept('bench', {
          finding: id,
          topic: null,
          until: Date.now() + DAY_MS,
          by: 'bench',
          reason: 'x'.repeat(ACCEPT_LEAST_REASON),
        }),
      )
    report.note(`${label}: ${open.length} findings accepted, each`, (performance.now() - from) / open.length, 'ms')
    const read = performance.now()
    valueOf(audits.view('bench'))
    report.note(`${label}: the page reads it`, performance.now() - read, 'ms')
  } finally {
    turns.stop()
    delay.disable()
    await close()
    cluster.close()
  }
}

export async function benchAudit(report: Report): Promise<void> {
  await benchOne(report, 'audit, 10k topics', false)
  await benchOne(report, 'audit, 10k topics that all fail', true)
}
