import type { ClusterStatus, FrameDelta, SentFrame } from '../contract/frame'
import type { Watch } from '../contract/ipc'
import type { LagSeries } from '../contract/live'
import type { ClusterPort } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import type { ClusterInside } from '../ports/live-cluster'
import type { Picture } from './judge/picture'
import { Monitor } from './monitor'
import { chartEvents, type EventStore } from './observe/chart-events'
import { chartPoint } from './observe/chart-point'
import { Frames, type Aside, type Cursor } from './observe/frames'
import { createInside } from './observe/inside'
import { rowsShown, watchedPartition, worstLags, type LiveView } from './observe/live-view'
import { Sampler, type SampleSink } from './observe/sampler'

/** What a session tells whoever listens. `changed` is called at most once per tick; the listener decides whether to fetch a delta (hidden windows do not). */
export interface SessionListener {
  changed(): void
  status(status: ClusterStatus): void
}

/**
 * One opened cluster as the ipc layer sees it. Deltas are pulled per consumer: `delta(since)` gives the rows that changed since that cursor, so a hidden
 * window costs nothing and "latest wins" holds by construction; null = the topology changed or the cursor is too old: fetch `frame()`.
 */
export interface ClusterSession {
  readonly cluster: string
  readonly status: ClusterStatus
  listen(listener: SessionListener): () => void
  /** null until the first complete reading. */
  frame(): SentFrame | null
  delta(since: Cursor): FrameDelta | null
  watch(watch: Watch, rows: readonly number[]): void
  pause(paused: boolean): void
  /** 0 = automatic. */
  cadence(intervalMs: number): void
  /** Hidden windows let the monitor slow down to 1 s polling at most often. */
  shown(visible: boolean): void
  series(watch: Watch): LagSeries
  readonly inside: ClusterInside
  close(): Promise<void>
}

/** Where lag and events are remembered for the charts; history/samples fits. */
export interface ChartStore extends SampleSink, EventStore {
  read(subject: Watch, evictionWindowMs: number, now: number): LagSeries
}

export interface SessionOptions {
  /** Profile id. */
  readonly cluster: string
  /** Is closed with the session. */
  readonly port: ClusterPort
  readonly clock: Clock
  readonly busyMs: () => number
  /** 0 = automatic. */
  readonly intervalMs: number
  readonly samples: ChartStore
  readonly highWatermarks?: 'needed' | 'all'
  /** Where a listener's own error goes; it must not stop the monitor. */
  readonly onError: (cause: unknown) => void
}

/**
 * A cluster that is open: starts connecting when made, goes on until `close`. Frames and deltas are of the newest picture; live figures are
 * computed when asked for, from readings at most one interval old (each carries its own time). Closing drops listeners and awaits what is under way.
 */
class MonitorSession implements ClusterSession {
  readonly cluster: string
  readonly inside: ReturnType<typeof createInside>
  private readonly monitor: Monitor
  private readonly frames: Frames
  private readonly listeners = new Set<SessionListener>()
  private watched: Watch = { kind: 'none' }
  private viewRows: Uint32Array = new Uint32Array(0)
  private isShown = true

  constructor(private readonly options: SessionOptions) {
    const { clock, port, samples, highWatermarks = 'needed' } = options
    this.cluster = options.cluster
    this.frames = new Frames(options.cluster)
    this.monitor = new Monitor({
      ...options,
      highWatermarks,
      shownRows: (topology) => (this.isShown ? rowsShown(topology, this.watched, this.viewRows) : []),
      onStatus: (status) => this.tell((listener) => listener.status({ cluster: this.cluster, ...status })),
    })
    const sampler = new Sampler(
      clock,
      samples,
      () => this.monitor.live,
      () => [this.watched],
    )
    // First, so that frames and live figures are never of two topologies.
    this.monitor.observe((picture, before) => this.frames.observe(picture, before))
    this.monitor.observe(chartEvents(samples))
    this.monitor.observe((picture) => sampler.observe(picture))
    this.monitor.observe(() => this.tell((listener) => listener.changed()))
    this.inside = createInside({
      clock,
      port,
      picture: () => this.monitor.picture,
      live: () => this.monitor.live,
      resting: () => this.monitor.status.phase === 'paused',
      lookNow: () => this.monitor.lookNow(),
      observe: (observer) => this.monitor.observe(observer),
    })
    this.monitor.start()
  }

  get status(): ClusterStatus {
    return { cluster: this.cluster, ...this.monitor.status }
  }

  listen(listener: SessionListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  frame(): SentFrame | null {
    return this.frames.whole()
  }

  delta(since: Cursor): FrameDelta | null {
    const { picture } = this.frames
    const { live } = this.monitor
    return picture === null || live === null ? null : this.frames.since(since, this.aside(picture, live))
  }

  watch(watch: Watch, rows: readonly number[]): void {
    this.watched = watch
    this.viewRows = Uint32Array.from(rows)
    this.monitor.wantLogStarts(watch.kind === 'partition' ? [watch] : [])
    this.monitor.lookNow()
    // What is known already is shown now; the tick that was asked for brings the rest.
    if (this.frames.picture !== null) this.tell((listener) => listener.changed())
  }

  pause(paused: boolean): void {
    this.monitor.pause(paused)
  }

  cadence(intervalMs: number): void {
    this.monitor.setCadence(intervalMs)
  }

  shown(visible: boolean): void {
    this.isShown = visible
    this.monitor.setShown(visible)
  }

  series(watch: Watch): LagSeries {
    const { samples, clock } = this.options
    return samples.read(watch, this.inside.settings().evictionWindowMs, clock.now())
  }

  async close(): Promise<void> {
    this.inside.close()
    await this.monitor.close()
    this.listeners.clear()
  }

  private aside(picture: Picture, view: LiveView): Aside {
    const { reading, facts } = view
    const now = this.options.clock.now()
    const rows = this.viewRows.filter((row) => row < picture.topology.partition.length)
    return {
      live: watchedPartition(view, picture, this.watched, now),
      point: chartPoint({ reading, facts, summary: picture.summary, now }, this.watched),
      view: rows.length === 0 ? null : { rows, lagRecords: worstLags(reading, rows) },
    }
  }

  private tell(what: (listener: SessionListener) => void): void {
    for (const listener of [...this.listeners]) {
      try {
        what(listener)
      } catch (cause) {
        this.options.onError(cause)
      }
    }
  }
}

/** Starts connecting at once; how it goes is told by `status`. */
export const createSession = (options: SessionOptions): ClusterSession => new MonitorSession(options)
