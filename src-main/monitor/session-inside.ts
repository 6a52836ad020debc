import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import type { BrokerLink, ClusterPort } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import type { Monitor } from './monitor'
import type { SessionInside } from './session'

interface Waiting {
  readonly since: number
  resolve(fresh: boolean): void
}

/**
 * The opened cluster as a change sees it. `pictured` is called after every published picture, `close` when the session closes: whoever waits
 * for a fresh reading then is told that none came.
 */
export class Inside implements SessionInside {
  private readonly listeners = new Set<() => void>()
  private readonly waiting = new Set<Waiting>()
  private seen = false
  private closed = false

  constructor(
    private readonly clock: Clock,
    private readonly port: ClusterPort,
    private readonly monitor: Monitor,
    private readonly onError: (cause: unknown) => void,
  ) {}

  clusterId(): string | null {
    return this.monitor.state.clusterId
  }

  reading(): Reading | null {
    return this.seen ? (this.monitor.state.book?.reading ?? null) : null
  }

  facts(): ReadonlyMap<number, BrokerFacts> {
    return this.monitor.pool.facts()
  }

  settings(): ClusterSettings {
    return this.monitor.background.brokers.settings
  }

  elr(): boolean {
    return this.monitor.background.brokers.elr
  }

  controller(): number {
    return this.monitor.background.brokers.zooKeeper ? this.monitor.state.controllerId : -1
  }

  link(broker: number): BrokerLink | null {
    const address = this.monitor.state.book?.reading.brokers.find((listed) => listed.id === broker)
    return address === undefined || this.closed ? null : this.port.link(address)
  }

  freshReading(timeoutMs: number): Promise<boolean> {
    // A paused monitor asks nothing, so there is nothing to wait for.
    if (this.closed || this.monitor.status.phase === 'paused') return Promise.resolve(false)
    return new Promise((resolve) => {
      const settle = (fresh: boolean): void => {
        stopWaiting()
        this.waiting.delete(waiting)
        resolve(fresh)
      }
      const waiting = { since: this.clock.now(), resolve: settle }
      const stopWaiting = this.clock.after(timeoutMs, () => settle(false))
      this.waiting.add(waiting)
      this.monitor.lookNow()
    })
  }

  onPicture(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  pictured(): void {
    this.seen = true
    for (const waiting of [...this.waiting])
      if (this.monitor.state.metadataSentAt >= waiting.since) waiting.resolve(true)
    for (const listener of [...this.listeners]) {
      try {
        listener()
      } catch (cause) {
        this.onError(cause)
      }
    }
  }

  close(): void {
    this.closed = true
    for (const waiting of [...this.waiting]) waiting.resolve(false)
    this.listeners.clear()
  }
}
