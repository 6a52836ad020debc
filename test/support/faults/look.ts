/** What the product makes of a fault case: told what can be seen of it, by the classes with which the monitor reads and judges. */
import { SOURCE_DENIED } from '../../../src-main/contract/config'
import type { LivePartition } from '../../../src-main/contract/live'
import { LOSS_UNWATCHED } from '../../../src-main/contract/summary'
import type { ClusterSummary } from '../../../src-main/contract/summary'
import { isLeaving } from '../../../src-main/domain/answers/shutdowns'
import { livePartition } from '../../../src-main/domain/picture/live'
import { REPLICA_IN_SYNC } from '../../../src-main/domain/topology/columns'
import type { MetadataColumns } from '../../../src-main/domain/topology/columns'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../src-main/domain/topology/reading'
import type { BrokerFacts, ClusterSettings } from '../../../src-main/domain/topology/reading'
import { Judge } from '../../../src-main/monitor/judge/judge'
import type { Known } from '../../../src-main/monitor/judge/judge'
import type { MetadataAnswer, OffsetsAnswer, TopologyEpoch } from '../../../src-main/monitor/reading/answers'
import { ClusterReading } from '../../../src-main/monitor/reading/cluster-reading'
import { KafkaError } from '../../../src-main/shared/kafka-codes'
import { metadata } from '../columns'
import type { PartitionRow } from '../columns'
import { FakeClock } from '../fake-clock'
import type { ClusterState, Endings } from './elections'
import type { BrokerTruth, FaultCase, FaultPartition, Moment } from './fault-case'
import { isEnded, replicaKey, serves } from './fault-case'
import { LogEnds, isReadable } from './log-ends'

/** All that is said at one moment. */
export interface Look {
  /** Brokers that shut down, as far as that shows: they have handed over what they led. */
  readonly leaving: ReadonlySet<number>
  /** An ISR that grew is not believed yet, as it was told by one broker alone that does not tell how new its view is. */
  readonly doubts: boolean
  readonly summary: ClusterSummary
  readonly partitions: readonly LivePartition[]
}

const UNTOLD = { throttles: null, retention: null } as const
const READS = 2
const READ_EVERY_MS = 1500
const EVICTION_WINDOW_MS = 30_000
const SESSION_MS = 9000

/** A partition as KRaftMetadataCache tells it to who came in by the listener that some brokers lack. */
function rowOf(moment: Moment, partition: FaultPartition, at: number, state: ClusterState): PartitionRow {
  const { leader, isr, leaderEpoch } = state[at]!
  const brokers = new Map(moment.brokers.map((broker) => [broker.id, broker]))
  const isListed = (id: number): boolean => brokers.get(id)!.listener && !brokers.get(id)!.fenced
  const led = leader >= 0 && isListed(leader)
  const noLeader = leader < 0 ? KafkaError.LEADER_NOT_AVAILABLE : KafkaError.LISTENER_NOT_FOUND
  return {
    number: partition.number,
    leader: led ? leader : -1,
    epoch: leaderEpoch,
    replicas: partition.replicas,
    isr,
    offline: partition.replicas.filter((id) => !isListed(id) || moment.lostDirectories.has(replicaKey(at, id))),
    error: led ? KafkaError.NONE : noLeader,
  }
}

export class Onlooker {
  private readonly clock = new FakeClock()
  private readonly reading = new ClusterReading(this.clock)
  private readonly judge = new Judge(this.clock)
  private readonly ends: LogEnds
  private readonly facts = new Map<number, BrokerFacts>()

  constructor(private readonly fault: FaultCase) {
    this.ends = new LogEnds(fault.partitions)
  }

  /** Moments in their order, each once. */
  async look(at: number, endings: readonly Endings[]): Promise<Look> {
    const moment = this.fault.moments[at]!
    const state = endings[at]!.now
    this.clock.jump(READ_EVERY_MS)
    const restarted = new Set(moment.events.split('+'))
    moment.brokers.forEach((broker) => this.hear(broker, restarted.has(`u${broker.id}`)))
    await this.readMetadata(at, endings)
    const { epoch } = this.reading
    if (epoch === null) throw new Error('nothing was read')
    await this.readSettings(epoch, state)
    for (let done = 0; done < READS; done++) {
      this.ends.grow(moment, state)
      await this.readLogEnds(epoch, moment)
      this.clock.jump(READ_EVERY_MS)
    }
    const known = this.known(moment, epoch)
    const picture = await this.judge.judge(epoch, known)
    const { facts, settings } = known
    const extra = { logStartOffset: 0, disputes: [] }
    const { reading, lags } = epoch
    return {
      leaving: new Set([...reading.handedOver.keys()].filter((id) => isLeaving(reading, facts.get(id)))),
      doubts: !this.fault.offsetsTold && this.differs(epoch, state),
      summary: picture.summary,
      partitions: Array.from(picture.topology.partition, (_, row) =>
        livePartition(reading, lags, facts, settings, picture.columns, row, picture.judgedAt, extra),
      ),
    }
  }

  /** A broker without our listener has no address, so it is never asked. */
  private hear({ id, process, listener, heard, fenced }: BrokerTruth, restarted: boolean): void {
    if (!listener) return
    const answers = !heard ? 'connecting' : process === 'up' || process === 'stopping' ? 'yes' : 'no'
    const before = this.facts.get(id)
    const answersSince = before?.answers === answers && !restarted ? before.answersSince : this.clock.now()
    this.facts.set(id, {
      id,
      answers,
      answersSince,
      answeredFrom: answers === 'yes' ? answersSince : (before?.answeredFrom ?? Number.NaN),
      silence: answers !== 'no' ? '' : process === 'frozen' ? 'timeout' : 'refused',
      heardAt: Number.NaN,
      hearingAskedAt: Number.NaN,
      neverAnswered: before === undefined ? answers !== 'yes' : before.neverAnswered && answers !== 'yes',
      returning: answers === 'no' && process === 'returning' && !fenced,
      leadsTo: '',
      latencyMs: answers === 'yes' ? 2 : Number.NaN,
    })
  }

  /** Where brokers tell how new their view is, an old one comes alone after a new one; else both come together. */
  private async readMetadata(at: number, endings: readonly Endings[]): Promise<void> {
    const { teller, second, stale } = this.fault.moments[at]!.tellers
    const asked = [teller, second].filter((broker) => broker >= 0)
    const answers = asked.map((broker) => this.metadataOf(broker, broker === stale ? at - 1 : at, endings))
    const rounds = stale >= 0 && this.fault.offsetsTold ? newestFirst(answers).map((answer) => [answer]) : [answers]
    for (const round of rounds) {
      const sentAt = this.clock.now()
      this.clock.jump(5)
      const readAt = this.clock.now()
      await this.reading.apply({ kind: 'metadata', answers: round.map((answer) => ({ ...answer, sentAt, readAt })) })
    }
  }

  private metadataOf(broker: number, at: number, endings: readonly Endings[]): MetadataAnswer {
    const moment = this.fault.moments[at]!
    const state = endings[at]!.now
    const topics = new Map<string, PartitionRow[]>()
    this.fault.partitions.forEach((partition, place) => {
      const { name, hidden } = partition.topic
      if (!hidden) topics.set(name, [...(topics.get(name) ?? []), rowOf(moment, partition, place, state)])
    })
    const listed = moment.brokers.filter(({ fenced, listener }) => !fenced && listener)
    const meta: MetadataColumns = metadata(
      Array.from(topics, ([name, partitions]) => ({ name, partitions })),
      listed.map(({ id, rack }) => ({ id, rack, host: `broker-${id}`, port: 9092 })),
    )
    const metadataOffset = this.fault.offsetsTold ? 100 + at : Number.NaN
    return { broker, meta: { ...meta, metadataOffset }, sentAt: Number.NaN, readAt: Number.NaN }
  }

  private async readSettings(epoch: TopologyEpoch, state: ClusterState): Promise<void> {
    const { topicNames } = epoch.reading.topology
    const topics = topicNames.map((name, topic) => {
      const { minInSyncReplicas, unclean, settingsDenied } = this.fault.partitions.find(
        (one) => one.topic.name === name,
      )!.topic
      return settingsDenied
        ? { ...UNTOLD, topic, value: -1, source: SOURCE_DENIED, unclean: UNCLEAN_UNTOLD }
        : { ...UNTOLD, topic, value: minInSyncReplicas, source: 1, unclean: unclean ? UNCLEAN_ON : UNCLEAN_OFF }
    })
    await this.reading.apply({ kind: 'min-isr', of: epoch, sentAt: this.clock.now(), topics })
    const partitions = this.fault.partitions.flatMap(({ topic, number }, at) => {
      const { elr, lastKnownElr } = state[at]!
      return topic.hidden || elr.length + lastKnownElr.length === 0
        ? []
        : [{ topic: topic.name, partition: number, elr, lastKnownElr }]
    })
    await this.reading.apply({ kind: 'elr', of: epoch, topics: topicNames.map((_, topic) => topic), partitions })
  }

  /** Followers before leaders, as the monitor asks. */
  private async readLogEnds(epoch: TopologyEpoch, moment: Moment): Promise<void> {
    for (const leads of [false, true]) {
      const sentAt = this.clock.now()
      this.clock.jump(5)
      for (const broker of moment.brokers) {
        const answer = this.logEndsOf(epoch, moment, broker, leads)
        if (answer !== null) await this.reading.apply({ kind: 'log-ends', ...answer, sentAt, readAt: this.clock.now() })
      }
      this.clock.jump(1)
    }
    const rows = Uint32Array.from(epoch.reading.topology.partition, (_, row) => row)
    await this.reading.apply({ kind: 'round-over', of: epoch, rows })
  }

  private logEndsOf(
    epoch: TopologyEpoch,
    moment: Moment,
    broker: BrokerTruth,
    leads: boolean,
  ): Omit<OffsetsAnswer, 'sentAt' | 'readAt'> | null {
    if (!serves(broker) || !broker.listener || !broker.heard) return null
    const { topology, leader } = epoch.reading
    const replicas = Array.from(topology.replicaBroker, (id, replica) => (id === broker.id ? replica : -1)).filter(
      (replica) => replica >= 0 && (leader[topology.replicaPartition[replica]!] === broker.id) === leads,
    )
    if (replicas.length === 0) return null
    const places = replicas.map((replica) => this.placeOf(epoch, topology.replicaPartition[replica]!))
    const readable = places.map((place) => isReadable(moment, broker, place))
    return {
      of: epoch,
      broker: broker.id,
      replicaRows: Uint32Array.from(replicas),
      offsets: {
        offset: Float64Array.from(places, (place, k) => (readable[k] ? this.ends.of(place, broker.id) : Number.NaN)),
        errors: Int16Array.from(readable, (can) => (can ? KafkaError.NONE : KafkaError.KAFKA_STORAGE_ERROR)),
        leaderEpoch: new Int32Array(places.length).fill(-1),
      },
    }
  }

  private differs(epoch: TopologyEpoch, state: ClusterState): boolean {
    const { topology, replicaFlags } = epoch.reading
    return Array.from(topology.replicaBroker).some((id, replica) => {
      const place = this.placeOf(epoch, topology.replicaPartition[replica]!)
      return state[place]!.isr.includes(id) !== ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0)
    })
  }

  /** Partition of the case by row of the reading. */
  private placeOf({ reading: { topology } }: TopologyEpoch, row: number): number {
    const topic = topology.topicNames[topology.topicIndex[row]!]!
    const number = topology.partition[row]!
    return this.fault.partitions.findIndex((one) => one.topic.name === topic && one.number === number)
  }

  private known(moment: Moment, epoch: TopologyEpoch): Known {
    const { controllers, quorumTold, brokers } = moment
    const settings: ClusterSettings = {
      evictionWindowMs: EVICTION_WINDOW_MS,
      evictionWindows: new Map(),
      sessionTimeoutMs: SESSION_MS,
      version: this.fault.versionTold ? [4, 4] : null,
      controllerSilent: !controllers,
    }
    const isLive = (id: number): boolean => !brokers.some((broker) => broker.id === id && isEnded(broker))
    const voters = this.fault.voters.map((id) => ({ id, live: isLive(id) }))
    return {
      facts: new Map([...this.facts].filter(([id]) => !epoch.reading.withoutListener.has(id))),
      settings,
      versions: new Map(),
      eligibleLeaders: this.fault.eligibleLeaders,
      zooKeeper: false,
      quorum: !controllers
        ? { state: 'silent', controller: -1, voters: null }
        : quorumTold
          ? { state: 'leads', controller: voters[0]!.id, voters }
          : { state: 'unknown', controller: -1, voters: null },
      metadata: this.reading.metadata,
      throttled: new Set(),
      failedFolders: new Map(),
      addresses: new Map(),
      read: true,
      reach: 'unknown',
      loss: LOSS_UNWATCHED,
      incident: null,
      plans: [],
      spreadMs: 5,
      intervalMs: READ_EVERY_MS,
      cadence: 'fixed',
      load: { requestsPerSecond: 1, bytesPerSecond: 1, heldMs: 0 },
      limits: [],
    }
  }
}

const newestFirst = (answers: readonly MetadataAnswer[]): readonly MetadataAnswer[] =>
  answers.toSorted((a, b) => b.meta.metadataOffset - a.meta.metadataOffset)
