import type { QuorumAnswer } from '../../ports/cluster-port'
import type { PollParts } from '../poll/tick'
import type { BrokerLane } from '../poll/broker-lane'
import type { TopologyEpoch } from '../reading/answers'
import { isZooKeeperMode } from './kafka-version'
import type { Capability } from '../../contract/summary'
import { limitReason } from '../poll/limits'

const AGAIN_MS = 3_000
/** However often topics come and go. */
const AGAIN_AT_BEST_MS = 500
const TIMEOUT_MS = 2_000
/** A voter that has not fetched for this long by the quorum leader's clock is not live. */
const VOTER_SILENT_MS = 10_000

export interface QuorumFacts {
  readonly controller: number
  readonly voters: { readonly live: number; readonly total: number } | null
}

/** Live voters by the quorum leader's own clock: its times cannot be compared with ours. */
export function quorumFacts(answer: QuorumAnswer): QuorumFacts {
  const newest = Math.max(...answer.voters.map((voter) => Math.max(voter.lastFetchAt, voter.lastCaughtUpAt)))
  const isLive = (voter: QuorumAnswer['voters'][number]): boolean =>
    voter.id === answer.leader || (voter.lastFetchAt >= 0 && newest - voter.lastFetchAt < VOTER_SILENT_MS)
  return {
    controller: answer.leader,
    voters: { live: answer.voters.filter(isLive).length, total: answer.voters.length },
  }
}

/** What brokers ask the controller for us: quorum and reassignments. On the second connection, since it may hang (kafka-facts e6). */
export class ControllerFacts {
  quorum: QuorumFacts = { controller: -1, voters: null }
  private askedAt = Number.NaN
  /** A new one may have other replica lists, so what is moving is asked for at once. */
  private of: TopologyEpoch | null = null
  private turn = 0

  constructor(private readonly parts: PollParts) {}

  async pump(): Promise<void> {
    const { clock, reading } = this.parts
    const { epoch } = reading
    const now = clock.now()
    if (now - this.askedAt < (epoch === this.of ? AGAIN_MS : AGAIN_AT_BEST_MS)) return
    const lane = this.whomToAsk()
    if (lane === undefined) return
    this.askedAt = now
    this.of = epoch
    this.turn += 1
    // Without KRaft there is none to be read, which is no limit.
    const kraft = !isZooKeeperMode(lane.connected?.versions ?? new Map())
    if (!kraft) this.parts.limits.turnOn('quorum')
    await Promise.all([
      kraft ? this.guarded('quorum', () => this.readQuorum(lane)) : undefined,
      this.guarded('reassignments', () => this.readReassignments(lane)),
    ])
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
    this.quorum = quorumFacts(await lane.forward((link) => link.quorum(TIMEOUT_MS)))
  }

  private async readReassignments(lane: BrokerLane): Promise<void> {
    const { partitions } = await lane.forward((link) => link.reassignments(TIMEOUT_MS))
    await this.parts.reading.apply({ kind: 'reassignments', moves: partitions })
  }
}
