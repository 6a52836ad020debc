/**
 * A night of watching without a window: `burst` and `flapping` in turn while a process of its own records, for HIGHWATER_MINUTES. Every turn the controllers wrote down is in the file
 * and nothing else, memory is flat, and the file is no larger than what is in it explains. Then the process is stopped for a while, and its wall clock is moved: the gap is
 * marked, and nothing is told that was not. Part of `npm run test:long -- night`.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClusterEvent, KeptEvent, Watched } from '../../src-main/contract/history'
import { direct, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { endings } from '../support/endings'
import * as night from '../support/night'
import { MINUTE_MS, mib, NOTHING_WRONG, pause, QUIET_MS } from '../support/night'
import type { NightOrder, NightState } from '../support/night-child'
import { bookSize } from '../support/stores/book-size'

const MINUTES = Number(process.env['HIGHWATER_MINUTES'] ?? 30)
const STOPPED_MS = 30_000
/** After it: what is told late would be told by then. */
const AFTER_MS = 20_000
const HOUR_MS = 3_600_000
/** What the heap may have grown by between the first rounds, when everything has been through once, and the last. */
const FLAT_BYTES = 12 * 2 ** 20
const opened = endings()
const report: string[] = []
let folder: string
let sandbox: Sandbox
let director: Director
let child: ChildProcess

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

const ownerOf = ({ clusterId }: NightState) => ({ cluster: 'night', clusterId })
const everyEvent = (of: NightState): KeptEvent[] => night.everyEvent(night.bookReader(folder, ownerOf(of)))
const spans = (of: NightState): readonly Watched[] => night.everySpan(night.bookReader(folder, ownerOf(of)))
const line = ({ kind, topic, partition, broker, cause }: ClusterEvent): string =>
  `${kind} ${topic}/${partition} broker ${broker} ${cause}`

it(`${MINUTES} minutes of trouble: nothing lost, nothing invented, memory flat`, async () => {
  const began = Date.now()
  const first = await well()
  const heaps: number[] = []
  let oneLookMs = first.oneLookMs
  const rounds = await night.playNight(director, MINUTES, async () => {
    const now = await well()
    heaps.push(now.heapBytes)
    oneLookMs = Math.max(oneLookMs, now.oneLookMs)
  })
  await pause(QUIET_MS)
  const last = await state()
  expect(last.problems).toEqual([])
  const events = everyEvent(last)
  const times = [{ from: began, to: Date.now() - QUIET_MS / 2 }]
  const verdict = await night.judgeNight(sandbox, events, times, Math.max(oneLookMs, last.oneLookMs), 0)
  const grown = heaps.at(-1)! - heaps[Math.min(1, heaps.length - 1)]!
  report.push(
    `${((Date.now() - began) / MINUTE_MS).toFixed(1)} min, ${rounds} rounds: ${last.events} events told, ${events.length} in the file; ${verdict.words}`,
    `heap after a collection, MiB by round: ${heaps.map(mib).join(' ')}; process ${mib(first.rssBytes)} to ${mib(last.rssBytes)} MiB`,
  )
  expect(events.length).toBe(last.events)
  expect(verdict.wrong).toEqual(NOTHING_WRONG)
  expect(verdict.turns).toBeGreaterThan(0)
  expect(grown).toBeLessThan(FLAT_BYTES)
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

it('ends in order, and the file is as large as foretold', async () => {
  const last = await tell({ say: 'close' })
  expect(last.problems).toEqual([])
  expect(everyEvent(last).length).toBe(last.events)
  expect(spans(last).at(-1)?.end).toBe('closed')
  const size = bookSize(night.bookPath(folder, ownerOf(last)))
  report.push(`file ${size.words}`)
  expect(Math.abs(size.bytes / size.foretold - 1)).toBeLessThan(0.1)
}, 0)
