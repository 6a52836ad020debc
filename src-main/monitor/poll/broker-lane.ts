import type { BrokerAddress } from '../../domain/topology/columns'
import type { BrokerFacts } from '../../domain/topology/reading'
import { PortError, type BrokerLink } from '../../ports/cluster-port'
import type { Cancel, Clock } from '../../ports/clock'
import type { DialQueue } from './dial-queue'
import {
  backOffMs,
  CONNECT_MS,
  isAnswer,
  OWN_STALL_MS,
  OWN_STALLS_AT_MOST,
  PING_AFTER_MS,
  RETURNING_MS,
  RETURNING_TRY_MS,
  silenceOf,
  UsualLatency,
  type AskKind,
} from './lane-timing'

export interface LaneOptions {
  readonly clock: Clock
  /** Of all lanes of a cluster. */
  readonly dials: DialQueue
  link(address: BrokerAddress): BrokerLink
  /** `answers` changed. */
  onChange(lane: BrokerLane): void
  /** `heldMs`: how long the broker holds us back from now on. */
  onTraffic(lane: BrokerLane, requests: number, bytes: number, heldMs: number): void
}

/** An answer with the times between which it was true. */
export interface Timed<T> {
  readonly value: T
  readonly sentAt: number
  readonly readAt: number
}

interface Job {
  readonly kind: AskKind
  run(link: BrokerLink, timeoutMs: number): Promise<void>
  reject(error: unknown): void
}

const notConnected = (id: number): PortError => new PortError('unreachable', 'closed', `broker ${id} is not connected`)
const asPortError = (error: unknown): PortError =>
  error instanceof PortError
    ? error
    : new PortError('internal', 'protocol', error instanceof Error ? error.message : String(error))

/** Nothing is known of it yet, or any more. */
const unheard = (now: number): Omit<BrokerFacts, 'id'> => ({
  answers: 'connecting',
  answersSince: now,
  silence: '',
  answeredFrom: Number.NaN,
  neverAnswered: true,
  heardAt: Number.NaN,
  hearingAskedAt: Number.NaN,
  returning: false,
  leadsTo: '',
  latencyMs: Number.NaN,
})

/**
 * Everything that is asked of one broker, one question at a time, with its own deadline and back-off. States: queued (to be dialled), connecting,
 * connected, waiting (for the next try), stopped. `facts.answers` is a fact apart from the state: a connected socket may hang, a closed idle one is no alarm until
 * an immediate reconnect fails. Pending questions reject on failure, give-up and stop; nothing is repeated here.
 */
export class BrokerLane {
  facts: BrokerFacts
  /** Absolute time of the next connection try while there is no link, NaN otherwise. */
  nextTryAt = Number.NaN
  lastError: PortError | null = null

  private readonly usual = new UsualLatency()
  private readonly queue: Job[] = []
  private link: BrokerLink | null = null
  private ready = false
  /** Waits to be dialled, at the address of then. */
  private queued = false
  private stopped = false
  private quiet = false
  private failures = 0
  /** Until then it is expected to open its port. */
  private expectedUntil = Number.NEGATIVE_INFINITY
  private countedRequests = 0
  private countedBytes = 0
  private running: Promise<void> | null = null
  private retry: Cancel = () => undefined
  private heartbeat: Cancel = () => undefined
  private release: () => void = () => undefined

  constructor(
    public address: BrokerAddress,
    private readonly options: LaneOptions,
  ) {
    this.facts = { id: address.id, ...unheard(options.clock.now()) }
    this.connect()
  }

  get connected(): BrokerLink | null {
    return this.ready ? this.link : null
  }

  /** Nothing under way and a link to ask over. */
  get idle(): boolean {
    return this.ready && this.running === null
  }

  /** Queues one question on the polling connection. */
  ask<T>(kind: AskKind, question: (link: BrokerLink, timeoutMs: number) => Promise<T>): Promise<Timed<T>> {
    return new Promise((resolve, reject) => {
      const run = async (link: BrokerLink, timeoutMs: number): Promise<void> => {
        const sentAt = this.options.clock.now()
        const value = await question(link, timeoutMs)
        resolve({ value, sentAt, readAt: this.options.clock.now() })
      }
      if (!this.ready) {
        reject(this.lastError ?? notConnected(this.address.id))
        return
      }
      this.queue.push({ kind, run, reject })
      this.running ??= this.drain()
    })
  }

  /** A question the broker forwards to the controller: its own connection, and its silence says nothing about this broker. */
  async forward<T>(question: (link: BrokerLink) => Promise<T>): Promise<T> {
    const link = this.connected
    if (link === null) throw this.lastError ?? notConnected(this.address.id)
    try {
      return await question(link)
    } finally {
      this.countTraffic(link)
    }
  }

  /** The controllers, asked at `askedAt`, told when they heard it for the last time. */
  noteHeard(at: number, askedAt: number): void {
    const { heardAt } = this.facts
    // A new leader of the quorum does not know what the one before heard.
    this.facts = { ...this.facts, heardAt: at <= heardAt ? heardAt : at, hearingAskedAt: askedAt }
  }

  /** No questions of its own while paused. */
  rest(quiet: boolean): void {
    this.quiet = quiet
    if (!quiet) this.armHeartbeat()
  }

  /**
   * Metadata names another address, or lists the broker again: try now instead of at the end of the back-off. `returned`: it was not listed before; then it is
   * tried in quick turn for as long as brokers take to open their port.
   */
  meet(address: BrokerAddress, returned = false): void {
    const moved = address.host !== this.address.host || address.port !== this.address.port
    this.address = address
    if (this.stopped) return
    if (returned) this.expect()
    if (moved) this.drop('moved to another address')
    if (this.link === null && !this.queued) this.connect()
  }

  /** Nothing was seen for a while: what stands is not to be trusted, and nothing is known of the broker until it is heard anew. */
  renew(): void {
    if (this.stopped) return
    this.drop('the machine slept')
    this.failures = 0
    this.change(unheard(this.options.clock.now()))
    if (!this.queued) this.connect()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.drop('stopped')
    this.retry()
    await this.running
  }

  private async drain(): Promise<void> {
    for (let job = this.queue.shift(); job !== undefined; job = this.queue.shift()) {
      const link = this.connected
      if (link === null) job.reject(this.lastError ?? notConnected(this.address.id))
      else await this.whenRead(job, link)
    }
    this.running = null
    this.armHeartbeat()
  }

  /** What a broker said it will not read yet is not sent, and its silence meanwhile is none. */
  private async whenRead(job: Job, link: BrokerLink): Promise<void> {
    const { heldMs } = link
    if (heldMs > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.options.clock.after(heldMs, resolve)
        this.release = () => {
          cancel()
          resolve()
        }
      })
      if (this.connected !== link) {
        job.reject(this.lastError ?? notConnected(this.address.id))
        return
      }
    }
    await this.perform(job, link)
  }

  private async perform(job: Job, link: BrokerLink): Promise<void> {
    const sentAt = this.options.clock.now()
    const disarm = this.watch(job.kind, sentAt, link)
    try {
      await job.run(link, this.usual.deadline(job.kind))
      this.answered(job.kind, sentAt)
    } catch (caught) {
      const error = asPortError(caught)
      if (isAnswer(error)) this.answered(job.kind, sentAt)
      else this.failed(link, error, sentAt)
      job.reject(error)
    } finally {
      disarm()
      this.countTraffic(link)
    }
  }

  /** In its turn. Until then there is no link, and nothing is said of the broker that was not known before. */
  private connect(): void {
    this.retry()
    this.nextTryAt = Number.NaN
    this.queued = true
    this.retry = this.options.dials.enter((leave) => {
      this.queued = false
      this.dial(leave)
    })
  }

  private dial(leave: () => void): void {
    const link = this.options.link(this.address)
    this.link = link
    this.ready = false
    this.countedRequests = 0
    this.countedBytes = 0
    const sentAt = this.options.clock.now()
    const disarm = this.watch('connect', sentAt, link)
    const settle = (): void => {
      leave()
      disarm()
      this.countTraffic(link)
    }
    link.connect(CONNECT_MS).then(
      () => {
        settle()
        if (this.link !== link) return
        this.ready = true
        this.failures = 0
        this.lastError = null
        this.answered('connect', sentAt)
        this.armHeartbeat()
      },
      (error: unknown) => {
        settle()
        if (this.link !== link) return
        const portError = asPortError(error)
        this.drop(portError.message)
        const since = portError.kind === 'timeout' ? sentAt : this.options.clock.now()
        this.silent(silenceOf(portError.kind), since, portError.leadsTo)
        this.tryLater(portError)
      },
    )
  }

  private failed(link: BrokerLink, error: PortError, sentAt: number): void {
    if (this.link !== link || this.stopped) return
    this.drop(error.message)
    this.lastError = error
    if (error.kind === 'timeout') this.silent('timeout', sentAt)
    if (error.kind === 'protocol' || error.kind === 'other-cluster') {
      this.silent(error.kind, this.options.clock.now(), error.leadsTo)
      this.tryLater(error)
      return
    }
    // A broker closes idle connections, and a restart closes all: only a refused reconnect is silence.
    this.connect()
  }

  private expect(): void {
    this.failures = 0
    this.expectedUntil = this.options.clock.now() + RETURNING_MS
    if (this.facts.answers === 'no') this.change({ ...this.facts, returning: true })
  }

  /** Not listening, not there, or slow to say so; what else it says is not the word of a broker that starts. */
  private isStarting(kind: PortError['kind']): boolean {
    const soon = this.options.clock.now() < this.expectedUntil
    return soon && kind !== 'auth' && kind !== 'tls' && kind !== 'protocol' && kind !== 'other-cluster'
  }

  private tryLater(error: PortError): void {
    this.failures += 1
    this.lastError = error
    if (this.stopped) return
    const ms = this.isStarting(error.kind) ? RETURNING_TRY_MS : backOffMs(this.failures, error.kind)
    this.nextTryAt = this.options.clock.now() + ms
    this.retry()
    this.retry = this.options.clock.after(ms, () => {
      if (!this.stopped && this.link === null) this.connect()
    })
  }

  private drop(reason: string): void {
    const link = this.link
    this.link = null
    this.ready = false
    this.heartbeat()
    this.release()
    link?.giveUp(reason)
  }

  private answered(kind: AskKind, sentAt: number): void {
    if (this.stopped) return
    const now = this.options.clock.now()
    this.usual.note(kind, now - sentAt)
    const small = this.usual.of('log-end')
    const latencyMs = Number.isNaN(small) ? now - sentAt : small
    this.expectedUntil = Number.NEGATIVE_INFINITY
    if (this.facts.answers === 'yes') this.facts = { ...this.facts, latencyMs }
    else
      this.change({
        answers: 'yes',
        answersSince: now,
        silence: '',
        answeredFrom: now,
        neverAnswered: false,
        heardAt: this.facts.heardAt,
        hearingAskedAt: this.facts.hearingAskedAt,
        returning: false,
        leadsTo: '',
        latencyMs,
      })
  }

  private silent(silence: BrokerFacts['silence'], since: number, leadsTo = ''): void {
    if (this.stopped) return
    const { answers, answersSince } = this.facts
    const returning = this.options.clock.now() < this.expectedUntil && silence !== 'other-cluster'
    const same = this.facts.silence === silence && this.facts.leadsTo === leadsTo && this.facts.returning === returning
    if (answers === 'no' && same) return
    this.change({
      answers: 'no',
      answersSince: answers === 'no' ? answersSince : since,
      silence,
      answeredFrom: this.facts.answeredFrom,
      neverAnswered: this.facts.neverAnswered,
      heardAt: this.facts.heardAt,
      hearingAskedAt: this.facts.hearingAskedAt,
      returning,
      leadsTo,
      latencyMs: Number.NaN,
    })
  }

  private change(facts: Omit<BrokerFacts, 'id'>): void {
    this.facts = { id: this.address.id, ...facts }
    this.options.onChange(this)
  }

  /**
   * Calls the broker silent once this question is too old; the question itself goes on until its deadline. One that takes two requests may be held back between
   * them: for so long the broker reads nothing, which is no silence either.
   */
  private watch(kind: AskKind, sentAt: number, link: BrokerLink): Cancel {
    const { clock } = this.options
    let cancelled = false
    let timer: Cancel = () => undefined
    let stalls = 0
    const limitMs = this.usual.silentAfter(kind)
    const check = async (dueAt: number): Promise<void> => {
      const { heldMs, readingForMs } = link
      if (readingForMs < limitMs) {
        arm(heldMs + limitMs - readingForMs)
        return
      }
      if (clock.now() - dueAt > OWN_STALL_MS && stalls < OWN_STALLS_AT_MOST) {
        stalls += 1
        arm(OWN_STALL_MS)
        return
      }
      // The answer may lie unread in the socket behind this very timer.
      await clock.breathe()
      if (!cancelled && !this.stopped) this.silent('timeout', Math.max(sentAt, clock.now() - link.readingForMs))
    }
    const arm = (ms: number): void => {
      const dueAt = clock.now() + ms
      if (!cancelled) timer = clock.after(ms, () => void check(dueAt))
    }
    arm(limitMs)
    return () => {
      cancelled = true
      timer()
    }
  }

  private armHeartbeat(): void {
    this.heartbeat()
    if (!this.ready || this.quiet || this.stopped) return
    this.heartbeat = this.options.clock.after(PING_AFTER_MS, () => {
      if (this.idle && !this.quiet) this.ask('ping', (link, timeoutMs) => link.ping(timeoutMs)).catch(() => undefined)
    })
  }

  private countTraffic(link: BrokerLink): void {
    if (link !== this.link) return
    const { requests, bytesIn, bytesOut } = link.traffic
    const bytes = bytesIn + bytesOut
    this.options.onTraffic(this, requests - this.countedRequests, bytes - this.countedBytes, link.heldMs)
    this.countedRequests = requests
    this.countedBytes = bytes
  }
}
