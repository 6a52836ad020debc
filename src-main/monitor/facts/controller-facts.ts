import type { QuorumReport, QuorumView } from '../../contract/quorum'
import { heardByControllers } from '../../domain/forecast/hearing'
import type { Voter } from '../../domain/forecast/majority'
import { quorumReport, votersOf } from '../../domain/quorum/quorum-report'
import { PortError } from '../../ports/cluster-port'
import type { PollParts } from '../poll/tick'
import type { BrokerLane } from '../poll/broker-lane'
import type { TopologyEpoch } from '../reading/answers'
import { isZooKeeperMode } from './kafka-version'
import type { Capability } from '../../contract/summary'
import { limitReason } from '../../ports/limit-reason'

const AGAIN_MS = 3_000
/** However often topics come and go. */
const AGAIN_AT_BEST_MS = 500
const TIMEOUT_MS = 2_000
/** So many brokers have to go without an answer before no controller is said to be there. */
const ASKED_FOR_SILENCE = 3

export interface QuorumFacts {
  /** As `ClusterSummary.quorum`. */
  readonly state: 'leads' | 'silent' | 'unknown'
  /** -1 unknown. */
  readonly controller: number
  /** null unknown. */
  readonly voters: readonly Voter[] | null
}

const UNKNOWN_QUORUM: QuorumFacts = { state: 'unknown', controller: -1, voters: null }

/** What brokers ask the controller for us: quorum and reassignments. On the second connection, since it may hang (kafka-facts e6). */
export class ControllerFacts {
  /** As told last; unknown from the second question on that brings no answer, and silent once three brokers (or all there are) got none from a controller. */
  quorum: QuorumFacts = UNKNOWN_QUORUM
  /** The newest answer with a leader; it stays while none comes. */
  private report: QuorumReport | null = null
  /** When the first of the questions was sent that brought no answer, NaN = the last one did. */
  private unansweredSince = Number.NaN
  private askedAt = Number.NaN
  private asking = false
  private failures = 0
  /** Brokers that got no word from a controller since one answered. */
  private readonly unanswered = new Set<number>()
  /** A new one may have other replica lists, so what is moving is asked for at once. */
  private of: TopologyEpoch | null = null
  private turn = 0

  constructor(private readonly parts: PollParts) {}

  /** Everything there is to say of the quorum of a cluster in KRaft mode. */
  get view(): Exclude<QuorumView, { state: 'none' }> {
    const { report, unansweredSince: since } = this
    if (this.quorum.state === 'leads' && report !== null) return { state: 'leads', report }
    if (this.quorum.state === 'silent')
      return { state: 'silent', since, asked: [...this.unanswered].sort((a, b) => a - b), last: report }
    const limit = this.parts.limits.list(this.parts.clock.now()).find(({ what }) => what === 'quorum')
    const why = limit?.reason ?? (Number.isNaN(since) ? 'not-asked' : 'no-answer')
    return { state: 'unknown', why, since, last: report }
  }

  async pump(): Promise<void> {
    const { clock, reading } = this.parts
    const { epoch } = reading
    const now = clock.now()
    const hurry = epoch !== this.of || (this.failures > 0 && this.failures <= ASKED_FOR_SILENCE)
    if (this.asking || now - this.askedAt < (hurry ? AGAIN_AT_BEST_MS : AGAIN_MS)) return
    const lane = this.whomToAsk()
    if (lane === undefined) return
    this.askedAt = now
    this.of = epoch
    this.turn += 1
    // Without KRaft there is none to be read, which is no limit.
    const kraft = !isZooKeeperMode(lane.connected?.versions ?? new Map())
    if (!kraft) this.parts.limits.turnOn('quorum')
    this.asking = true
    await Promise.all([
      kraft ? this.guarded('quorum', () => this.readQuorum(lane)) : undefined,
      this.guarded('reassignments', () => this.readReassignments(lane)),
    ])
    this.asking = false
  }

  /** Anybody in turn, as brokers hand these questions on; in ZooKeeper mode they do not (41), and Metadata names the true controller. */
  private whomToAsk(): BrokerLane | undefined {
    const { pool, reading } = this.parts
    const lanes = pool.answering()
    if (lanes.some((lane) => isZooKeeperMode(lane.connected?.versions ?? new Map())))
      return lanes.find((lane) => lane.address.id === reading.metadata.controllerId)
    return lanes[this.turn % Math.max(1, lanes.length)]
  }

  private async guarded(what: Capability, read: () => Promise<void>): Promise<void> {
    const { clock, limits } = this.parts
    if (!limits.mayAsk(what, clock.now())) return
    try {
      await read()
      limits.turnOn(what)
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff(what, reason, clock.now())
    }
  }

  private async readQuorum(lane: BrokerLane): Promise<void> {
    const { clock, pool } = this.parts
    const sentAt = clock.now()
    try {
      const answer = await lane.forward((link) => link.quorum(TIMEOUT_MS))
      // An election is under way, or nobody wins it.
      if (answer.leader < 0) throw new PortError('timeout', 'timeout', 'the quorum has no leader')
      const asked = { askedAt: sentAt, readAt: clock.now(), broker: lane.address.id }
      this.report = quorumReport(answer, asked, this.report)
      this.quorum = { state: 'leads', controller: answer.leader, voters: votersOf(this.report) }
      this.unansweredSince = Number.NaN
      const members = [...answer.voters, ...answer.observers]
      const heard = heardByControllers(answer.leader, members, sentAt)
      for (const [id, at] of heard) pool.get(id)?.noteHeard(at, sentAt)
      this.failures = 0
      this.unanswered.clear()
    } catch (error) {
      this.noAnswer(lane, error, sentAt)
      throw error
    }
  }

  /**
   * A broker that has no controller keeps the question until its end (seen on 4.4.0). One that is cut off from the controllers does so too, so it takes
   * several of them. What this login may not ask is not known at once.
   */
  private noAnswer(lane: BrokerLane, error: unknown, sentAt: number): void {
    // It fell silent itself, which says nothing of the controllers.
    if (lane.facts.answers !== 'yes') return
    if (limitReason(error) !== null) {
      this.failures = 0
      this.unanswered.clear()
      this.unansweredSince = Number.NaN
      this.quorum = UNKNOWN_QUORUM
      return
    }
    if (Number.isNaN(this.unansweredSince)) this.unansweredSince = sentAt
    this.failures += 1
    if (error instanceof PortError && error.kind === 'timeout') this.unanswered.add(lane.address.id)
    if (this.failures < 2) return
    const enough = Math.min(ASKED_FOR_SILENCE, this.parts.pool.answering().length)
    this.quorum = { ...UNKNOWN_QUORUM, state: this.unanswered.size >= enough ? 'silent' : 'unknown' }
  }

  private async readReassignments(lane: BrokerLane): Promise<void> {
    const { clock, reading } = this.parts
    const sentAt = clock.now()
    const { partitions } = await lane.forward((link) => link.reassignments(TIMEOUT_MS))
    await reading.apply({ kind: 'reassignments', moves: partitions, sentAt, readAt: clock.now() })
  }
}
