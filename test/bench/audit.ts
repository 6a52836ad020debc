import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createAuditBook } from '../../src-main/audit/audit-book'
import { createAudits } from '../../src-main/audit/audits'
import type { Audits } from '../../src-main/audit/audits'
import { READERS, topicsPerQuestion } from '../../src-main/change/configs/read-topics'
import { stepAbort } from '../../src-main/change/links/abortable'
import type { AuditProgress } from '../../src-main/contract/tasks'
import { TOPIC_KEYS } from '../../src-main/domain/audit/facts'
import { describeConfigs, RESOURCE_TOPIC } from '../../src-main/kafka/wire/describe-configs'
import { createClock } from '../../src-main/ports/clock'
import { ACCEPT_LEAST_REASON } from '../../src-main/shared/audit-rules'
import { startSandbox } from '../../tools/sandbox'
import type { NewTopic } from '../../tools/sandbox/create-topics'
import { ask, open } from './bare-sockets'
import { openAsApp, valueOf } from './opened'
import type { OpenedAsApp } from './opened'
import { median } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'
import { threadMs, watchTurns } from './watch-turns'

const TOPICS = 10_000
const ROUNDS = 5
const POLLED_MS = 5_000
const DAY_MS = 86_400_000
/** One after the other: a request of thousands of topics outlasts the brokers' patience. */
const TOPICS_A_REQUEST = 250

interface Ran {
  readonly ms: number
  /** Until the settings of all topics were in. */
  readonly settingsMs: number
}

async function audit(audits: Audits, topics: number): Promise<Ran> {
  const from = performance.now()
  let settingsMs = Number.NaN
  const progress = (news: AuditProgress): void => {
    if (news.step === 'reading' && news.done === news.total) settingsMs = performance.now() - from
  }
  const { report } = valueOf(await audits.run('bench', { signal: stepAbort().signal, progress }))
  const ms = performance.now() - from
  if (report?.topics !== topics) throw new Error(`it looked at ${report?.topics} topics`)
  return { ms, settingsMs }
}

/** From the press of cancel, halfway through the settings, until the audit has ended, in ms. */
async function cancelled(audits: Audits): Promise<number> {
  const abort = stepAbort()
  let from = Number.NaN
  const progress = (news: AuditProgress): void => {
    if (news.step !== 'reading' || news.done < news.total / 2 || abort.signal.aborted) return
    from = performance.now()
    abort.abort()
  }
  const ended = await audits.run('bench', { signal: abort.signal, progress })
  if (ended.ok || ended.error.code !== 'cancelled') throw new Error('it was not cancelled')
  return performance.now() - from
}

/** The audit's questions about settings by plain sockets, as many at once, each after the answer to the one before; nothing is decoded. What any client has to wait for. */
async function bareSettings(bootstrap: string, names: readonly string[]): Promise<number> {
  const addresses = bootstrap.split(',').slice(0, READERS)
  const sockets = await Promise.all(
    addresses.map((address) => {
      const [host = '', port = ''] = address.split(':')
      return open(host, Number(port))
    }),
  )
  const perQuestion = topicsPerQuestion(names.length, TOPIC_KEYS, sockets.length)
  const from = performance.now()
  let next = 0
  await Promise.all(
    sockets.map(async (socket) => {
      while (next < names.length) {
        const some = names.slice(next, next + perQuestion)
        next += some.length
        const resources = some.map((resourceName) => ({
          resourceType: RESOURCE_TOPIC,
          resourceName,
          configurationKeys: TOPIC_KEYS,
        }))
        const question = { resources, includeSynonyms: true, includeDocumentation: false }
        await ask(socket, 32, 3, describeConfigs.encode(3, question))
      }
    }),
  )
  const took = performance.now() - from
  for (const socket of sockets) socket.destroy()
  return took
}

/** Audits and the bare questions in turn, while the monitor polls. */
async function benchOpened(report: Report, label: string, bootstrap: string, opened: OpenedAsApp): Promise<Audits> {
  const { lives, store } = opened
  const audits = createAudits({
    book: createAuditBook(store.db, () => store.prove()),
    find: lives.find,
    linksOf: (live) => lives.linksOf(live),
    clock: createClock(),
  })
  const names = lives.find('bench')?.reading()?.topology.topicNames ?? []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const turns = watchTurns()
  try {
    delay.enable()
    await new Promise((resolve) => setTimeout(resolve, POLLED_MS))
    report.note(`${label}: longest stall while polling only`, delay.max / 1e6, 'ms')
    const runs: Ran[] = []
    const bare: number[] = []
    let used = 0
    let stall = 0
    let turn = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await bareSettings(bootstrap, names))
      delay.reset()
      turns.reset()
      const before = threadMs()
      runs.push(await audit(audits, names.length))
      used += threadMs() - before
      stall = Math.max(stall, delay.max / 1e6)
      turn = Math.max(turn, turns.longestMs())
    }
    const times = runs.map(({ ms }) => ms)
    const settings = runs.map(({ settingsMs }) => settingsMs)
    report.atMost(`${label}: ready after (median)`, median(times), 'ms', 5_000)
    report.note(`${label}: slowest of ${ROUNDS}`, Math.max(...times), 'ms')
    report.note(`${label}: settings of all topics are in after`, median(settings), 'ms')
    report.note(`${label}: the same questions by bare sockets`, median(bare), 'ms')
    report.note(`${label}: settings, ours / bare`, median(settings.map((ms, round) => ms / bare[round]!)), 'x')
    report.note(`${label}: ended after cancel`, await cancelled(audits), 'ms')
    report.note(`${label}: processor time of the main thread, polling included`, used / ROUNDS, 'ms')
    report.atMost(`${label}: longest stall`, stall, 'ms', 50)
    report.note(`${label}: longest turn, processor time of the main thread`, turn, 'ms')
    return audits
  } finally {
    turns.stop()
    delay.disable()
  }
}

/** What a person does with what was found: the whole of it, read and accepted. */
async function benchAccepting(report: Report, label: string, audits: Audits): Promise<void> {
  const { open: found } = valueOf(await audits.view('bench'))
  const from = performance.now()
  for (const { id } of found)
    valueOf(
      await audits.accept('bench', {
        finding: id,
        topic: null,
        until: Date.now() + DAY_MS,
        by: 'bench',
        reason: 'x'.repeat(ACCEPT_LEAST_REASON),
      }),
    )
  report.note(`${label}: ${found.length} findings accepted, each`, (performance.now() - from) / found.length, 'ms')
  const read = performance.now()
  valueOf(await audits.view('bench'))
  report.note(`${label}: the page reads it`, performance.now() - read, 'ms')
}

/** The audit of 10,000 topics of 20 partitions: settings over real sockets, rules, and the run kept on the disk. */
async function benchOne(report: Report, label: string, faulty: boolean): Promise<void> {
  const cluster = await startSyntheticCluster({
    partitions: 200_000,
    topics: TOPICS,
    replicationFactor: 3,
    brokers: 6,
    plans: true,
    faulty,
  })
  const opened = await openAsApp(cluster.bootstrap)
  try {
    const audits = await benchOpened(report, label, cluster.bootstrap, opened)
    if (faulty) await benchAccepting(report, label, audits)
  } finally {
    await opened.close()
    cluster.close()
  }
}

export async function benchAudit(report: Report): Promise<void> {
  await benchOne(report, 'audit, 10k topics', false)
  await benchOne(report, 'audit, 10k topics that all fail', true)
}

/** The same at three real brokers. One partition and one replica each: more the brokers of the sandbox do not carry beside all else on two cores. */
export async function benchRealAudit(report: Report): Promise<void> {
  const sandbox = await startSandbox({ topics: [], steadyTraffic: false })
  try {
    const topics = Array.from({ length: TOPICS }, (_, nth): NewTopic => ({
      name: `team-${nth % 37}.events-${String(nth).padStart(6, '0')}`,
      assignment: [[1 + (nth % 3)]],
      configs: { 'min.insync.replicas': '1' },
    }))
    for (let from = 0; from < TOPICS; from += TOPICS_A_REQUEST)
      await sandbox.admin.createTopics(topics.slice(from, from + TOPICS_A_REQUEST))
    const opened = await openAsApp(sandbox.cluster.bootstrap)
    try {
      await benchOpened(report, 'audit, 10k topics of real brokers', sandbox.cluster.bootstrap, opened)
    } finally {
      await opened.close()
    }
  } finally {
    await sandbox.close()
  }
}
