import { BrokerSettings } from './broker-settings'
import type { Clock } from './clock'
import type { ClusterState } from './cluster-state'
import { ControllerFacts } from './controller-facts'
import { ElrReader } from './elr-reader'
import type { LanePool } from './lane-pool'
import type { Limits } from './limits'
import { TopicSettings } from './topic-settings'

export interface BackgroundParts {
  readonly clock: Clock
  readonly pool: LanePool
  readonly state: ClusterState
  readonly limits: Limits
}

/** What changes rarely and is read between ticks: settings, versions, quorum, reassignments, ELR. `pump` after each tick asks what is due. */
export class Background {
  readonly brokers: BrokerSettings
  readonly controller: ControllerFacts
  private readonly topics: TopicSettings
  private readonly elr: ElrReader
  private readonly underWay = new Set<Promise<void>>()

  constructor(parts: BackgroundParts) {
    this.brokers = new BrokerSettings(parts)
    this.controller = new ControllerFacts(parts)
    this.topics = new TopicSettings(parts)
    this.elr = new ElrReader(parts)
  }

  /** Returns at once; each reader has at most one question of its kind under way. */
  pump(): void {
    for (const work of [this.topics.pump(), this.brokers.pump(), this.controller.pump(), this.elr.pump(this.brokers.elr)]) {
      const tracked: Promise<void> = work.finally(() => this.underWay.delete(tracked))
      this.underWay.add(tracked)
    }
  }

  /** Resolves when what was asked so far has come in or failed. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay)
  }
}
