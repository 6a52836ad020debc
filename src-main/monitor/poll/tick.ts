import type { BrokerLane, Timed } from './broker-lane'
import type { Clock } from '../../ports/clock'
import { holdersOf } from '../../domain/topology/broker-index'
import type { JudgedColumns } from '../../domain/picture/partition-columns'
import type { OffsetColumns } from '../../domain/topology/columns'
import type { Topology } from '../../domain/topology/reading'
import type { Applied, MetadataAnswer, OffsetsAnswer, TopologyEpoch } from '../reading/answers'
import type { ClusterReading } from '../reading/cluster-reading'
import { rowBudget } from './budget'
import { RowInterest } from './row-interest'
import { isAnswer, type AskKind } from './lane-timing'
import type { LanePool } from './lane-pool'
import type { BrokerLink } from '../../ports/cluster-port'
import { limitReason } from '../../ports/limit-reason'
import type { Limits } from './limits'
import { QuestionRound } from './question-round'
import { planPass, type RowPlan } from './row-plan'
import { questionsPass } from './questions'
import { inSlices, ownTurn } from '../../ports/slices'
import { chooseSources } from './metadata-sources'
import { KafkaError } from '../../shared/kafka-codes'

/** Rows of one ListOffsets request: larger ones hold a broker's request handler for long. */
const ROWS_PER_REQUEST = 5_000
const LEAST_GRACE_MS = 150
const GRACE_FACTOR = 3
/** Every row of a broker has been asked for by then, on all but the largest clusters. */
const ROUND_TRIP_MS = 10_000
/** One under a quota keeps its answers back; the rest of the cluster is not left untold for longer. */
const FIRST_ENDS_MS = 3_000

export interface TickOptions {
  readonly intervalMs: number
  /** False where a second Metadata answer would cost too much this time. */
  readonly wantSecond: boolean
  /** 'needed': of partitions in trouble, watched, in view, or never read. */
  readonly highWatermarks: 'needed' | 'all'
  /** Metadata told a leader or an ISR that is not what it was; the log ends are still under way. */
  readonly onChange: () => void
}

export interface TickOutcome {
  /** True when Metadata came in, so the picture is of this tick. */
  readonly complete: boolean
  readonly spreadMs: number
  /** Slowest answer of this tick. */
  readonly answerMs: number
}

/** What whoever asks brokers works with: the ticks, and the readers of slow facts between them. */
export interface PollParts {
  readonly clock: Clock
  readonly pool: LanePool
  readonly reading: ClusterReading
  readonly limits: Limits
}

/**
 * Asks everything once: Metadata and the followers' LEOs first, then the leaders' LEOs and high watermarks, so that a lag is an upper bound. Metadata is
 * taken as soon as it is there. A broker
 * that has not answered when the grace is over is left behind: its answer merges when it comes and it is asked again only then.
 * Runs must not overlap. `idle` resolves when nothing of any earlier run is under way.
 */
export class Ticker {
  private readonly outstanding = new Map<number, number>()
  private readonly underWay = new Set<Promise<void>>()
  private readonly arrived: MetadataAnswer[] = []
  private readonly usualMs = new Map<number, number>()
  /** Questions of the tick that runs, or ran last, by broker. */
  private readonly askedNow = new Set<number>()
  /** By broker: the tick that asked where its logs end, while none of those answers is all there is. */
  private readonly firstEnds = new Map<number, number>()
  /** Brokers that have told, or refused to tell, where the logs end that they follow and those that they lead. */
  private readonly endsTold = new Set<number>()
  /** Brokers on which a follower has told its own log end. */
  private readonly followersTold = new Set<number>()
  /** By broker: when a row was refused last. */
  private readonly refusedAt = new Map<number, number>()
  private readonly interest = new RowInterest()
  private cursor = 0
  private turn = 0
  private asking = false
  private secondTurn = 0
  private primary = -1
  private firstSentAt = Number.NaN
  private lastReadAt = Number.NaN
  private slowestMs = 0

  constructor(private readonly parts: PollParts) {}

  async idle(): Promise<void> {
    await Promise.all(this.underWay)
  }

  /** The rows that are asked every tick from now on: those in trouble by the newest picture, and `shown` (watched, in view). */
  mark(topology: Topology, columns: JudgedColumns, shown: Iterable<number>): void {
    this.interest.mark(topology, columns, shown)
  }

  /** A broker answers, and what it holds is not read yet: its first log ends are under way, or are asked next. */
  get endsAwaited(): boolean {
    const { clock, pool, reading } = this.parts
    if (reading.epoch === null) return false
    const held = new Set(holdersOf(reading.epoch.reading.topology).ids)
    const now = clock.now()
    return pool
      .answering()
      .some(
        ({ address: { id }, facts }) =>
          held.has(id) && !this.endsTold.has(id) && now - facts.answersSince < FIRST_ENDS_MS,
      )
  }

  async run(options: TickOptions): Promise<TickOutcome> {
    const { clock, reading } = this.parts
    this.firstSentAt = Number.NaN
    this.lastReadAt = Number.NaN
    this.slowestMs = 0
    this.turn += 1
    this.asking = true
    this.askedNow.clear()
    const graceMs = Math.min(options.intervalMs / 2, Math.max(LEAST_GRACE_MS, GRACE_FACTOR * this.usualSlowest()))
    const first = new QuestionRound(clock)
    const told = new QuestionRound(clock)
    this.askMetadata([first, told], options.wantSecond)
    let plan = await this.plan(options.intervalMs)
    await this.askLogEnds(first, 'followers', plan)
    const graceUntil = clock.now() + graceMs
    await told.settled(graceMs)
    const before = reading.epoch
    const { taken: complete, changed } = await this.takeMetadata()
    if (changed) options.onChange()
    if (reading.epoch !== before) plan = await this.plan(options.intervalMs)
    await first.settled(Math.min(graceMs, Math.max(0, graceUntil - clock.now())))
    const second = new QuestionRound(clock)
    await this.askLogEnds(second, 'leaders', plan)
    await this.askHighWatermarks(second, plan, options.highWatermarks)
    await second.settled(graceMs)
    this.asking = false
    for (const id of this.askedNow) this.noteEnds(id)
    await ownTurn(clock, plan?.rows.length ?? 0)
    await this.settle(reading.epoch, plan)
    return { complete, spreadMs: this.lastReadAt - this.firstSentAt, answerMs: this.slowestMs }
  }

  private async plan(intervalMs: number): Promise<RowPlan | null> {
    const { clock, reading } = this.parts
    const { epoch } = reading
    if (epoch === null) return null
    const { topology } = epoch.reading
    const holders = holdersOf(topology)
    this.interest.follow(epoch)
    await ownTurn(clock, topology.partition.length)
    const must = this.interest.withStanding(epoch)
    const budget = rowBudget(holders.busiest, intervalMs)
    const plan = await inSlices(clock, planPass({ topology, holders, must, cursor: this.cursor, budget }))
    this.cursor = plan.cursor
    await ownTurn(clock, topology.partition.length)
    return plan
  }

  private askMetadata(rounds: readonly QuestionRound[], wantSecond: boolean): void {
    const { pool, reading } = this.parts
    const { stale, names, unsure, unheard } = reading.metadata
    const answering = pool
      .answering()
      .filter((lane) => this.isFree(lane))
      .map((lane) => lane.address.id)
    const { primary, second } = chooseSources({
      answering,
      stale,
      unheard,
      turn: this.turn,
      secondTurn: wantSecond || unsure ? this.secondTurn++ : null,
    })
    for (const id of [primary, second]) {
      const lane = pool.get(id)
      if (lane === undefined) continue
      const question = (link: BrokerLink, timeoutMs: number) => link.metadata(null, timeoutMs, names)
      this.send(rounds, lane, 'metadata', question, ({ value, sentAt, readAt }) => {
        this.arrived.push({ broker: id, meta: value, sentAt, readAt })
      })
    }
    this.primary = primary
  }

  private async takeMetadata(): Promise<Applied> {
    const { pool, reading } = this.parts
    // When the one whose turn it is comes late, the other tells the picture.
    const answers = this.arrived
      .splice(0)
      .sort((a, b) => Number(b.broker === this.primary) - Number(a.broker === this.primary))
    const applied = await reading.apply({ kind: 'metadata', answers })
    const { epoch } = reading
    if (!applied.taken || epoch === null) return applied
    const { brokers, topology } = epoch.reading
    const held = new Set(holdersOf(topology).ids)
    pool.follow(brokers, (id) => held.has(id))
    return applied
  }

  private async askLogEnds(round: QuestionRound, which: 'followers' | 'leaders', plan: RowPlan | null): Promise<void> {
    const { clock, limits, reading } = this.parts
    const { epoch } = reading
    if (epoch === null || plan === null) return
    await this.askOffsets(round, 'log-end', epoch, which, plan.rows, async (answer) => {
      const { taken, refused } = await reading.apply({ kind: 'log-ends', ...answer })
      const of = String(answer.broker)
      if (refused) {
        limits.turnOff('log-end-offsets', 'not-authorized', clock.now(), of)
        this.refusedAt.set(answer.broker, clock.now())
        // Its rows come in several answers, and in turns.
      } else if (taken && !(clock.now() - this.refusedAt.get(answer.broker)! < ROUND_TRIP_MS))
        limits.turnOn('log-end-offsets', of)
      if (which === 'followers') this.noteFollowers(answer)
    })
  }

  /**
   * Kafka's followers answer with their own log end (replica id -2), Redpanda's that they do not lead, each of them. Once a follower on a broker has told
   * its own, the same answer of another one is a matter of that partition.
   */
  private noteFollowers({ broker, offsets: { offset, errors } }: OffsetsAnswer): void {
    if (this.followersTold.has(broker)) return
    const { clock, limits } = this.parts
    if (offset.some((end) => !Number.isNaN(end))) {
      this.followersTold.add(broker)
      limits.turnOn('follower-log-ends', String(broker))
    } else if (errors.every((error) => error === KafkaError.NOT_LEADER_OR_FOLLOWER))
      limits.turnOff('follower-log-ends', 'unsupported', clock.now(), String(broker))
  }

  private async askHighWatermarks(
    round: QuestionRound,
    plan: RowPlan | null,
    which: TickOptions['highWatermarks'],
  ): Promise<void> {
    const { clock, reading } = this.parts
    const { epoch } = reading
    if (epoch === null || plan === null) return
    const { must } = this.interest
    const { highWatermarkReadAt } = epoch
    const { highWatermarkError, leaderSince, leader } = epoch.reading
    const isWanted = (row: number): boolean =>
      which === 'all' ||
      must[row] === 1 ||
      highWatermarkError[row] === KafkaError.OFFSET_NOT_AVAILABLE ||
      Number.isNaN(highWatermarkReadAt[row]!) ||
      leaderSince[row]! > highWatermarkReadAt[row]!
    const rows = plan.rows.filter((row) => leader[row] !== -1 && isWanted(row))
    await ownTurn(clock, plan.rows.length)
    await this.askOffsets(round, 'high-watermark', epoch, 'leaders', rows, async (answer) => {
      await reading.apply({ kind: 'high-watermarks', ...answer })
    })
  }

  private async askOffsets(
    round: QuestionRound,
    what: 'log-end' | 'high-watermark',
    of: TopologyEpoch,
    which: 'followers' | 'leaders',
    rows: Uint32Array,
    write: (answer: OffsetsAnswer) => Promise<void>,
  ): Promise<void> {
    if (rows.length === 0) return
    const { clock } = this.parts
    const { topology, leader } = of.reading
    const pass = questionsPass(which, topology, holdersOf(topology), leader, rows)
    for (const { broker, rows: asked, replicaRows } of await inSlices(clock, pass)) {
      // Its questions are written down as they are sent.
      await ownTurn(clock, rows.length)
      const lane = this.parts.pool.get(broker)
      // In one tick a lane may take several questions, one after the other; what an earlier tick left open makes it busy.
      if (lane === undefined || !(this.askedNow.has(broker) || this.isFree(lane))) continue
      if (what === 'log-end' && !this.endsTold.has(broker)) this.firstEnds.set(broker, this.turn)
      const total = replicaRows.length
      for (let from = 0; from < total; from += ROWS_PER_REQUEST) {
        const to = Math.min(total, from + ROWS_PER_REQUEST)
        const ask = (link: BrokerLink, timeoutMs: number): Promise<OffsetColumns> =>
          link.offsets({ what, rows: asked, from, to }, timeoutMs)
        this.send([round], lane, what, ask, ({ value, sentAt, readAt }) =>
          write({ of, broker, replicaRows: replicaRows.subarray(from, to), offsets: value, sentAt, readAt }),
        )
      }
    }
  }

  private isFree(lane: BrokerLane): boolean {
    return lane.connected !== null && (this.outstanding.get(lane.address.id) ?? 0) === 0
  }

  private send<T>(
    rounds: readonly QuestionRound[],
    lane: BrokerLane,
    kind: AskKind,
    question: (link: BrokerLink, timeoutMs: number) => Promise<T>,
    merge: (answer: Timed<T>) => Promise<void> | void,
  ): void {
    const { id } = lane.address
    this.askedNow.add(id)
    this.outstanding.set(id, (this.outstanding.get(id) ?? 0) + 1)
    const work = lane
      .ask(kind, question)
      .then((answer) => {
        this.note(id, answer)
        return merge(answer)
      })
      .catch((error: unknown) => this.refused(kind, id, error))
      .finally(() => {
        this.outstanding.set(id, (this.outstanding.get(id) ?? 1) - 1)
        this.noteEnds(id)
        this.underWay.delete(work)
      })
    this.underWay.add(work)
    for (const round of rounds) round.add(work)
  }

  /** Followers and leaders are asked one after the other, so a broker has told all once it owes nothing of a tick that asks no more. */
  private noteEnds(id: number): void {
    const asked = this.firstEnds.get(id)
    if (asked === undefined || this.outstanding.get(id) !== 0 || (this.asking && asked === this.turn)) return
    this.firstEnds.delete(id)
    this.endsTold.add(id)
  }

  private note(id: number, { sentAt, readAt }: Timed<unknown>): void {
    const ms = readAt - sentAt
    const usual = this.usualMs.get(id)
    this.usualMs.set(id, usual === undefined ? ms : usual + (ms - usual) * 0.2)
    this.slowestMs = Math.max(this.slowestMs, ms)
    if (!(this.firstSentAt <= sentAt)) this.firstSentAt = sentAt
    if (!(this.lastReadAt >= readAt)) this.lastReadAt = readAt
  }

  private usualSlowest(): number {
    return this.parts.pool.answering().reduce((most, lane) => Math.max(most, this.usualMs.get(lane.address.id) ?? 0), 0)
  }

  private refused(kind: AskKind, broker: number, error: unknown): void {
    const { clock, limits } = this.parts
    if (!isAnswer(error)) this.firstEnds.delete(broker)
    const reason = kind === 'metadata' ? null : limitReason(error)
    if (reason !== null) limits.turnOff('log-end-offsets', reason, clock.now(), String(broker))
  }

  private async settle(of: TopologyEpoch | null, plan: RowPlan | null): Promise<void> {
    if (of !== null && plan !== null) await this.parts.reading.apply({ kind: 'round-over', of, rows: plan.rows })
  }
}
