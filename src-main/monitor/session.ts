import type { ClusterFrame, ClusterStatus, FrameDelta } from '../contract/frame'
import type { Watch } from '../contract/ipc'
import type { LagSeries, LivePartition } from '../contract/live'
import type { ClusterSummary } from '../contract/summary'
import { NearestMiss } from '../domain/forecast/nearest'
import { livePartition } from '../domain/picture/live'
import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import { findPartition } from '../domain/topology/topology'
import type { BrokerLink, ClusterPort } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import { ownTurn } from '../ports/slices'
import { LogStarts } from './facts/log-starts'
import { describe } from './judge/describe'
import type { Picture } from './judge/picture'
import { Monitor } from './monitor'
import { chartPoint } from './observe/chart-point'
import { EpochKeeper } from './observe/epoch-keeper'
import { deltaSince, wholeFrame, worstLags } from './observe/frames'
import { Sampler, type SampleStore } from './observe/sampler'
import type { Book } from './reading/cluster-state'

/** What a session tells whoever listens. `changed` is called at most once per tick; the listener decides whether to fetch a delta (hidden windows do not). */
export interface SessionListener {
  changed(): void
  status(status: ClusterStatus): void
}

/**
 * What a change sees of an opened cluster: the newest reading by the monitor, and links of its own, so that no write or long question ever stands
 * in the way of polling. Structurally what ports/live-cluster.ts asks for.
 */
export interface SessionInside {
  /** Kafka's id of the cluster, null = it tells none, or nothing was read yet. */
  clusterId(): string | null
  /** null until the first complete reading. The object is written to as answers arrive: read what you need in one go. */
  reading(): Reading | null
  facts(): ReadonlyMap<number, BrokerFacts>
  settings(): ClusterSettings
  /** Whether eligible leader replicas are on (finalized feature). */
  elr(): boolean
  /** In ZooKeeper mode the broker that takes elections; -1 on KRaft: any. */
  controller(): number
  /** A new link to a broker that is listed, not connected; null when there is none of this id. The caller gives it up. */
  link(broker: number): BrokerLink | null
  /** Resolves true once a Metadata reading asked for after this call is in; false when none came in time. */
  freshReading(timeoutMs: number): Promise<boolean>
  /** After every published picture. */
  onPicture(listener: () => void): () => void
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
  frame(): ClusterFrame | null
  delta(since: { readonly epoch: number; readonly seq: number }): FrameDelta | null
  watch(watch: Watch, rows: readonly number[]): void
  pause(paused: boolean): void
  /** 0 = automatic. */
  cadence(intervalMs: number): void
  /** Hidden windows let the monitor slow down to 1 s polling at most often. */
  shown(visible: boolean): void
  series(watch: Watch): LagSeries
  readonly inside: SessionInside
  close(): Promise<void>
}

interface Waiting {
  readonly since: number
  resolve(fresh: boolean): void
}

/**
 * The opened cluster as a change sees it. `pictured` is called after every published picture, `close` when the session closes: whoever waits
 * for a fresh reading then is told that none came.
 */
class Inside implements SessionInside {
  private readonly listeners = new Set<() => void>()
  private readonly waiting = new Set<Waiting>()
  private seen = false
  private closed = false

  constructor(
    private readonly clock: Clock,
    private readonly port: ClusterPort,
    private readonly monitor: Monitor,
    private readonly onError: (cause: unknown) => void,
  ) {}

  clusterId(): string | null {
    return this.monitor.state.clusterId
  }

  reading(): Reading | null {
    return this.seen ? (this.monitor.state.book?.reading ?? null) : null
  }

  facts(): ReadonlyMap<number, BrokerFacts> {
    return this.monitor.pool.facts()
  }

  settings(): ClusterSettings {
    return this.monitor.facts.brokers.settings
  }

  elr(): boolean {
    return this.monitor.facts.brokers.elr
  }

  controller(): number {
    return this.monitor.facts.brokers.zooKeeper ? this.monitor.state.controllerId : -1
  }

  link(broker: number): BrokerLink | null {
    const address = this.monitor.state.book?.reading.brokers.find((listed) => listed.id === broker)
    return address === undefined || this.closed ? null : this.port.link(address)
  }

  freshReading(timeoutMs: number): Promise<boolean> {
    // A paused monitor asks nothing, so there is nothing to wait for.
    if (this.closed || this.monitor.status.phase === 'paused') return Promise.resolve(false)
    return new Promise((resolve) => {
      const settle = (fresh: boolean): void => {
        stopWaiting()
        this.waiting.delete(waiting)
        resolve(fresh)
      }
      const waiting = { since: this.clock.now(), resolve: settle }
      const stopWaiting = this.clock.after(timeoutMs, () => settle(false))
      this.waiting.add(waiting)
      this.monitor.lookNow()
    })
  }

  onPicture(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  pictured(): void {
    this.seen = true
    for (const waiting of [...this.waiting])
      if (this.monitor.state.metadataSentAt >= waiting.since) waiting.resolve(true)
    for (const listener of [...this.listeners]) {
      try {
        listener()
      } catch (cause) {
        this.onError(cause)
      }
    }
  }

  close(): void {
    this.closed = true
    for (const waiting of [...this.waiting]) waiting.resolve(false)
    this.listeners.clear()
  }
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
  readonly samples: SampleStore
  readonly highWatermarks?: 'needed' | 'all'
  /** Where a listener's own error goes; it must not stop the monitor. */
  readonly onError: (cause: unknown) => void
}

/** What is on show: one picture and its summary, which belong together. */
interface Published {
  readonly picture: Picture
  readonly seq: number
  readonly summary: ClusterSummary
}

/**
 * A cluster that is open: starts connecting when made, goes on until `close`. Frames and deltas are of the last published picture; live figures are
 * computed when asked for, from readings at most one interval old (each carries its own time). Closing drops listeners and awaits what is under way.
 */
class MonitorSession implements ClusterSession {
  readonly cluster: string
  readonly inside: Inside
  private readonly monitor: Monitor
  private readonly listeners = new Set<SessionListener>()
  private readonly nearest = new NearestMiss()
  private readonly sampler: Sampler
  private readonly epochs = new EpochKeeper()
  private readonly logStarts: LogStarts
  private published: Published | null = null
  private describing: Promise<void> = Promise.resolve()
  private watched: Watch = { kind: 'none' }
  private viewRows: Uint32Array = new Uint32Array(0)
  private readonly visible = { shown: true }

  constructor(private readonly options: SessionOptions) {
    const { clock, port, busyMs, intervalMs, highWatermarks = 'needed' } = options
    this.cluster = options.cluster
    this.sampler = new Sampler(options.samples)
    this.monitor = new Monitor({
      clock,
      port,
      busyMs,
      intervalMs,
      highWatermarks,
      onPicture: (picture) => this.publish(picture),
      onStatus: (status) => this.tell((listener) => listener.status({ cluster: this.cluster, ...status })),
    })
    this.monitor.shownRows = (book) => this.shownRows(book)
    this.logStarts = new LogStarts(clock, this.monitor)
    this.inside = new Inside(clock, port, this.monitor, options.onError)
    this.monitor.start()
  }

  get status(): ClusterStatus {
    return { cluster: this.cluster, ...this.monitor.status }
  }

  listen(listener: SessionListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  frame(): ClusterFrame | null {
    if (this.published === null) return null
    const { picture, summary } = this.published
    return {
      ...wholeFrame(this.cluster, picture, summary, this.monitor.facts.brokers.settings),
      epoch: this.epochs.epoch,
    }
  }

  delta(since: { readonly epoch: number; readonly seq: number }): FrameDelta | null {
    if (this.published === null || since.epoch !== this.epochs.epoch) return null
    const { picture, summary } = this.published
    if (since.seq > picture.seq) return null
    const aside = {
      live: this.live(picture),
      point: chartPoint(this.chartSource(this.published), this.watched),
      view: this.view(picture),
    }
    return { ...deltaSince(this.cluster, picture, since.seq, summary, aside), epoch: this.epochs.epoch }
  }

  watch(watch: Watch, rows: readonly number[]): void {
    this.watched = watch
    this.viewRows = Uint32Array.from(rows)
    if (watch.kind === 'partition') this.logStarts.want(watch.topic, watch.partition)
    this.monitor.lookNow()
    // What is known already is shown now; the tick that was asked for brings the rest.
    if (this.published !== null) this.tell((listener) => listener.changed())
  }

  pause(paused: boolean): void {
    this.monitor.pause(paused)
  }

  cadence(intervalMs: number): void {
    this.monitor.setCadence(intervalMs)
  }

  shown(visible: boolean): void {
    this.visible.shown = visible
    this.monitor.setShown(visible)
  }

  series(watch: Watch): LagSeries {
    return this.sampler.read(watch, this.monitor.facts.brokers.settings.evictionWindowMs, this.options.clock.now())
  }

  async close(): Promise<void> {
    this.inside.close()
    await this.monitor.close()
    await this.describing
    this.listeners.clear()
  }

  private async publish(picture: Picture): Promise<void> {
    const { clock, onError } = this.options
    // In order: the monitor publishes one picture at a time and awaits this.
    this.describing = describe(
      clock,
      this.monitor,
      picture,
      this.published?.summary.headline ?? null,
      this.nearest,
    ).then((summary) => {
      this.published = { picture, seq: picture.seq, summary }
      this.epochs.follow(picture, this.monitor.facts.brokers.settings, clock.now())
      this.sampler.add(picture, this.chartSource(this.published), this.watched)
      this.logStarts.pump()
    })
    await this.describing.catch(onError)
    await ownTurn(clock, picture.columns.state.length)
    this.tell((listener) => listener.changed())
    this.inside.pictured()
  }

  private chartSource({ picture, summary }: Published): Parameters<typeof chartPoint>[0] {
    return { reading: picture.book.reading, facts: this.monitor.pool.facts(), summary, now: this.options.clock.now() }
  }

  private live(picture: Picture): LivePartition | null {
    if (this.watched.kind !== 'partition') return null
    const { reading, tracker } = picture.book
    const row = findPartition(reading.topology, this.watched.topic, this.watched.partition)
    // Deleted while on screen: the page keeps its last picture and says so.
    if (row < 0) return null
    const { settings } = this.monitor.facts.brokers
    const disputes = this.monitor.state.book === picture.book ? (this.monitor.state.disputes.get(row) ?? []) : []
    const extra = { logStartOffset: this.logStarts.value, disputes }
    return livePartition(
      reading,
      tracker,
      this.monitor.pool.facts(),
      settings,
      picture.columns,
      row,
      this.options.clock.now(),
      extra,
    )
  }

  private view(picture: Picture): FrameDelta['view'] {
    const rows = this.viewRows.filter((row) => row < picture.columns.state.length)
    return rows.length === 0 ? null : { rows, lagRecords: worstLags(picture.book.reading, rows) }
  }

  private shownRows(book: Book): Iterable<number> {
    if (!this.visible.shown) return []
    const rows = [...this.viewRows]
    if (this.watched.kind === 'partition') {
      const row = findPartition(book.reading.topology, this.watched.topic, this.watched.partition)
      if (row >= 0) rows.push(row)
    }
    return rows
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
