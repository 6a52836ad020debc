import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { IsrChangeCount } from '../../src-main/domain/samples/isr-changes'
import { LeaderEnds } from '../../src-main/domain/samples/leader-ends'
import { takeSample } from '../../src-main/domain/samples/take-sample'
import { Presences } from '../../src-main/domain/state/presences'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { bookName } from '../../src-main/history/book/book-name'
import { historyRoutes } from '../../src-main/ipc/routes/history'
import type { ClusterSession } from '../../src-main/monitor/session'
import type { HistoryReader } from '../../src-main/ports/history'
import { cpuMs, createClock, wait } from '../../src-main/ports/clock'
import type { Clock } from '../../src-main/ports/clock'
import { factsOf, judge, makeLate, readingOf, START } from '../support/columns'
import { event } from '../support/history-events'
import { fillMonth } from '../support/stores/month-of-samples'
import type { Report } from './report'
import { threadMs, watchTurns } from './watch-turns'

const SECONDS = 60
const PER_SECOND = 1_000
const OWNER = { cluster: 'bench', clusterId: 'bench' }

function count(reader: HistoryReader): number {
  let found = 0
  for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = reader.events({ beforeSeq }, 1_000)
    found += page.rows.length
    beforeSeq = page.rows.at(-1)?.seq ?? 0
    ;({ more } = page)
  }
  return found
}

/** As another process reads it: what waits to be written is not there. */
const countOf = (folder: string, clock: Clock): number =>
  count(createHistoryFiles(folder, { clock, onProblem: (cause) => console.error(cause) }).read(OWNER))

export async function benchHistory(report: Report): Promise<void> {
  benchSample(report)
  await benchEvents(report)
  await benchMonth(report)
}

/** A sample of 200,000 partitions of 10,000 topics, of which every tenth has a follower behind: its pieces, and all of them. */
function benchSample(report: Report): void {
  const partitions = Array.from({ length: 20 }, (_, n) => ({
    replicas: [1 + (n % 3), 1 + ((n + 1) % 3), 1 + ((n + 2) % 3)],
  }))
  const reading = readingOf(Array.from({ length: 10_000 }, (_, n) => ({ name: `topic-${n}`, partitions })))
  reading.lagRecords.fill(0)
  reading.sentAt.fill(START)
  reading.readAt.fill(START)
  for (let replica = 0; replica < reading.lagRecords.length; replica += 30)
    makeLate(reading, replica, START - 5_000, START, replica)
  const pass = takeSample({
    reading,
    columns: judge(reading),
    presences: new Presences(factsOf([1, 2, 3]), START),
    brokers: [1, 2, 3],
    now: START,
    ends: new LeaderEnds(reading.topology),
    isrChanges: new IsrChangeCount().take(),
  })
  const began = performance.now()
  let longest = 0
  for (let from = began; pass.next().done !== true;) {
    const now = performance.now()
    longest = Math.max(longest, now - from)
    from = now
  }
  report.atMost('history: longest piece of a sample of 200,000 partitions', longest, 'ms', 5)
  report.note('history: a sample of 200,000 partitions', performance.now() - began, 'ms')
}

const MONTH_MS = 30 * 86_400_000
const TIMELINE_EVENTS = 3_000

/** What a timeline of 30 days asks for when it opens, of a file with all of it and 100 brokers: how long it takes, and its longest piece. What it then takes to be drawn is seen in the window. */
async function benchMonth(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-bench-month-'))
  const clock = createClock()
  const until = clock.now()
  try {
    const files = createHistoryFiles(folder, { clock, onProblem: (cause) => console.error(cause) })
    const writer = files.write(OWNER)
    if (writer === null) throw new Error('somebody else writes')
    for (let n = TIMELINE_EVENTS; n > 0; n -= 1)
      writer.add([event({ topic: 'orders', partition: 0, to: until - n * 800_000 })], 1)
    writer.close()
    const rows = fillMonth(join(folder, bookName(OWNER)), until, 100, 1)
    report.note('history: rows of samples of 30 days', rows, '')
    const reader = files.read(OWNER)
    let longest = 0
    const timed =
      <A extends readonly unknown[], T>(read: (...asked: A) => T) =>
      (...asked: A): T => {
        const began = performance.now()
        const answer = read(...asked)
        longest = Math.max(longest, performance.now() - began)
        return answer
      }
    const watched: HistoryReader = {
      ...reader,
      samples: timed(reader.samples.bind(reader)),
      partitionSamples: timed(reader.partitionSamples.bind(reader)),
      events: timed(reader.events.bind(reader)),
    }
    const session = { history: { reader: watched, writes: true, announce: () => undefined } }
    const routes = historyRoutes({ get: () => session as unknown as ClusterSession }, clock)
    const span = { cluster: 'bench', from: until - MONTH_MS, until }
    const samples = { ...span, resolutionMs: MONTH_MS / 600 }
    const any = { incident: -1, kinds: [], broker: -1, beforeSeq: 0, limit: 2_000 }
    const ask = async (): Promise<number> => {
      const began = performance.now()
      await Promise.all([
        routes['history:samples']({ ...samples, subject: { kind: 'topic', topic: 'orders' } }),
        routes['history:samples']({ ...samples, subject: { kind: 'broker', broker: 99 } }),
        routes['history:partition-samples']({ ...samples, topic: 'orders', partition: 0 }),
        routes['history:events']({ ...span, ...any, topic: 'orders', partition: 0 }),
      ])
      return performance.now() - began
    }
    report.note('history: 30 days for a timeline, the first time', await ask(), 'ms')
    longest = 0
    const used = threadMs()
    report.atMost('history: 30 days for a timeline', await ask(), 'ms', 300)
    report.note('history: 30 days for a timeline, processor time of the main thread', threadMs() - used, 'ms')
    report.atMost('history: its longest piece of the main process', longest, 'ms', 5)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A thousand events a second for a minute into a file on a disk, of 3,000 topics and 9 brokers: how long a turn takes, what it costs, and that none is lost. */
async function benchEvents(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-bench-history-'))
  const clock = createClock()
  const files = createHistoryFiles(folder, { clock, onProblem: (cause) => console.error(cause) })
  const writer = files.write(OWNER)
  if (writer === null) throw new Error('somebody else writes')
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const turns = watchTurns()
  const cpu = cpuMs()
  let next = 0
  delay.enable()
  try {
    const began = clock.now()
    while (next < SECONDS * PER_SECOND) {
      const due = Math.min(SECONDS * PER_SECOND, Math.floor(((clock.now() - began) / 1_000) * PER_SECOND))
      const batch = []
      for (; next < due; next += 1)
        batch.push(
          event({ topic: `topic-${(next * 7_919) % 3_000}`, partition: next % 50, broker: next % 9, to: clock.now() }),
        )
      writer.add(batch, 1)
      writer.watch({ from: began, to: clock.now(), end: 'open' })
      await wait(clock, 100)
    }
    await wait(clock, 1_000)
    report.atMost('history, 1,000 events a second: longest stall', delay.max / 1e6, 'ms', 50)
    report.note('history: longest turn, processor time of the main thread', turns.longestMs(), 'ms')
    report.note('history: processor time per event', ((cpuMs() - cpu) * 1_000) / next, 'us')
    report.note('history: events of a minute not in the file a second later', next - countOf(folder, clock), '')
    const asked = performance.now()
    writer.events({ topic: 'topic-7' }, 200)
    report.note('history: a page of one topic', performance.now() - asked, 'ms')
    writer.close()
    report.atMost('history: events of a minute missing in the closed file', next - countOf(folder, clock), '', 0)
    report.note('history: bytes per event', statSync(join(folder, bookName(OWNER))).size / next, '')
  } finally {
    turns.stop()
    delay.disable()
    rmSync(folder, { recursive: true, force: true })
  }
}
