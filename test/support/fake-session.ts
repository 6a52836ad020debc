import type { ClusterFrame, ClusterStatus, FrameDelta } from '../../src-main/contract/frame'
import type { LagSeries } from '../../src-main/contract/live'
import { UNREAD_SETTINGS } from '../../src-main/domain/topology/reading'
import type { Reader } from '../../src-main/monitor/observe/readers'
import type { ClusterSession } from '../../src-main/monitor/session'
import type { ClusterInside } from '../../src-main/ports/live-cluster'

export interface FakeSession extends ClusterSession {
  /** Calls made on it, in order. */
  readonly made: string[]
  /** Publishes one more reading; `topology` makes it a new epoch. */
  tick(topology?: boolean): void
  say(phase: ClusterStatus['phase']): void
  /** Who listens or reads. */
  readonly listeners: number
  /** Makes the next look at a reader fail. */
  fail(cause: Error): void
}

/** Nothing was read yet. */
const EMPTY: ClusterInside = {
  clusterId: () => null,
  reading: () => null,
  facts: () => new Map(),
  settings: () => UNREAD_SETTINGS,
  elr: () => false,
  controller: () => -1,
  denied: () => false,
  noteDenied: () => undefined,
  link: () => null,
  freshReading: () => Promise.resolve(false),
  onPicture: () => () => undefined,
}

/** A session that only counts: its frames and deltas are headers, which is all that whoever forwards them looks at. */
export function fakeSession(cluster: string, clusterId: string | null = null): FakeSession {
  const made: string[] = []
  const listeners = new Set<(status: ClusterStatus) => void>()
  const readers = new Set<() => void>()
  let failure: Error | null = null
  let attended = true
  let epoch = 1
  let seq = 0
  let phase: ClusterStatus['phase'] = 'connecting'
  const status = (): ClusterStatus => ({ cluster, phase, since: 0, takenAt: seq, nextTryAt: Number.NaN, problem: null })
  const header = { summary: { headline: { level: 'well' } } }
  function fakeReader(changed: () => void): Reader {
    let cursor: { readonly epoch: number; readonly seq: number } | null = null
    return {
      next() {
        if (failure !== null) {
          const cause = failure
          failure = null
          throw cause
        }
        const before = cursor
        made.push(before === null ? 'frame' : `delta ${before.epoch}.${before.seq}`)
        if (seq === 0) return null
        cursor = { epoch, seq }
        const whole = { cluster, epoch, seq, takenAt: seq, ...header }
        return before?.epoch === epoch
          ? { type: 'delta', delta: whole as FrameDelta }
          : { type: 'frame', frame: whole as ClusterFrame }
      },
      restart() {
        cursor = null
      },
      watch: ({ partition, chart, rows }) =>
        void made.push(
          `watch ${partition === null ? '-' : `${partition.topic}/${partition.partition}`} ${chart.kind} ${rows.join()}`,
        ),
      shown: (visible) => void made.push(`shown ${visible}`),
      close() {
        readers.delete(changed)
        made.push('let go')
      },
    }
  }
  return {
    cluster,
    made,
    losses: null,
    history: null,
    controllers: {
      quorum: () => ({ state: 'unknown', why: 'not-asked', since: Number.NaN, last: null }),
      shortIsr: () => null,
      agreement: () => null,
    },
    inside: { ...EMPTY, clusterId: () => clusterId },
    get status() {
      return status()
    },
    get listeners() {
      return listeners.size + readers.size
    },
    tick(topology = false) {
      seq += 1
      if (topology) epoch += 1
      for (const changed of readers) changed()
    },
    say(next) {
      phase = next
      for (const listener of listeners) listener(status())
    },
    fail(cause) {
      failure = cause
    },
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    frame: () => null,
    reader(changed) {
      readers.add(changed)
      return fakeReader(changed)
    },
    pause: (paused) => void made.push(`pause ${paused}`),
    tryAgain: () => void made.push('try again'),
    woke: () => void made.push('woke'),
    cadence: (intervalMs) => void made.push(`cadence ${intervalMs}`),
    attend: (now) => {
      if (now === attended) return
      attended = now
      made.push(`attend ${now}`)
    },
    list: (now) => void made.push(`list ${now}`),
    observe: () => () => undefined,
    series: (watch) => ({ subject: watch.kind }) as LagSeries,
    whatIf: (brokers) => {
      made.push(`what if ${brokers.join()}`)
      return Promise.resolve(null)
    },
    close: () => {
      made.push('close')
      return Promise.resolve()
    },
  }
}
