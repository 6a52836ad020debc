import type { OpenIncident, Plan } from '../contract/history'
import type { AgreementView, QuorumView, ShortIsrView } from '../contract/quorum'
import { LOSS_UNWATCHED, type Capability, type LossSummary } from '../contract/summary'
import type { EpochQuestion } from '../domain/loss/loss-watch'
import { shortIsrView } from '../domain/quorum/short-isr'
import { holdersOf } from '../domain/topology/broker-index'
import type { Topology } from '../domain/topology/reading'
import { PortError, type ClusterPort } from '../ports/cluster-port'
import { wait, type Cancel, type Clock } from '../ports/clock'
import { ownTurn } from '../ports/slices'
import { ConnectionPhase, type PhaseStatus } from './connection-phase'
import { ClusterFacts } from './facts/cluster-facts'
import type { TellEpochEnd } from './facts/epoch-ends'
import { Judge, type Known } from './judge/judge'
import type { Picture } from './judge/picture'
import type { LiveView } from './observe/live-view'
import { Observers, type Observer } from './observe/observers'
import type { BrokerLane } from './poll/broker-lane'
import { BYTES_PER_SECOND, wantSecond } from './poll/budget'
import { afterTick, FREE, intervalOf, SHORTEST_MS } from './poll/cadence'
import { LanePool } from './poll/lane-pool'
import { Limits } from './poll/limits'
import { createLoadMeter } from './poll/load'
import { Ticker } from './poll/tick'
import type { Answer, TopologyEpoch } from './reading/answers'
import { ClusterReading } from './reading/cluster-reading'
import { SleepWatch } from './sleep-watch'

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
  /** Topic-partition rows that are watched or in view; asked every tick. */
  readonly shownRows: (topology: Topology) => Iterable<number>
  readonly onStatus: (status: PhaseStatus) => void
  /** What is known of lost records; left out: it is not watched. */
  readonly loss?: () => LossSummary
  /** The open incident; left out: none is kept. */
  readonly incident?: () => OpenIncident | null
  /** Announced restarts that stand; left out: none is kept. */
  readonly plans?: () => readonly Plan[]
  /** What an observer threw, or a picture that could not be made; the monitor goes on. */
  readonly onError: (cause: unknown) => void
}

/**
 * One monitor per cluster. ConnectionPhase: connecting (nothing read yet), live, paused (asks nothing), lost (no broker answers, tries for ever), closed.
 * One loop: a tick starts when the one before has ended and its interval is over; what a slow broker still owes merges later. `close` ends
 * the loop, rejects what is under way by giving up the links, and resolves when nothing of it runs any more.
 */
export class Monitor {
  private readonly reading: ClusterReading
  private readonly pool: LanePool
  private readonly limits = new Limits()
  private readonly facts: ClusterFacts
  private readonly judge: Judge
  private readonly observers: Observers
  private readonly ticker: Ticker
  private readonly phase: ConnectionPhase
  private readonly sleepWatch: SleepWatch
  private readonly load: ReturnType<typeof createLoadMeter>
  /** The newest picture, and the epoch it was judged from. */
  private shownNow: { readonly picture: Picture; readonly epoch: TopologyEpoch } | null = null
  private spreadMs = Number.NaN
  private cadence = FREE
  private fixedMs: number
  private shown = true
  private attended = true
  private listed = false
  private paused = false
  /** Until when nothing was seen; NaN = there was no gap. */
  private sleptUntil = Number.NaN
  /** The connections are from before it. */
  private sleptPaused = false
  private closed = false
  private bytes = 0
  private secondAt = Number.NaN
  /** When Metadata was asked for last, NaN = never. */
  private lookedAt = Number.NaN
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
    this.reading = new ClusterReading(clock)
    this.judge = new Judge(clock)
    this.observers = new Observers(clock, options.onError)
    this.pool = new LanePool({
      clock,
      link: (address) => port.link(address),
      onChange: (lane) => this.factsChanged(lane),
      onTraffic: (_lane, requests, bytes, heldMs) => {
        this.bytes += bytes
        this.load.note(clock.now(), requests, bytes, heldMs)
      },
    })
    const parts = { clock, pool: this.pool, reading: this.reading, limits: this.limits }
    this.ticker = new Ticker(parts)
    this.facts = new ClusterFacts(parts)
    this.phase = new ConnectionPhase(clock, options.onStatus)
    this.sleepWatch = new SleepWatch(clock, (until) => this.slept(until))
  }

  get status(): PhaseStatus {
    return this.phase.status
  }

  start(): void {
    this.sleepWatch.start()
    this.loop ??= this.run()
  }

  /** The system says that it has just woken up. */
  woke(): void {
    if (!this.closed) this.sleepWatch.woke()
  }

  /** Nothing was seen between these two pictures for a while: when anything in which they differ happened is not known. */
  spansGap(before: Picture, after: Picture): boolean {
    return before.metadataSentAt < this.sleptUntil && after.metadataSentAt >= this.sleptUntil
  }

  /** null until the first one. */
  get picture(): Picture | null {
    return this.shownNow?.picture ?? null
  }

  /** What is known now, in the rows of the newest picture; null until the first one. */
  get live(): LiveView | null {
    if (this.shownNow === null) return null
    const { reading, lags, highWatermarkReadAt } = this.shownNow.epoch
    return {
      reading,
      lags,
      highWatermarkReadAt,
      facts: this.pool.facts(),
      // They are told by the row, and the rows may be those of the next picture already.
      disputes: this.reading.epoch === this.shownNow.epoch ? this.reading.metadata.disputes : new Map(),
      logStartOf: (topic, partition) => this.facts.logStarts.of(topic, partition),
    }
  }

  /** The controllers and what they told last, which no picture carries. */
  get quorum(): QuorumView {
    const { zooKeeper, quorumView } = this.facts
    return zooKeeper ? { state: 'none', controller: this.reading.metadata.controllerId } : quorumView
  }

  /** Partitions with a short ISR, in the rows of the newest picture; null until the first one. */
  get shortIsr(): ShortIsrView | null {
    if (this.shownNow === null) return null
    const { picture, epoch } = this.shownNow
    const refused = this.limits.list(this.options.clock.now()).find(({ what }) => what === 'elr')?.reason ?? ''
    const elrRead = (topic: string) => this.facts.elrReadOf(topic)
    const parts = { reading: epoch.reading, minIsr: picture.minInSyncReplicas, elrRead }
    return shortIsrView(parts, picture.eligibleLeaders, refused)
  }

  /** How far the brokers agree; null until something was read. */
  get agreement(): AgreementView | null {
    const { epoch, agreement } = this.reading
    if (epoch === null) return null
    return agreement.view(epoch.reading, (broker) => this.pool.get(broker)?.facts.answers === 'yes')
  }

  observe(observer: Observer): () => void {
    return this.observers.add(observer)
  }

  /** Something that no broker told is to be in the picture: it is judged anew, once whoever asks has returned. */
  showAnew(): void {
    if (!this.closed && this.picture !== null) void this.publish()
  }

  /** Asks new leaders where earlier epochs end; `told` hears of each once. */
  askEpochEnds(questions: readonly EpochQuestion[], told: TellEpochEnd): void {
    if (!this.closed && questions.length > 0) this.facts.askEpochEnds(questions, told)
  }

  /** See `ClusterInside.denied`. */
  denied(what: Capability, of: string | number = ''): boolean {
    return this.limits.isDenied(what, this.options.clock.now(), String(of))
  }

  /** See `ClusterInside.noteDenied`. */
  noteDenied(what: Capability, of: string | number = ''): void {
    this.limits.turnOff(what, 'not-authorized', this.options.clock.now(), String(of))
  }

  /** Partitions whose log start is wanted: these and no others. */
  wantLogStarts(partitions: readonly { readonly topic: string; readonly partition: number }[]): void {
    this.facts.logStarts.want(partitions)
  }

  private get intervalMs(): number {
    const seen = this.attended ? (this.shown ? 'shown' : 'hidden') : this.listed ? 'listed' : 'watched'
    return intervalOf(this.cadence, { fixedMs: this.fixedMs, seen, bytesPerSecond: BYTES_PER_SECOND })
  }

  setCadence(intervalMs: number): void {
    this.fixedMs = intervalMs
    this.wake()
  }

  /** See `ClusterSession.attend`. */
  attend(attended: boolean): void {
    if (this.attended === attended) return
    this.attended = attended
    if (attended) this.wake()
  }

  /** See `ClusterSession.list`. */
  list(listed: boolean): void {
    if (this.listed === listed) return
    this.listed = listed
    if (listed) this.wake()
  }

  setShown(shown: boolean): void {
    if (this.shown === shown) return
    this.shown = shown
    if (shown) this.wake()
  }

  pause(paused: boolean): void {
    if (this.paused === paused || this.closed) return
    this.paused = paused
    if (!paused) this.limits.reconnected()
    this.pool.rest(paused)
    if (!paused && this.sleptPaused) this.pool.renew()
    this.sleptPaused = false
    this.phase.pause(paused)
    this.wake()
  }

  /** A person wants to go on: what was given up is tried again now. */
  tryAgain(): void {
    if (this.closed) return
    this.options.port.tryAgain()
    this.limits.reconnected()
    this.phase.tryAgain()
    this.pool.tryAgain()
    this.early = true
    this.wake()
  }

  /** Something new is shown: ask for it now instead of at the end of the interval. */
  lookNow(): void {
    if (this.picture !== null) this.mark(this.picture)
    this.early = true
    this.wake()
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.sleepWatch.stop()
    this.phase.close()
    this.wake()
    await Promise.all([this.pool.stop(), this.options.port.close()])
    await this.loop
    await Promise.all([this.ticker.idle(), this.facts.idle(), this.publishing])
    this.observers.clear()
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const started = this.options.clock.now()
      if (!this.paused) await this.turn()
      const pauseMs = this.paused ? Number.POSITIVE_INFINITY : started + this.intervalMs - this.options.clock.now()
      await this.sleep(
        this.status.phase === 'lost' ? this.status.nextTryAt - this.options.clock.now() : this.early ? 0 : pauseMs,
      )
      await this.holdBack()
      this.early = false
    }
  }

  /** Scrolling, brokers that greet one after another and new ids wake the loop many times a second; it asks no more often than the shortest interval. */
  private async holdBack(): Promise<void> {
    const earliest = this.lookedAt + SHORTEST_MS
    while (!this.paused && !this.closed && this.options.clock.now() < earliest)
      await this.sleep(earliest - this.options.clock.now())
  }

  /**
   * The machine slept: connections are made anew at once, nothing is counted over the gap, and the last picture stays as it is until Metadata
   * comes in that was asked for after it.
   */
  private slept(until: number): void {
    this.sleptUntil = until
    void this.reading.apply({ kind: 'gap', until })
    if (this.paused) {
      this.sleptPaused = true
      return
    }
    this.pool.renew()
    this.phase.tryAgain()
    this.early = true
    this.wake()
  }

  /** One turn of the loop; must not throw, or the monitor would stand still without a word. */
  private async turn(): Promise<void> {
    try {
      const anyLane = this.pool.all().some((lane) => lane.facts.answers !== 'no')
      if (this.reading.epoch !== null && anyLane) {
        await this.tick()
        return
      }
      if (this.reading.epoch !== null) this.noteSilence()
      await this.open()
    } catch (error) {
      this.lose(error, 'brokers')
    }
  }

  /** Learns the brokers from a bootstrap address: at first, and again while none of those we know answers (they may have moved). */
  private async open(): Promise<void> {
    const { clock, port } = this.options
    let answered = false
    try {
      const sentAt = clock.now()
      this.lookedAt = sentAt
      const meta = await port.open(OPEN_MS)
      answered = true
      if (this.closed) return
      this.limits.reconnected()
      await this.reading.apply({ kind: 'metadata', answers: [{ broker: -1, meta, sentAt, readAt: clock.now() }] })
      const topology = this.reading.epoch?.reading.topology
      const held = new Set(topology === undefined ? [] : holdersOf(topology).ids)
      this.pool.follow(meta.brokers, (id) => held.has(id))
      for (const address of meta.brokers) this.pool.get(address.id)?.meet(address)
      await this.firstLinks()
      if (this.pool.answering().length === 0) throw this.whyNobody()
      await this.tick()
    } catch (error) {
      this.lose(error, answered ? 'brokers' : 'bootstrap')
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
    this.lookedAt = startedAt
    const busyBefore = busyMs()
    this.bytes = 0
    const partitions = this.reading.epoch?.reading.topology.partition.length ?? 0
    const second = wantSecond(partitions, startedAt - this.secondAt)
    if (second) this.secondAt = startedAt
    this.ticking = true
    const outcome = await this.ticker
      .run({
        intervalMs: this.intervalMs,
        wantSecond: second,
        highWatermarks,
        // What changed is shown before the log ends are in, which have their own times.
        onChange: () => {
          if (this.picture !== null) void this.publish()
        },
      })
      .finally(() => (this.ticking = false))
    this.spreadMs = outcome.spreadMs
    if (this.closed) return
    const settings = this.facts.pump()
    // The first picture shall not show as unknown what a moment later is known.
    if (this.picture === null) await Promise.race([settings, wait(clock, FIRST_SETTINGS_MS)])
    if (!outcome.complete && this.pool.answering().length === 0) this.noteSilence()
    await this.publish()
    if (this.picture?.summary.headline.level === 'unread' && this.ticker.endsAwaited) this.early = true
    // Told once there is a picture: who waits for a live cluster goes by what stands in it.
    if (outcome.complete) this.phase.live(this.reading.epoch?.reading.metadataAt ?? clock.now())
    const brokers = Math.max(1, this.pool.answering().length)
    this.cadence = afterTick(this.cadence, {
      busyMs: busyMs() - busyBefore,
      answerMs: outcome.answerMs,
      brokerBytes: this.bytes / brokers,
    })
  }

  private whyNobody(): PortError {
    const known = this.pool.all().flatMap(({ lastError }) => lastError ?? [])
    const refused = this.options.port.loginStopped ? known.find(({ reason }) => reason === 'sasl-refused') : undefined
    return refused ?? known[0] ?? new PortError('timeout', 'timeout', 'no broker answers')
  }

  private noteSilence(): void {
    if (this.status.phase === 'lost' || this.pool.all().some((lane) => lane.facts.answers !== 'no')) return
    this.lose(this.whyNobody(), 'brokers')
  }

  private lose(error: unknown, where: 'bootstrap' | 'brokers'): void {
    this.phase.lose(error, where, this.options.port.loginStopped ? 'by-hand' : 'by-itself')
  }

  /** Silence is told at once, also in the middle of a long interval. */
  private factsChanged({ address, facts }: BrokerLane): void {
    if (facts.answers === 'yes') this.limits.returned(address.id)
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

  /** Must not reject: who asks for a picture is in the middle of something else. */
  private async publishNow(): Promise<void> {
    try {
      const judged = await this.newPicture()
      if (judged === null) return
      const before = this.picture
      await this.ownTurn(judged.picture)
      this.mark(judged.picture)
      await this.ownTurn(judged.picture)
      if (this.closed) return
      this.shownNow = judged
      this.facts.logDirs.want(
        judged.picture.summary.brokers.filter((one) => one.offlineReplicas > 0).map(({ id }) => id),
      )
      await this.observers.tell(judged.picture, before)
    } catch (cause) {
      this.options.onError(cause)
    }
  }

  /** Throttles are marked first, so that a mark is in the same picture as its cause. */
  private async newPicture(): Promise<typeof this.shownNow> {
    if (this.closed || this.reading.metadata.sentAt < this.sleptUntil) return null
    const throttles = (): Answer => this.facts.throttles
    return this.reading.still(throttles, async (epoch) => ({
      epoch,
      picture: await this.judge.judge(epoch, this.known()),
    }))
  }

  private known(): Known {
    const { facts, limits, pool, reading } = this
    const lanes = pool.all()
    const now = this.options.clock.now()
    const unseen = reading.epoch?.reading.withoutListener
    return {
      // An address of old says nothing about a broker that is not to be reached by any.
      facts: new Map([...pool.facts()].filter(([id]) => unseen?.has(id) !== true)),
      settings: facts.settings,
      versions: facts.versions,
      eligibleLeaders: facts.eligibleLeaders,
      zooKeeper: facts.zooKeeper,
      quorum: facts.quorum,
      failedFolders: facts.logDirs.folders,
      metadata: reading.metadata,
      throttled: reading.throttledBrokers,
      addresses: new Map(lanes.map((lane) => [lane.address.id, lane.address])),
      read:
        !Number.isNaN(this.status.takenAt) &&
        lanes.every((lane) => lane.facts.answers !== 'connecting') &&
        !this.ticker.endsAwaited,
      // Nothing asked so far proves that this login sees all topics.
      reach: 'unknown',
      loss: this.options.loss?.() ?? LOSS_UNWATCHED,
      incident: this.options.incident?.() ?? null,
      plans: this.options.plans?.() ?? [],
      spreadMs: this.spreadMs,
      intervalMs: this.intervalMs,
      cadence: this.fixedMs > 0 ? 'fixed' : 'automatic',
      load: this.load.perSecond(now),
      limits: limits.list(now),
    }
  }

  private ownTurn(picture: Picture): Promise<void> {
    return ownTurn(this.options.clock, picture.columns.state.length)
  }

  private mark(picture: Picture): void {
    this.ticker.mark(picture.topology, picture.columns, this.options.shownRows(picture.topology))
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
