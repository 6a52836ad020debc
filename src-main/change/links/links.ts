/**
 * Links of our own to the brokers of one cluster, so that no write and no long question ever stands in front of a poll. Per broker: none →
 * connecting → standing → given up (30 s without a question, after a failure, on close); the next question makes a new one. What is pending
 * on a link that is given up rejects. Nothing here waits on a silent broker longer than CONNECT_MS.
 */
import type { Capability } from '../../contract/summary'
import { PortError, type BrokerLink } from '../../ports/cluster-port'
import { abortable } from './abortable'
import type { Cancel, Clock } from '../../ports/clock'
import type { LiveCluster } from '../../ports/live-cluster'

/** A question must be answered or given up within this time. */
export const IDLE_MS = 30_000
export const CONNECT_MS = 1_500
/** For all brokers that `any` tries in turn. */
const ANY_MS = 6_000

export interface Links {
  readonly clock: Clock
  /** Brokers that answer by the monitor's facts, in order of id. */
  ids(): readonly number[]
  /** As `ClusterInside.denied`. */
  denied(what: Capability, of?: string | number): boolean
  /** As `ClusterInside.noteDenied`. */
  noteDenied(what: Capability, of?: string | number): void
  /** A connected link to this broker. Rejects with a PortError; 'cancelled' when the signal says so. */
  at(broker: number, signal?: AbortSignal): Promise<BrokerLink>
  /** A connected link to some broker: one that answers, preferably one that stands already and not the one that failed last. */
  any(signal?: AbortSignal): Promise<BrokerLink>
  /** This link let a question hang or broke: it is given up, and its broker is the last that `any` tries. */
  failed(link: BrokerLink): void
  close(): void
}

interface Held {
  readonly link: BrokerLink
  /** `traffic.requests` when the idle timer was set: a link that was asked in between is not idle. */
  requests: number
  stopIdle: Cancel
}

const unreachable = (message: string): PortError => new PortError('unreachable', 'closed', message)

class BrokerLinks implements Links {
  private readonly held = new Map<number, Held>()
  private lastFailed = Number.NaN
  private closed = false

  constructor(
    private readonly cluster: LiveCluster,
    readonly clock: Clock,
  ) {}

  ids(): readonly number[] {
    return this.byAnswer('yes').sort((a, b) => a - b)
  }

  denied(what: Capability, of?: string | number): boolean {
    return this.cluster.denied(what, of)
  }

  noteDenied(what: Capability, of?: string | number): void {
    this.cluster.noteDenied(what, of)
  }

  at(broker: number, signal?: AbortSignal): Promise<BrokerLink> {
    return this.connected(broker, CONNECT_MS, signal)
  }

  async any(signal?: AbortSignal): Promise<BrokerLink> {
    const until = this.clock.now() + ANY_MS
    let last: unknown = unreachable('no broker is known')
    for (const broker of this.candidates()) {
      const left = until - this.clock.now()
      if (left <= 0) break
      try {
        return await this.connected(broker, Math.min(CONNECT_MS, left), signal)
      } catch (error) {
        if (signal?.aborted === true || this.closed) throw error
        last = error
      }
    }
    throw last
  }

  failed(link: BrokerLink): void {
    this.lastFailed = link.address.id
    const held = this.held.get(link.address.id)
    if (held?.link === link) this.drop(link.address.id, held, 'it did not answer')
    else link.giveUp('it did not answer')
  }

  close(): void {
    this.closed = true
    for (const [broker, held] of [...this.held]) this.drop(broker, held, 'closed')
  }

  private byAnswer(answers: 'yes' | 'no' | 'connecting'): number[] {
    return [...this.cluster.facts().values()].filter((fact) => fact.answers === answers).map((fact) => fact.id)
  }

  private candidates(): number[] {
    const rank = (broker: number): number => (broker === this.lastFailed ? 2 : this.held.has(broker) ? 0 : 1)
    const yes = this.byAnswer('yes').sort((a, b) => rank(a) - rank(b) || a - b)
    // One that was silent a moment ago may be back before the monitor has noticed.
    return [...yes, ...this.byAnswer('connecting'), ...this.byAnswer('no')]
  }

  private async connected(broker: number, timeoutMs: number, signal: AbortSignal | undefined): Promise<BrokerLink> {
    const standing = this.held.get(broker)
    if (standing !== undefined) {
      try {
        return await this.use(broker, standing, timeoutMs, signal)
      } catch (error) {
        // What broke while nobody asked is worth one new try; what hangs is not.
        if (signal?.aborted === true || (error instanceof PortError && error.kind === 'timeout')) throw error
      }
    }
    return this.use(broker, this.make(broker), timeoutMs, signal)
  }

  private make(broker: number): Held {
    if (this.closed) throw new PortError('cancelled', 'closed-by-us', 'the cluster was closed')
    const known = this.held.get(broker)
    if (known !== undefined) return known
    const link = this.cluster.link(broker)
    if (link === null) throw unreachable(`broker ${broker} is not listed by the cluster`)
    const held: Held = { link, requests: 0, stopIdle: () => undefined }
    this.held.set(broker, held)
    return held
  }

  private async use(
    broker: number,
    held: Held,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<BrokerLink> {
    this.armIdle(broker, held)
    try {
      // Does nothing while the connection stands.
      await abortable(held.link.connect(timeoutMs), signal)
      return held.link
    } catch (error) {
      if (signal?.aborted !== true) {
        this.lastFailed = broker
        this.drop(broker, held, 'it could not be connected')
      }
      throw error
    }
  }

  private armIdle(broker: number, held: Held): void {
    held.stopIdle()
    held.requests = held.link.traffic.requests
    held.stopIdle = this.clock.after(IDLE_MS, () => {
      if (held.link.traffic.requests === held.requests) this.drop(broker, held, 'idle')
      else this.armIdle(broker, held)
    })
  }

  private drop(broker: number, held: Held, why: string): void {
    held.stopIdle()
    if (this.held.get(broker) === held) this.held.delete(broker)
    held.link.giveUp(why)
  }
}

export const createLinks = (cluster: LiveCluster, clock: Clock): Links => new BrokerLinks(cluster, clock)
