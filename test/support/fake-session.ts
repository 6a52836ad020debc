import type { ClusterFrame, ClusterStatus, FrameDelta } from '../../src-main/contract/frame'
import type { Watch } from '../../src-main/contract/ipc'
import type { LagSeries } from '../../src-main/contract/live'
import type { ClusterSession, SessionListener } from '../../src-main/monitor/session'
import type { ClusterInside } from '../../src-main/ports/live-cluster'

export interface FakeSession extends ClusterSession {
  /** Calls made on it, in order. */
  readonly made: string[]
  /** Publishes one more reading; `topology` makes it a new epoch. */
  tick(topology?: boolean): void
  say(phase: ClusterStatus['phase']): void
  readonly listeners: number
}

/** Nothing was read yet. */
const EMPTY: ClusterInside = {
  clusterId: () => null,
  reading: () => null,
  facts: () => new Map(),
  settings: () => ({ evictionWindowMs: Number.NaN, sessionTimeoutMs: Number.NaN, version: null }),
  elr: () => false,
  controller: () => -1,
  link: () => null,
  freshReading: () => Promise.resolve(false),
  onPicture: () => () => undefined,
}

/** A session that only counts: its frames and deltas are headers, which is all that whoever forwards them looks at. */
export function fakeSession(cluster: string): FakeSession {
  const made: string[] = []
  const listeners = new Set<SessionListener>()
  let epoch = 1
  let seq = 0
  let phase: ClusterStatus['phase'] = 'connecting'
  const status = (): ClusterStatus => ({ cluster, phase, since: 0, takenAt: seq, nextTryAt: Number.NaN, problem: null })
  const header = { summary: { headline: { level: 'well' } } }
  return {
    cluster,
    made,
    inside: EMPTY,
    get status() {
      return status()
    },
    get listeners() {
      return listeners.size
    },
    tick(topology = false) {
      seq += 1
      if (topology) epoch += 1
      for (const listener of listeners) listener.changed()
    },
    say(next) {
      phase = next
      for (const listener of listeners) listener.status(status())
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    frame() {
      made.push('frame')
      return seq === 0 ? null : ({ cluster, epoch, seq, takenAt: seq, ...header } as ClusterFrame)
    },
    delta(since) {
      made.push(`delta ${since.epoch}.${since.seq}`)
      return since.epoch === epoch ? ({ cluster, epoch, seq, takenAt: seq, ...header } as FrameDelta) : null
    },
    watch: (watch: Watch, rows) => void made.push(`watch ${watch.kind} ${rows.join()}`),
    pause: (paused) => void made.push(`pause ${paused}`),
    cadence: (intervalMs) => void made.push(`cadence ${intervalMs}`),
    shown: (visible) => void made.push(`shown ${visible}`),
    series: (watch) => ({ subject: watch.kind }) as LagSeries,
    close: () => {
      made.push('close')
      return Promise.resolve()
    },
  }
}
