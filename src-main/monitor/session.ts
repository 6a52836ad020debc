import type { ClusterStatus, SentFrame } from '../contract/frame'
import type { Watch } from '../contract/ipc'
import type { LagSeries } from '../contract/live'
import type { AgreementView, QuorumView, ShortIsrView } from '../contract/quorum'
import { LOSS_UNWATCHED } from '../contract/summary'
import type { WhatIf } from '../contract/what-if'
import type { ClusterPort } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import type { ClusterInside } from '../ports/live-cluster'
import type { HistoryFiles } from '../ports/history'
import type { LossBook } from '../ports/loss-book'
import type { SampleStore } from '../ports/samples'
import type { Picture } from './judge/picture'
import { Monitor } from './monitor'
import { chartEvents } from './observe/chart-events'
import { Frames } from './observe/frames'
import { createInside } from './observe/inside'
import { LossObserver, type Losses } from './observe/loss-observer'
import { Readers, type Reader } from './observe/readers'
import { Recorder, type History } from './observe/recorder'
import { SampleRecorder } from './observe/sample-recorder'
import { Sampler } from './observe/sampler'
import { whatIfView } from './observe/what-if-view'

/**
 * One opened cluster. Who follows it opens a reader, which owns what it has seen and what it watches; who looks once takes `frame`. Hidden windows read
 * nothing and so cost nothing.
 */
export interface ClusterSession {
  /** Profile id. */
  readonly cluster: string
  readonly status: ClusterStatus
  /** Told of every change of `status`, until the answered function is called. */
  onStatus(listener: (status: ClusterStatus) => void): () => void
  /** The newest picture, whole; null until the first complete reading. */
  frame(): SentFrame | null
  /** `changed`: it is worth asking the reader. At most once per tick, and when it watches something else. */
  reader(changed: () => void): Reader
  pause(paused: boolean): void
  /** A person wants to go on after a login was refused, or does not want to wait. */
  tryAgain(): void
  /** The system says that it has just woken up; without its word the session notices by itself, within a second. */
  woke(): void
  /** 0 = automatic. */
  cadence(intervalMs: number): void
  /** Whether a person has it open. While nobody has, it is only watched: polled every ten seconds. At first somebody has. */
  attend(attended: boolean): void
  /** Whether it stands in a list that is on screen: then it is polled every two seconds while nobody has it open. */
  list(listed: boolean): void
  /** Told of every picture that is published, until the answered function is called. */
  observe(observer: (picture: Picture) => void): () => void
  series(watch: Watch): LagSeries
  /** What follows if these brokers stopped together, by the newest picture; null until the first complete reading. No broker is asked. */
  whatIf(brokers: readonly number[]): Promise<WhatIf | null>
  readonly inside: ClusterInside
  /** What the controllers and each broker told last, asked for by whoever shows it. */
  readonly controllers: Controllers
  /** null: it is not watched. */
  readonly losses: Losses | null
  /** null: nothing is remembered. */
  readonly history: History | null
  close(): Promise<void>
}

/** null = nothing was read yet. */
export interface Controllers {
  quorum(): QuorumView
  shortIsr(): ShortIsrView | null
  agreement(): AgreementView | null
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
  /** Where lost records are kept; left out: they are not watched for. */
  readonly losses?: LossBook
  /** Where what happens is remembered; left out: it is not. */
  readonly history?: HistoryFiles
  readonly highWatermarks?: 'needed' | 'all'
  /** Where a listener's own error goes; it must not stop the monitor. */
  readonly onError: (cause: unknown) => void
}

/**
 * A cluster that is open: starts connecting when made, goes on until `close`. Frames and deltas are of the newest picture; live figures are
 * computed when asked for, from readings at most one interval old (each carries its own time). Closing drops readers and listeners and awaits what is
 * under way.
 */
class MonitorSession implements ClusterSession {
  readonly cluster: string
  readonly inside: ReturnType<typeof createInside>
  readonly losses: LossObserver | null
  readonly history: Recorder | null
  readonly controllers: Controllers = {
    quorum: () => this.monitor.quorum,
    shortIsr: () => this.monitor.shortIsr,
    agreement: () => this.monitor.agreement,
  }
  private readonly monitor: Monitor
  private readonly frames: Frames
  private readonly readers: Readers
  private readonly listeners = new Set<(status: ClusterStatus) => void>()

  constructor(private readonly options: SessionOptions) {
    const { clock, port, samples, onError, highWatermarks = 'needed' } = options
    this.cluster = options.cluster
    this.frames = new Frames(options.cluster)
    this.readers = new Readers({
      clock,
      frames: this.frames,
      live: () => this.monitor.live,
      changed: () => this.follow(),
      lookNow: () => this.monitor.lookNow(),
      onError,
    })
    const { losses } = options
    this.losses =
      losses === undefined
        ? null
        : new LossObserver({
            book: losses,
            cluster: options.cluster,
            live: () => this.monitor.live,
            now: () => clock.now(),
            ask: (questions, told) => this.monitor.askEpochEnds(questions, told),
            found: (finding) => this.history?.found(finding),
            changed: () => this.monitor.showAnew(),
            onError,
          })
    this.history =
      options.history === undefined
        ? null
        : new Recorder({
            files: options.history,
            clock,
            cluster: options.cluster,
            samples: new SampleRecorder(clock, onError),
            live: () => this.monitor.live,
            slept: (before, after) => this.monitor.spansGap(before, after),
            changed: () => this.monitor.showAnew(),
            onError,
          })
    this.monitor = new Monitor({
      ...options,
      loss: () => this.losses?.summary ?? LOSS_UNWATCHED,
      incident: () => this.history?.open ?? null,
      plans: () => this.history?.plans ?? [],
      highWatermarks,
      shownRows: (topology) => this.readers.shownRows(topology),
      onStatus: (status) => {
        this.history?.status(status.phase)
        this.tell({ cluster: this.cluster, ...status })
      },
    })
    const sampler = new Sampler(
      clock,
      samples,
      () => this.monitor.live,
      () => this.readers.subjects,
    )
    // First, so that frames and live figures are never of two topologies.
    this.monitor.observe((picture, before) => this.frames.observe(picture, before))
    this.monitor.observe((picture) => this.losses?.observe(picture))
    this.monitor.observe((picture) => this.history?.observe(picture))
    const mark = chartEvents(samples, (topology) => this.readers.shownRows(topology))
    this.monitor.observe((picture, before) => {
      if (before === null || !this.monitor.spansGap(before, picture)) mark(picture, before)
    })
    this.monitor.observe((picture) => sampler.observe(picture))
    this.monitor.observe(() => this.readers.tellAll())
    this.inside = createInside({
      clock,
      port,
      picture: () => this.monitor.picture,
      live: () => this.monitor.live,
      denied: (what, of) => this.monitor.denied(what, of),
      noteDenied: (what, of) => this.monitor.noteDenied(what, of),
      resting: () => this.monitor.status.phase === 'paused',
      lookNow: () => this.monitor.lookNow(),
      observe: (observer) => this.monitor.observe(observer),
    })
    this.follow()
    this.monitor.start()
  }

  get status(): ClusterStatus {
    return { cluster: this.cluster, ...this.monitor.status }
  }

  onStatus(listener: (status: ClusterStatus) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  frame(): SentFrame | null {
    return this.frames.whole()
  }

  reader(changed: () => void): Reader {
    return this.readers.open(changed)
  }

  pause(paused: boolean): void {
    this.monitor.pause(paused)
  }

  tryAgain(): void {
    this.monitor.tryAgain()
  }

  woke(): void {
    this.monitor.woke()
  }

  cadence(intervalMs: number): void {
    this.monitor.setCadence(intervalMs)
  }

  attend(attended: boolean): void {
    this.monitor.attend(attended)
  }

  list(listed: boolean): void {
    this.monitor.list(listed)
  }

  observe(observer: (picture: Picture) => void): () => void {
    return this.monitor.observe(observer)
  }

  series(watch: Watch): LagSeries {
    const { samples, clock } = this.options
    return samples.read(watch, this.inside.settings().evictionWindowMs, clock.now())
  }

  whatIf(brokers: readonly number[]): Promise<WhatIf | null> {
    const { picture, live } = this.monitor
    if (picture === null || live === null) return Promise.resolve(null)
    return whatIfView(this.options.clock, picture, live, brokers)
  }

  async close(): Promise<void> {
    this.inside.close()
    await this.monitor.close()
    await this.history?.close()
    this.readers.closeAll()
    this.listeners.clear()
  }

  /** What readers want together. */
  private follow(): void {
    this.monitor.wantLogStarts(this.readers.partitions)
    this.monitor.setShown(this.readers.anyShown)
  }

  private tell(status: ClusterStatus): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(status)
      } catch (cause) {
        this.options.onError(cause)
      }
    }
  }
}

/** Starts connecting at once; how it goes is told by `status`. */
export const createSession = (options: SessionOptions): ClusterSession => new MonitorSession(options)
