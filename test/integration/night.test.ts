/**
 * A night of watching without a window: `burst` and `flapping` in turn while a process of its own records, for HIGHWATER_MINUTES. Every turn the controllers wrote down is in the file
 * and nothing else, memory is flat, and the file is no larger than what is in it explains. Then the process is stopped for a while, and its wall clock is moved: the gap is
 * marked, and nothing is told that was not. Part of `npm run test:long -- night`.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClusterEvent, KeptEvent, Watched } from '../../src-main/contract/history'
import { bookName } from '../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import type { HistoryReader } from '../../src-main/ports/history'
import { createClock } from '../../src-main/ports/clock'
import { direct, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { readControllersLog } from '../support/controllers-log'
import { endings } from '../support/endings'
import { judgeEvents } from '../support/judge-events'
import type { NightOrder, NightState } from '../support/night-child'

const MINUTES = Number(process.env['HIGHWATER_MINUTES'] ?? 30)
const MINUTE_MS = 60_000
const SCENES = ['burst', 'flapping'] as const
const PLAYED_MS = 60_000
const STOPPED_MS = 30_000
/** After it: what is told late would be told by then. */
const AFTER_MS = 20_000
const HOUR_MS = 3_600_000
const QUIET_MS = 3_000
const LINES = 20
/** What the heap may have grown by between the first rounds, when everything has been through once, and the last. */
const FLAT_BYTES = 12 * 2 ** 20
/** As src-main/history/book says of itself: an event with its indices and time; 64 topics of a sample, all told; a partition of one; a moment beside its parts; one incident; the empty file. */
const BYTES = {
  event: 150,
  topicsOfSample: 64 * 19,
  brokerOfSample: 80,
  partitionOfSample: 40,
  moment: 100,
  incident: 3_000,
  file: 160_000,
} as const

const opened = endings()
const report: string[] = []
let folder: string
let sandbox: Sandbox
let director: Director
let child: ChildProcess

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function tell(order: NightOrder): Promise<NightState> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the recording process has ended'))
    child.once('exit', gone)
    child.once('message', (told: NightState) => {
      child.off('exit', gone)
      resolve(told)
    })
    child.send(order)
  })
}
const state = (): Promise<NightState> => tell({ say: 'state' })
const well = (): Promise<NightState> =>
  until('all to be well', 180_000, async () => {
    const now = await state()
    return now.level === 'well' ? now : null
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-night-'))
  opened.add(() => rmSync(folder, { recursive: true, force: true }))
  sandbox = await startSandbox({ label: 'night' })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  await director.heal()
  const program = fileURLToPath(new URL('../support/night-child.ts', import.meta.url))
  child = fork(program, [folder, sandbox.cluster.bootstrap], { execArgv: ['--expose-gc', '--import', 'tsx'] })
  opened.add(() => void child.kill('SIGKILL'))
  await well()
}, 0)

afterAll(async () => {
  process.stdout.write(`${report.map((one) => `  ${one}`).join('\n')}\n`)
  await opened.all()
})

/** In a process that only reads. */
function reader({ clusterId }: NightState): HistoryReader {
  const onProblem = (cause: unknown): never => {
    throw cause
  }
  return createHistoryFiles(folder, { clock: createClock(), onProblem }).read({ cluster: 'night', clusterId })
}

function everyEvent(of: NightState): KeptEvent[] {
  const book = reader(of)
  const found: KeptEvent[] = []
  for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = book.events({ beforeSeq }, 1_000)
    expect(page.unreadable).toBe(0)
    found.push(...page.rows)
    beforeSeq = page.rows.at(-1)?.seq ?? 0
    ;({ more } = page)
  }
  return found.reverse()
}
const spans = (of: NightState): readonly Watched[] => reader(of).watched(0, Number.MAX_SAFE_INTEGER)
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)
const line = ({ kind, topic, partition, broker, cause }: ClusterEvent): string =>
  `${kind} ${topic}/${partition} broker ${broker} ${cause}`

it(`${MINUTES} minutes of trouble: nothing lost, nothing invented, memory flat, a file as large as what is in it`, async () => {
  const began = Date.now()
  const first = await well()
  const heaps: number[] = []
  let oneLookMs = first.oneLookMs
  for (let round = 0; Date.now() - began < MINUTES * MINUTE_MS; round += 1) {
    await director.play(SCENES[round % SCENES.length]!)
    await pause(PLAYED_MS)
    await director.heal()
    const now = await well()
    heaps.push(now.heapBytes)
    oneLookMs = Math.max(oneLookMs, now.oneLookMs)
  }
  await pause(QUIET_MS)
  const last = await state()
  expect(last.problems).toEqual([])
  const events = everyEvent(last)
  const running = sandbox.cluster.brokers().find(({ state: is }) => is === 'running')!
  const log = await readControllersLog(sandbox.cluster, running.id)
  const verdict = judgeEvents(log, events, began, Date.now() - QUIET_MS / 2, Math.max(oneLookMs, last.oneLookMs))
  const path = join(folder, bookName({ cluster: 'night', clusterId: last.clusterId }))
  const { size } = statSync(path)
  const rowsOfSample = Math.ceil(last.topics / 64) * BYTES.topicsOfSample + last.brokers * BYTES.brokerOfSample
  const predicted =
    BYTES.file +
    last.events * BYTES.event +
    last.samples * rowsOfSample +
    last.partitionSamples * BYTES.partitionOfSample +
    last.moments * BYTES.moment +
    last.momentBytes +
    last.incidents * BYTES.incident
  const grown = heaps.at(-1)! - heaps[Math.min(1, heaps.length - 1)]!
  report.push(
    `${((Date.now() - began) / MINUTE_MS).toFixed(1)} min, ${heaps.length} rounds: ${last.events} events told, ${events.length} in the file; ${verdict.turns} turns in the controllers' log, ${verdict.told} told, ` +
      `${verdict.insideOnePoll} inside one poll (looks at most ${Math.round(oneLookMs)} ms apart), ${verdict.missed.length} missed, ${verdict.invented.length} invented, ${verdict.wrongCause.length} with a wrong cause`,
    `heap after a collection, MiB by round: ${heaps.map(mib).join(' ')}; process ${mib(first.rssBytes)} to ${mib(last.rssBytes)} MiB`,
    `file ${(size / 1024).toFixed(0)} KiB, at most ${(predicted / 1024).toFixed(0)} KiB foretold: ${last.events} events, ${last.samples} samples with ${last.partitionSamples} partitions, ${last.moments} moments of ${(last.momentBytes / 1024).toFixed(0)} KiB, ${last.incidents} incidents`,
  )
  expect(events.length).toBe(last.events)
  expect({
    missed: verdict.missed.slice(0, LINES),
    invented: verdict.invented.slice(0, LINES),
    wrongCause: verdict.wrongCause.slice(0, LINES),
  }).toEqual({ missed: [], invented: [], wrongCause: [] })
  expect(verdict.turns).toBeGreaterThan(0)
  expect(grown).toBeLessThan(FLAT_BYTES)
  expect(size).toBeLessThan(predicted)
}, 0)

it('stopped for a while: the gap is marked, and nothing is told', async () => {
  const before = await well()
  const from = Date.now()
  child.kill('SIGSTOP')
  await pause(STOPPED_MS)
  child.kill('SIGCONT')
  const to = Date.now()
  await pause(AFTER_MS)
  const after = await well()
  expect(everyEvent(after).slice(before.events).map(line)).toEqual([])
  const inGap = spans(after).filter((span) => span.from < to - 1_000 && span.to > from + 1_000)
  expect(inGap).toEqual([])
  expect(spans(after).filter((span) => span.from >= to - 1_000).length).toBe(1)
  report.push(
    `stopped for ${Math.round((to - from) / 1000)} s: ${spans(after)
      .map(({ end }) => end)
      .join(', ')}; no event`,
  )
}, 0)

it.each([
  ['an hour forward', HOUR_MS, 1],
  ['two hours back', -2 * HOUR_MS, 0],
] as const)(
  'the clock moved %s: %s ms, %i gaps marked, and nothing is told',
  async (_what, ms, gaps) => {
    const before = await well()
    const count = spans(before).length
    await tell({ say: 'clock', ms })
    await pause(AFTER_MS)
    const after = await well()
    expect(after.now).toBeGreaterThan(before.now)
    expect(everyEvent(after).slice(before.events).map(line)).toEqual([])
    expect(spans(after).length - count).toBe(gaps)
  },
  0,
)

it('ends in order', async () => {
  const last = await tell({ say: 'close' })
  expect(last.problems).toEqual([])
  expect(everyEvent(last).length).toBe(last.events)
  expect(spans(last).at(-1)?.end).toBe('closed')
}, 0)
