import type { BrokerAddress } from '../../domain/topology/columns'
import type { BrokerFacts } from '../../domain/topology/reading'
import { BrokerLane, type LaneOptions } from './broker-lane'
import { DialQueue } from './dial-queue'

/** No broker starts as fast; one that is listed again sooner was only told so by a broker with an old view. */
const AWAY_MS = 2_000

const byId = (a: BrokerLane, b: BrokerLane): number => a.address.id - b.address.id

/** The lanes of one cluster. A broker that left Metadata keeps its lane (and its back-off) as long as a replica is assigned to it. */
export class LanePool {
  private readonly lanes = new Map<number, BrokerLane>()
  private leaving: Promise<void>[] = []
  private listed = new Set<number>()
  private readonly unlistedSince = new Map<number, number>()
  private stopped = false

  private readonly options: LaneOptions

  constructor(options: Omit<LaneOptions, 'dials'>) {
    this.options = { ...options, dials: new DialQueue(options.clock) }
  }

  all(): readonly BrokerLane[] {
    return [...this.lanes.values()].sort(byId)
  }

  get(id: number): BrokerLane | undefined {
    return this.lanes.get(id)
  }

  /** Brokers that answer, by id. */
  answering(): readonly BrokerLane[] {
    return this.all().filter((lane) => lane.facts.answers === 'yes' && lane.connected !== null)
  }

  /**
   * Whom to ask in this turn for what all brokers should know; undefined = none answers. One of the `stale`, whose view of the cluster is old, only where no other answers:
   * what it tells of settings and ELRs is as old.
   */
  inTurn(turn: number, stale: ReadonlySet<number>): BrokerLane | undefined {
    const lanes = this.answering()
    const fresh = lanes.filter(({ address }) => !stale.has(address.id))
    const asked = fresh.length > 0 ? fresh : lanes
    return asked[turn % Math.max(1, asked.length)]
  }

  facts(): ReadonlyMap<number, BrokerFacts> {
    return new Map(this.all().map((lane) => [lane.address.id, lane.facts]))
  }

  /** Earliest next connection try, NaN when nobody waits for one. */
  nextTryAt(): number {
    const times = this.all()
      .map((lane) => lane.nextTryAt)
      .filter((at) => !Number.isNaN(at))
    return times.length === 0 ? Number.NaN : Math.min(...times)
  }

  /** Follows Metadata: new brokers get a lane, moved and returned ones reconnect, forgotten ones end. */
  follow(brokers: readonly BrokerAddress[], holdsReplica: (id: number) => boolean): void {
    if (this.stopped) return
    const now = this.options.clock.now()
    const before = this.listed
    this.listed = new Set(brokers.map((broker) => broker.id))
    for (const id of before) if (!this.listed.has(id)) this.unlistedSince.set(id, now)
    for (const address of brokers) {
      const lane = this.lanes.get(address.id)
      if (lane === undefined) this.lanes.set(address.id, new BrokerLane(address, this.options))
      else if (!before.has(address.id)) lane.meet(address, now - (this.unlistedSince.get(address.id) ?? now) >= AWAY_MS)
      else if (lane.address.port !== address.port || lane.address.host !== address.host) lane.meet(address)
    }
    for (const [id, lane] of this.lanes) {
      if (this.listed.has(id) || holdsReplica(id)) continue
      this.lanes.delete(id)
      this.unlistedSince.delete(id)
      this.leaving.push(lane.stop())
    }
  }

  /** Those that have no link are dialled now. */
  tryAgain(): void {
    for (const lane of this.lanes.values()) lane.meet(lane.address)
  }

  renew(): void {
    for (const lane of this.lanes.values()) lane.renew()
  }

  rest(quiet: boolean): void {
    for (const lane of this.lanes.values()) lane.rest(quiet)
  }

  /** For good: Metadata that comes in afterwards makes no lanes. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all([...this.leaving, ...this.all().map((lane) => lane.stop())])
    this.leaving = []
    this.lanes.clear()
  }
}
