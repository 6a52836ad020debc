/**
 * What is remembered of real brokers against the controllers' own log: scenes of trouble on five brokers and a restart of each in turn, and then every change of a leader and an ISR that the
 * controllers wrote down must have been told, with the right replica, a span that contains its time, and a cause that the log bears out; and nothing else. Part of
 * `npm run test:long -- events`: about ten minutes.
 */
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { memoryLosses } from '../../src-main/inspect/memory-losses'
import { createSampleStore } from '../../src-main/history/samples'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createSession, type ClusterSession } from '../../src-main/monitor/session'
import { createClock } from '../../src-main/ports/clock'
import { direct, fiveShape, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { readControllersLog } from '../support/controllers-log'
import { endings } from '../support/endings'
import { judgeEvents, judgeTopics } from '../support/judge-events'
import { MemoryHistory } from '../support/memory-history'

const SCENES = [
  'flapping',
  'slow-follower',
  'dead-broker',
  'two-brokers',
  'unclean',
  'reassign',
  'topic-anew',
  'shutdown',
] as const
/** What a scene does has shown by then: a session ends after 9 s, a follower is evicted after 10 to 15 s. */
const SHOWS_MS = 25_000
/** Brokers and controllers write and apply for a moment longer. */
const QUIET_MS = 3_000
const LINES = 20

const opened = endings()
const history = new MemoryHistory()
const report: string[] = []
let sandbox: Sandbox
let director: Director
let session: ClusterSession
/** The longest between two looks. */
let oneLookMs = 0

const level = (): string => session.frame()?.summary.headline.level ?? 'unread'
const well = (): Promise<boolean> => until('all to be well', 180_000, () => level() === 'well' || null, 50)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

beforeAll(async () => {
  sandbox = await startSandbox({ shape: fiveShape, label: 'events' })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  await director.heal()
  const parsed = parseBootstrap([sandbox.cluster.bootstrap])
  if (!parsed.ok) throw new Error(parsed.error.message)
  session = createSession({
    cluster: 'events',
    port: createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null }),
    // The controllers' times are those of the wall clock.
    clock: { ...createClock(), now: () => Date.now() },
    busyMs: () => performance.eventLoopUtilization().active,
    intervalMs: 0,
    samples: createSampleStore(),
    losses: memoryLosses(),
    history,
    onError: (cause) => {
      throw cause
    },
  })
  opened.add(() => session.close())
  let sentAt = Number.NaN
  session.inside.onPicture(() => {
    const now = session.inside.reading()!.metadataAt
    oneLookMs = Math.max(oneLookMs, now - sentAt || 0)
    sentAt = now
  })
  await well()
}, 0)

afterAll(async () => {
  process.stdout.write(`${report.map((one) => `  ${one}`).join('\n')}\n`)
  await opened.all()
})

async function judge(what: string, from: number): Promise<void> {
  await pause(QUIET_MS)
  const to = Date.now() - QUIET_MS / 2
  const running = sandbox.cluster.brokers().find(({ state }) => state === 'running')!
  const log = await readControllersLog(sandbox.cluster, running.id)
  const verdict = judgeEvents(log, history.events, from, to, oneLookMs)
  const topics = judgeTopics(log, history.events, from, to)
  const { turns, told, insideOnePoll, widestMs, missed, invented, wrongCause, withoutCause, wrongFigures, outOfOrder } =
    verdict
  report.push(
    `${what}: ${turns} turns in the controllers' log, ${told} told, ${insideOnePoll} inside one poll (looks at most ${Math.round(oneLookMs)} ms apart), ${missed.length} missed, ${invented.length} invented, ${wrongCause.length} with a wrong cause, ${withoutCause.length} without one, ${wrongFigures.length} with another epoch or leader before, ${outOfOrder.length} out of order; spans at most ${Math.round(widestMs)} ms; ${topics.turns} topics came, went or were made anew, ${topics.wrong.length} told otherwise`,
  )
  for (const one of withoutCause.slice(0, LINES)) report.push(`  no cause: ${one}`)
  expect({
    missed: missed.slice(0, LINES),
    invented: invented.slice(0, LINES),
    wrongCause: wrongCause.slice(0, LINES),
    wrongFigures: wrongFigures.slice(0, LINES),
    outOfOrder: outOfOrder.slice(0, LINES),
    topics: topics.wrong,
  }).toEqual({ missed: [], invented: [], wrongCause: [], wrongFigures: [], outOfOrder: [], topics: [] })
  expect(turns + topics.turns).toBeGreaterThan(0)
}

it.each(SCENES)(
  '%s: every turn is told once, in time and with its cause',
  async (scene) => {
    const from = Date.now()
    const before = history.incidents.size
    await director.play(scene)
    await pause(SHOWS_MS)
    await director.heal()
    await well()
    report.push(`${scene}: ${history.incidents.size - before} incidents`)
    await judge(scene, from)
  },
  0,
)

it('a restart of all five, one after the other', async () => {
  const from = Date.now()
  for (const { id } of sandbox.cluster.brokers()) {
    await sandbox.cluster.stopGracefully(id)
    await pause(3_000)
    await sandbox.cluster.restart(id)
    await well()
  }
  await judge('rolling restart', from)
}, 0)
