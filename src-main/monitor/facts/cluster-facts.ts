import type { EpochQuestion } from '../../domain/loss/loss-watch'
import type { ElrRead } from '../../domain/quorum/short-isr'
import type { ClusterSettings } from '../../domain/topology/reading'
import type { PollParts } from '../poll/tick'
import type { Answer } from '../reading/answers'
import { BrokerSettings } from './broker-settings'
import { ControllerFacts, type QuorumFacts } from './controller-facts'
import { ElrReader } from './elr-reader'
import { Grants } from './grants'
import type { KafkaVersion } from './kafka-version'
import { askEpochEnds, type TellEpochEnd } from './epoch-ends'
import { LogDirs } from './log-dirs'
import { LogStarts } from './log-starts'
import { TopicSettings } from './topic-settings'

/** What changes rarely and is read between ticks: settings, versions, quorum, reassignments, ELR, failed log directories. `pump` after each tick asks what is due. */
export class ClusterFacts {
  readonly logStarts: LogStarts
  readonly logDirs: LogDirs
  private readonly brokers: BrokerSettings
  private readonly controller: ControllerFacts
  private readonly topics: TopicSettings
  private readonly elr: ElrReader
  private readonly grants: Grants
  private readonly underWay = new Set<Promise<void>>()

  constructor(private readonly parts: PollParts) {
    this.brokers = new BrokerSettings(parts)
    this.controller = new ControllerFacts(parts)
    this.topics = new TopicSettings(parts)
    this.elr = new ElrReader(parts)
    this.grants = new Grants(parts)
    this.logStarts = new LogStarts(parts)
    this.logDirs = new LogDirs(parts)
  }

  get settings(): ClusterSettings {
    return { ...this.brokers.settings, controllerSilent: this.controller.quorum.state === 'silent' }
  }

  /** By broker; null = older than 2.8. */
  get versions(): ReadonlyMap<number, KafkaVersion | null> {
    return this.brokers.versions
  }

  get quorum(): QuorumFacts {
    return this.controller.quorum
  }

  /** The quorum's own page; in ZooKeeper mode it means nothing. */
  get quorumView(): ControllerFacts['view'] {
    return this.controller.view
  }

  /** When the ELRs of a topic were read; undefined = not, or no need. */
  elrReadOf(topic: string): ElrRead | undefined {
    return this.elr.readOf(topic)
  }

  get zooKeeper(): boolean {
    return this.brokers.zooKeeper
  }

  /** Whether eligible leader replicas are on (finalized feature); null = not known. */
  get eligibleLeaders(): boolean | null {
    return this.brokers.elr
  }

  /** Who fetches under a throttle, as far as the settings read so far tell: a judgement begins with it. */
  get throttles(): Extract<Answer, { kind: 'throttles' }> {
    return { kind: 'throttles', rates: this.brokers.throttleRates }
  }

  /** Each reader has at most one question of its kind under way. Resolves when the settings that were due are read or refused. */
  async pump(): Promise<void> {
    const settings = [this.track(this.topics.pump()), this.track(this.brokers.pump())]
    void this.track(this.controller.pump())
    void this.track(this.elr.pump(this.brokers.elr))
    void this.track(this.logDirs.pump())
    void this.track(this.grants.pump())
    this.logStarts.pump()
    await Promise.all(settings)
  }

  askEpochEnds(questions: readonly EpochQuestion[], told: TellEpochEnd): void {
    void this.track(askEpochEnds(this.parts, questions, told))
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
