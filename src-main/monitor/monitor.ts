import { PortError, type ClusterPort } from '../ports/cluster-port'
import { ClusterFacts } from './facts/cluster-facts'
import { BYTES_PER_SECOND, busiestRows, rowsPerBroker, wantSecond } from './poll/budget'
import { afterTick, FREE, intervalOf, SHORTEST_MS } from './poll/cadence'
import { wait, type Cancel, type Clock } from '../ports/clock'
import { ClusterState, type Book } from './reading/cluster-state'
import { LanePool } from './poll/lane-pool'
import { Limits } from './poll/limits'
import { createLoadMeter } from './poll/load'
import { ConnectionPhase, type PhaseStatus } from './connection-phase'
import { Picture } from './judge/picture'
import { Ticker } from './poll/tick'

const OPEN_MS = 10_000
const FIRST_LINKS_MS = 1_000
const FIRST_SETTINGS_MS = 300

export interface MonitorOptions {
  readonly port: ClusterPort
  readonly clock: Clock
  /** Event-loop time used so far, ms: the measure of what polling costs us. */
  readonly busyMs: () => number
  /** 0 = automatic. */
  readonly intervalMs: number
  readonly highWatermarks: 'needed' | 'all'
  /** A new picture is there, judged by the rules; at most one at a time, the next is not begun before this resolves. Must not reject. */
  readonly onPicture: (picture: Picture) => Promise<void>
  readonly onStatus: (status: PhaseStatus) => void
}

/**
 * One monitor per cluster. ConnectionPhase: connecting (nothing read yet), live, paused (asks nothing), lost (no broker answers, tries for ever), closed.
 * One loop: a tick starts when the one before has ended and its interval is over; what a slow broker still owes merges later. `close` ends
 * the loop, rejects what is under way by giving up the links, and resolves when nothing of it runs any more.
 */
export class Monitor {
  readonly state: ClusterState
  readonly pool: LanePool
  readonly limits = new Limits()
  readonly facts: ClusterFacts
  picture: Picture | null = null
  spreadMs = Number.NaN
  /** Topic-partition rows that are watched or in view; asked every tick. */
  shownRows: (book: Book) => Iterable<number> = () => []

  private readonly ticker: Ticker
  private readonly phases: ConnectionPhase
  private readonly load: ReturnType<typeof createLoadMeter>
  private cadence = FREE
  private fixedMs: number
  private shown = true
  private paused = false
  private closed = false
  private bytes = 0
  private counted: { readonly book: Book; readonly busiest: number } | null = null
  private secondAt = Number.NaN
  private publishing: Promise<void> | null = null
  private ticking = false
  /** Something new is shown: the next tick comes before its time. */
  private early = false
  private wake: Cancel = () => undefined
  private loop: Promise<void> | null = null

  constructor(private readonly options: MonitorOptions) {
    const { clock, port } = options
    this.fixedMs = options.intervalMs
    this.load = createLoadMeter(clock.now())
    this.state = new ClusterState(clock)
    this.pool = new LanePool({
      clock,
      link: (address) => port.link(address),
      onChange: () => this.factsChanged(),
      onTraffic: (_lane, requests, bytes) => {
        this.bytes += bytes
        this.load.note(clock.now(), requests, bytes)
      },
    })
    const parts = { clock, pool: this.pool, state: this.state, limits: this.limits }
    this.ticker = new Ticker(parts)
    this.facts = new ClusterFacts(parts)
    this.phases = new ConnectionPhase(clock, options.onStatus)
  }

  get status(): PhaseStatus {
    return this.phases.status
  }

  start(): void {
    this.loop ??= this.run()
  }

  get intervalMs(): number {
    return intervalOf(this.cadence, { fixedMs: this.fixedMs, shown: this.shown, bytesPerSecond: BYTES_PER_SECOND })
  }

  get cadenceKind(): 'automatic' | 'fixed' {
    return this.fixedMs > 0 ? 'fixed' : 'automatic'
  }

  loadNow(): ReturnType<ReturnType<typeof createLoadMeter>['perSecond']> {
    return this.load.perSecond(this.options.clock.now())
  }

  setCadence(intervalMs: number): void {
    this.fixedMs = intervalMs
    this.wake()
  }

  setShown(shown: boolean): void {
    if (this.shown === shown) return
    this.shown = shown
    if (shown) this.wake()
  }

  pause(paused: boolean): void {
    if (this.paused === paused || this.closed) return
    this.paused = paused
    this.pool.rest(paused)
    this.phases.pause(paused)
    this.wake()
  }

  /** Something new is shown: ask for it now instead of at the end of the interval. */
  lookNow(): void {
    if (this.picture !== null) this.picture.markMust(this.shownRows(this.picture.book))
    this.early = true
    this.wake()
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.phases.close()
    this.wake()
    await Promise.all([this.pool.stop(), this.options.port.close()])
    await this.loop
    await Promise.all([this.ticker.idle(), this.facts.idle(), this.publishing])
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const started = this.options.clock.now()
      if (!this.paused) await this.turn()
      const pauseMs = this.paused ? Number.POSITIVE_INFINITY : started + this.intervalMs - this.options.clock.now()
      await this.sleep(
        this.status.phase === 'lost' ? this.status.nextTryAt - this.options.clock.now() : this.early ? 0 : pauseMs,
      )
      await this.holdBack(started + SHORTEST_MS)
      this.early = false
    }
  }

  /** Scrolling asks many times a second; never more often than the shortest interval. */
  private async holdBack(earliest: number): Promise<void> {
    while (this.early && !this.paused && !this.closed && this.options.clock.now() < earliest)
      await this.sleep(earliest - this.options.clock.now())
  }

  /** One turn of the loop; must not throw, or the monitor would stand still without a word. */
  private async turn(): Promise<void> {
    try {
      const anyLane = this.pool.all().some((lane) => lane.facts.answers !== 'no')
      if (this.state.book !== null && anyLane) {
        await this.tick()
        return
      }
      if (this.state.book !== null) this.noteSilence()
      await this.open()
    } catch (error) {
      this.phases.lose(error, 'brokers')
    }
  }

  /** Learns the brokers from a bootstrap address: at first, and again while none of those we know answers (they may have moved). */
  private async open(): Promise<void> {
    const { clock, port } = this.options
    let answered = false
    try {
      const sentAt = clock.now()
      const meta = await port.open(OPEN_MS)
      answered = true
      if (this.closed) return
      await this.state.takeMetadata([{ broker: -1, meta, sentAt, readAt: clock.now() }])
      const held = new Set(this.state.book?.index.ids)
      this.pool.follow(meta.brokers, (id) => held.has(id))
      for (const address of meta.brokers) this.pool.get(address.id)?.meet(address)
      await this.firstLinks()
      if (this.pool.answering().length === 0) throw this.whyNobody()
      await this.tick()
    } catch (error) {
      this.phases.lose(error, answered ? 'brokers' : 'bootstrap')
    }
  }

  private async firstLinks(): Promise<void> {
    const { clock } = this.options
    const until = clock.now() + FIRST_LINKS_MS
    while (!this.closed && clock.now() < until && this.pool.all().some((lane) => lane.facts.answers === 'connecting')) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(until - clock.now(), resolve)
        this.wake = () => {
          cancel()
          resolve()
        }
      })
    }
  }

  private async tick(): Promise<void> {
    const { clock, busyMs, highWatermarks } = this.options
    const startedAt = clock.now()
    const busyBefore = busyMs()
    this.bytes = 0
    const partitions = this.state.book?.reading.topology.partition.length ?? 0
    const second = wantSecond(partitions, startedAt - this.secondAt)
    if (second) this.secondAt = startedAt
    this.ticking = true
    const outcome = await this.ticker
      .run({
        intervalMs: this.intervalMs,
        wantSecond: second,
        highWatermarks,
        rowsPerBroker: rowsPerBroker(this.busiest(), this.intervalMs),
      })
      .finally(() => (this.ticking = false))
    this.spreadMs = outcome.spreadMs
    if (this.closed) return
    const settings = this.facts.pump()
    // The first picture shall not show as unknown what a moment later is known.
    if (this.picture === null) await Promise.race([settings, wait(clock, FIRST_SETTINGS_MS)])
    if (outcome.complete) this.phases.live(this.state.book?.reading.metadataAt ?? clock.now())
    else if (this.pool.answering().length === 0) this.noteSilence()
    await this.publish()
    const brokers = Math.max(1, this.pool.answering().length)
    this.cadence = afterTick(this.cadence, {
      busyMs: busyMs() - busyBefore,
      answerMs: outcome.answerMs,
      brokerBytes: this.bytes / brokers,
    })
  }

  /** Replica rows of the busiest broker; counted once per book. */
  private busiest(): number {
    const { book } = this.state
    if (book === null) return 0
    if (this.counted?.book !== book) this.counted = { book, busiest: busiestRows(book.index) }
    return this.counted.busiest
  }

  private whyNobody(): PortError {
    const known = this.pool.all().find((lane) => lane.lastError !== null)?.lastError
    return known ?? new PortError('timeout', 'timeout', 'no broker answers')
  }

  private noteSilence(): void {
    if (this.status.phase === 'lost' || this.pool.all().some((lane) => lane.facts.answers !== 'no')) return
    this.phases.lose(this.whyNobody(), 'brokers')
  }

  /** Silence is told at once, also in the middle of a long interval. */
  private factsChanged(): void {
    this.wake()
    if (!this.ticking && !this.closed && this.picture !== null) void this.publish()
  }

  private publish(): Promise<void> {
    // One at a time; whoever comes while one runs gets its own turn after it, since facts may be newer.
    const turn = (this.publishing ?? Promise.resolve()).then(() => this.publishNow())
    const tracked: Promise<void> = turn.finally(() => {
      if (this.publishing === tracked) this.publishing = null
    })
    this.publishing = tracked
    return tracked
  }

  private async publishNow(): Promise<void> {
    const picture = await this.newPicture()
    if (picture !== null && !this.closed) await this.options.onPicture(picture)
  }

  private async newPicture(): Promise<Picture | null> {
    const { book } = this.state
    if (book === null || this.closed) return null
    if (this.picture?.book !== book) this.picture = new Picture(book)
    await this.picture.update(this.options.clock, this.pool.facts(), this.facts.brokers.settings)
    this.picture.markMust(this.shownRows(book))
    return this.picture
  }

  private sleep(ms: number): Promise<void> {
    if (this.closed || ms <= 0) return this.options.clock.breathe()
    return new Promise((resolve) => {
      const cancel = Number.isFinite(ms) ? this.options.clock.after(ms, resolve) : () => undefined
      this.wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
