import { UNREAD_SETTINGS } from '../../domain/topology/reading'
import type { ClusterSettings } from '../../domain/topology/reading'
import type { ThrottleRates } from '../../domain/answers/throttle'
import type { ConfigAnswer } from '../../ports/cluster-port'
import type { PollParts } from '../poll/tick'
import type { BrokerLane } from '../poll/broker-lane'
import { guessVersion, isZooKeeperMode, keepsElr, lowestVersion, type KafkaVersion } from './kafka-version'
import { limitReason } from '../../ports/limit-reason'
import { isAuthorizationError } from '../../shared/kafka-codes'

/** Throttle rates are set and removed while somebody watches; the rest hardly ever changes. */
const READ_AGAIN_MS = 10_000
const WINDOW = 'replica.lag.time.max.ms'
const SESSION = 'broker.session.timeout.ms'
const ZOOKEEPER_SESSION = 'zookeeper.session.timeout.ms'
/** Absent, not null, where no rate is set (kafka-facts b). */
const FOLLOWER_RATE = 'follower.replication.throttled.rate'
const LEADER_RATE = 'leader.replication.throttled.rate'
const FETCHERS = 'num.replica.fetchers'
const KEYS = [WINDOW, SESSION, ZOOKEEPER_SESSION, FOLLOWER_RATE, LEADER_RATE, FETCHERS]

interface Known {
  readonly askedAt: number
  readonly evictionWindowMs: number
  readonly sessionTimeoutMs: number
  readonly fetchers: number
  readonly followerRate: number
  readonly leaderRate: number
}

const highest = (values: readonly number[]): number =>
  values.reduce((most, value) => (value >= most || Number.isNaN(most) ? value : most), Number.NaN)

function numberOf(answer: ConfigAnswer | undefined, key: string): number {
  const value = answer?.error === 0 ? answer.entries.find((entry) => entry.name === key)?.value : null
  return value === null || value === undefined || value === '' ? Number.NaN : Number(value)
}

/** Kafka's default is the largest int64, which is no limit. */
function rateOf(answer: ConfigAnswer | undefined, key: string): number {
  const rate = numberOf(answer, key)
  return rate < Number.MAX_SAFE_INTEGER ? rate : Number.NaN
}

/**
 * Reads each broker's own settings from that broker (another one refuses, error 42). A leader evicts by its own window; where one figure has to stand
 * for all brokers it is the highest. Figures of a broker that is away stay as long as a replica is on it.
 */
export class BrokerSettings {
  private readonly known = new Map<number, Known>()
  private readonly guessed = new Map<number, KafkaVersion | null>()
  private elrTold: boolean | null = null
  private busy = false

  constructor(private readonly parts: PollParts) {}

  get settings(): ClusterSettings {
    const known = [...this.known.values()]
    if (known.length === 0 && this.guessed.size === 0) return UNREAD_SETTINGS
    return {
      evictionWindowMs: highest(known.map((one) => one.evictionWindowMs).filter((ms) => !Number.isNaN(ms))),
      evictionWindows: new Map(
        [...this.known].flatMap(([id, { evictionWindowMs }]) =>
          Number.isNaN(evictionWindowMs) ? [] : [[id, evictionWindowMs] as const],
        ),
      ),
      sessionTimeoutMs: highest(known.map((one) => one.sessionTimeoutMs).filter((ms) => !Number.isNaN(ms))),
      version: lowestVersion([...this.guessed.values()]),
      controllerSilent: false,
    }
  }

  get versions(): ReadonlyMap<number, KafkaVersion | null> {
    return this.guessed
  }

  /** Brokers with a replication throttle rate, by the side it limits. */
  get throttleRates(): ThrottleRates {
    const having = (rate: (one: Known) => number): ReadonlySet<number> =>
      new Set([...this.known].filter(([, one]) => !Number.isNaN(rate(one))).map(([id]) => id))
    return { followers: having((one) => one.followerRate), leaders: having((one) => one.leaderRate) }
  }

  /**
   * Whether the cluster keeps eligible leader replicas, as the brokers that answer tell it now; what was told last while none of them knows it; null = none ever did.
   * A level is the cluster's, and one that is behind does not have it yet: so one that has it is enough.
   */
  get elr(): boolean | null {
    const told = this.parts.pool
      .answering()
      .map(({ connected }) => keepsElr(connected?.versions ?? null, connected?.features ?? null))
    if (told.includes(true)) this.elrTold = true
    else if (told.includes(false)) this.elrTold = false
    return this.elrTold
  }

  get zooKeeper(): boolean {
    return this.parts.pool.answering().some((lane) => isZooKeeperMode(lane.connected?.versions ?? new Map()))
  }

  async pump(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const now = this.parts.clock.now()
      this.forget()
      for (const lane of this.parts.pool.answering()) {
        this.guessed.set(
          lane.address.id,
          guessVersion(lane.connected?.versions ?? null, lane.connected?.features ?? null),
        )
      }
      await Promise.all(
        this.parts.pool
          .answering()
          .filter((lane) => this.isDue(lane, now))
          .map((lane) => this.read(lane, now)),
      )
      await this.tellFetchers()
    } finally {
      this.busy = false
    }
  }

  private async tellFetchers(): Promise<void> {
    const { reading } = this.parts
    const known = reading.epoch?.reading.fetchers
    const told = [...this.known].flatMap(([id, { fetchers }]) =>
      fetchers >= 1 && known?.get(id) !== fetchers ? [[id, fetchers] as const] : [],
    )
    if (told.length > 0) await reading.apply({ kind: 'fetchers', told: new Map(told) })
  }

  /** A broker without a lane holds no replica and is not listed: it was taken out for good, and its old version or window holds for nobody. */
  private forget(): void {
    for (const id of [...this.known.keys(), ...this.guessed.keys()]) {
      if (this.parts.pool.get(id) !== undefined) continue
      this.known.delete(id)
      this.guessed.delete(id)
    }
    for (const what of ['broker-settings', 'log-end-offsets', 'follower-log-ends'] as const)
      this.parts.limits.keep(what, (id) => this.parts.pool.get(Number(id)) !== undefined)
  }

  private isDue(lane: BrokerLane, now: number): boolean {
    const askedAt = this.known.get(lane.address.id)?.askedAt ?? Number.NaN
    return !(now - askedAt < READ_AGAIN_MS) && this.parts.limits.mayAsk('broker-settings', now, String(lane.address.id))
  }

  private async read(lane: BrokerLane, now: number): Promise<void> {
    const { limits } = this.parts
    const { id } = lane.address
    const resource = { type: 'broker' as const, name: String(id) }
    try {
      const { value } = await lane.ask('configs', (link, timeoutMs) => link.configs([resource], KEYS, timeoutMs))
      const answer = value[0]
      if (answer !== undefined && isAuthorizationError(answer.error)) {
        limits.turnOff('broker-settings', 'not-authorized', now, String(id))
        return
      }
      limits.turnOn('broker-settings', String(id))
      this.known.set(id, {
        askedAt: now,
        evictionWindowMs: numberOf(answer, WINDOW),
        sessionTimeoutMs: numberOf(answer, this.zooKeeper ? ZOOKEEPER_SESSION : SESSION),
        fetchers: numberOf(answer, FETCHERS),
        followerRate: rateOf(answer, FOLLOWER_RATE),
        leaderRate: rateOf(answer, LEADER_RATE),
      })
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff('broker-settings', reason, now, String(id))
    }
  }
}
