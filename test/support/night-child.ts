/**
 * Highwater's inside in a process of its own, as a night run leaves it alone: `night-child.ts FOLDER BOOTSTRAP` watches the cluster and records into FOLDER. It answers `state` over
 * IPC; `clock` moves the wall clock behind its clock port by so many ms; `close` ends it in order.
 */
import { performance } from 'node:perf_hooks'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { createSampleStore } from '../../src-main/history/samples'
import { memoryLosses } from '../../src-main/inspect/memory-losses'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createSession } from '../../src-main/monitor/session'
import { createClock } from '../../src-main/ports/clock'
import { createSteadyClock } from '../../src-main/shared/steady-clock'

export type NightOrder =
  { readonly say: 'state' } | { readonly say: 'clock'; readonly ms: number } | { readonly say: 'close' }

export interface NightState {
  readonly clusterId: string
  readonly level: string
  /** Handed to the file so far. */
  readonly events: number
  /** The longest between two looks since it was asked last. */
  readonly oneLookMs: number
  /** After a collection. */
  readonly heapBytes: number
  readonly rssBytes: number
  readonly now: number
  /** What it told the log. */
  readonly problems: readonly string[]
}

const [folder = '', bootstrap = ''] = process.argv.slice(2)
const problems: string[] = []
let shift = 0
const steady = createSteadyClock(
  () => Date.now() + shift,
  () => performance.now(),
)
const clock = { ...createClock(), now: () => steady.now() }
const files = createHistoryFiles(folder, { clock, onProblem: (cause) => problems.push(String(cause)) })
const seen = { events: 0 }
const counted: typeof files = {
  ...files,
  write(owner) {
    const writer = files.write(owner)
    if (writer === null) return null
    const add = writer.add.bind(writer)
    return Object.assign(writer, {
      add: (...[events, incident]: Parameters<typeof add>) => {
        seen.events += events.length
        add(events, incident)
      },
    })
  },
}
const parsed = parseBootstrap([bootstrap])
if (!parsed.ok) throw new Error(parsed.error.message)
const session = createSession({
  cluster: 'night',
  port: createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null }),
  clock,
  busyMs: () => performance.eventLoopUtilization().active,
  intervalMs: 0,
  samples: createSampleStore(),
  losses: memoryLosses(),
  history: counted,
  onError: (cause) => problems.push(String(cause)),
})
let lookedAt = Number.NaN
let oneLookMs = 0
session.inside.onPicture(() => {
  const at = session.inside.reading()!.metadataAt
  oneLookMs = Math.max(oneLookMs, at - lookedAt || 0)
  lookedAt = at
})

function state(): NightState {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const told = {
    clusterId: session.inside.clusterId() ?? '',
    level: session.frame()?.summary.headline.level ?? 'unread',
    events: seen.events,
    oneLookMs,
    heapBytes: heapUsed,
    rssBytes: rss,
    now: clock.now(),
    problems,
  }
  oneLookMs = 0
  return told
}

process.on('message', (order: NightOrder) => {
  if (order.say === 'clock') shift += order.ms
  const told = state()
  if (order.say !== 'close') process.send?.(told)
  else void session.close().then(() => process.send?.(told, () => process.exit(0)))
})
process.on('disconnect', () => process.exit(0))
