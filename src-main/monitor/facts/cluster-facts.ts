import type { Reading } from '../../domain/topology/reading'
import { applyThrottles, type ThrottledReplicas } from '../../domain/answers/throttle'
import type { PollParts } from '../poll/tick'
import { BrokerSettings } from './broker-settings'
import { ControllerFacts } from './controller-facts'
import { ElrReader } from './elr-reader'
import { TopicSettings } from './topic-settings'

const NOBODY: ReadonlySet<number> = new Set()

/** What changes rarely and is read between ticks: settings, versions, quorum, reassignments, ELR. `pump` after each tick asks what is due. */
export class ClusterFacts {
  readonly brokers: BrokerSettings
  readonly controller: ControllerFacts
  private readonly topics: TopicSettings
  private readonly elr: ElrReader
  private readonly underWay = new Set<Promise<void>>()

  constructor(parts: PollParts) {
    this.brokers = new BrokerSettings(parts)
    this.controller = new ControllerFacts(parts)
    this.topics = new TopicSettings(parts)
    this.elr = new ElrReader(parts)
  }

  /** Each reader has at most one question of its kind under way. Resolves when the settings that were due are read or refused. */
  async pump(): Promise<void> {
    const settings = [this.track(this.topics.pump()), this.track(this.brokers.pump())]
    void this.track(this.controller.pump())
    void this.track(this.elr.pump(this.brokers.elr))
    await Promise.all(settings)
  }

  /** Marks what is throttled in the reading; answers the brokers whose own fetching is limited. Costs nothing where no topic lists any. */
  throttle(reading: Reading): ReadonlySet<number> {
    const { throttles } = this.topics
    if (throttles.size === 0) {
      if (reading.throttled.includes(1)) reading.throttled.fill(0)
      return NOBODY
    }
    const byTopic = new Map<number, ThrottledReplicas>()
    reading.topology.topicNames.forEach((name, topic) => {
      const lists = throttles.get(name)
      if (lists !== undefined) byTopic.set(topic, lists)
    })
    return applyThrottles(reading, byTopic, this.brokers.throttleRates)
  }

  /** Resolves when what was asked so far has come in or failed. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay)
  }

  private track(work: Promise<void>): Promise<void> {
    const tracked: Promise<void> = work.finally(() => this.underWay.delete(tracked))
    this.underWay.add(tracked)
    return tracked
  }
}
