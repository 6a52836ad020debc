import type { RememberedProducer } from '../../src-main/domain/audit/writers'
import type { BrokerAddress } from '../../src-main/domain/topology/columns'
import { ClusterIdentity } from '../../src-main/kafka/client/cluster-identity'
import { SignIn } from '../../src-main/kafka/client/sign-in'
import { FakeFacts } from './fake-facts'
import { FakeLink } from './fake-link'
import { PortError, type ClusterPort } from '../../src-main/ports/cluster-port'
import type { Clock } from '../../src-main/ports/clock'
import { fakeMetadata } from './fake-metadata'
import { FakeSettings } from './fake-settings'

export interface FakePartition {
  leader: number
  leaderEpoch: number
  replicas: number[]
  isr: number[]
  /** Brokers on whose failed log directory its replica is. */
  offline: number[]
  elr: number[]
  lastKnownElr: number[]
  /** LEO per replica, in the order of `replicas`. */
  logEndOffset: number[]
  highWatermark: number
  /** Error of the high watermark question (78), 0 = none. */
  highWatermarkError: number
  /** Where earlier epochs end in the leader's log; of one that is not here its own log end is told. */
  epochEnds?: Map<number, number>
  /** Those with a producer id that its leader remembers. */
  producers?: RememberedProducer[]
}

export interface FakeTopic {
  name: string
  /** Never given twice. */
  readonly id: number
  /** Overrides only; what holds without them is in `FakeCluster.settings.defaults`. */
  settings: Map<string, string>
  partitions: FakePartition[]
}

export interface FakeBroker {
  address: BrokerAddress
  listed: boolean
  /** It has no listener of the name by which everybody comes in. */
  noListener: boolean
  /** hung: takes questions and answers none; dead: refuses connections. */
  state: 'up' | 'hung' | 'dead'
  latencyMs: number
  /** It refuses the login it is given; see `FakeCluster.wantsLogin`. */
  refusesLogin: boolean
  /** Each answer says that it reads nothing for so long, and so it does (a request quota). */
  throttleMs: number
  /** Kafka error per capability ('configs-topic', also of one: 'configs-topic NAME', 'configs-broker', 'quorum', 'reassignments', 'offsets', 'elr', 'sizes', 'log-dirs', 'groups', 'group-offsets',
   *  'sample', 'operations', 'alter-configs', 'elect'); a 29 or 31 of the last two stands on every item, as brokers do it. */
  errors: Map<string, number>
  /** Metadata it goes on telling, null = the truth. */
  stale: ReturnType<typeof fakeMetadata> | null
  settings: Map<string, string>
  /** Log directories that failed; the replicas on them are those that `offline` of a partition names. */
  failedFolders: string[]
  /** Newest version of each API it offers; null = those of 4.4.0. */
  versions: ReadonlyMap<number, number> | null
  /** Levels of the finalized features, null = it knows of none yet; those of 4.4.0 with `versions` null. */
  features: ReadonlyMap<string, number> | null
}

export const FEATURES: ReadonlyMap<string, number> = new Map([
  ['metadata.version', 30],
  ['eligible.leader.replicas.version', 1],
])

export interface FakeOptions {
  readonly clock: Clock
  readonly brokers: number
  readonly topics: number
  readonly partitionsPerTopic: number
  readonly replicationFactor?: number
  readonly minInSyncReplicas?: number
  readonly latencyMs?: number
  /** 'fake' when left out; null = it tells none. */
  readonly clusterId?: string | null
}

/** A cluster of any size behind the port, hurt by hand; everything it does follows from its fields, so runs repeat exactly. */
export class FakeCluster {
  readonly brokers = new Map<number, FakeBroker>()
  topics: FakeTopic[] = []
  readonly links = new Set<FakeLink>()
  readonly settings = new FakeSettings(
    () => this.topics,
    (name) => this.topic(name),
  )
  readonly facts = new FakeFacts(this)
  readonly clusterId: string | null
  /** By broker: its address leads to the same broker of another cluster, for every connection that is made from now on. */
  readonly leadsTo = new Map<number, FakeCluster>()
  /** Its followers tell no log end of their own and its topics have no min ISR, as with Redpanda. */
  vendor = false
  /** Topics that this login may not describe: Metadata leaves them out as if they were not there. Call `touch` after a change. */
  readonly hidden = new Set<string>()
  /** Its brokers want a login. */
  wantsLogin = false
  controller = 1
  controllerEpoch = 1
  /** By node: how long before the answer the controllers' leader last saw it fetch, and how many records it lacks; 0 where left out. */
  readonly fetchAges = new Map<number, number>()
  readonly controllersLag = new Map<number, number>()
  /** NaN = brokers tell none, as with ZooKeeper; else +1 with every change, and brokers with an old view tell an old one. */
  metadataOffset = Number.NaN
  /** Ids of those that vote for it; null = the controller alone. */
  voters: readonly number[] | null = null
  /** Brokers that fetch the controllers' log although they do not answer us. */
  readonly heard = new Set<number>()
  /** No controller answers: what brokers hand on to one hangs until whoever asked gives up (seen on 4.4.0). */
  controllerDown = false
  reassigning: { topic: string; partition: number; adding?: number[] }[] = []
  /** Every question asked, for budgets and "no overlap". */
  readonly asked: { at: number; broker: number; what: string; rows: number }[] = []
  readonly inFlight = new Map<string, number>()
  mostInFlight = 0
  private created = 0
  private cached: ReturnType<typeof fakeMetadata> | null = null
  private byName: ReadonlyMap<string, FakeTopic> | null = null

  constructor(readonly options: FakeOptions) {
    this.clusterId = options.clusterId === undefined ? 'fake' : options.clusterId
    const racks = ['rack-a', 'rack-b', 'rack-c']
    for (let id = 1; id <= options.brokers; id += 1) {
      this.brokers.set(id, {
        address: { id, host: '127.0.0.1', port: 19_000 + id, rack: racks[(id - 1) % racks.length]! },
        listed: true,
        noListener: false,
        state: 'up',
        latencyMs: options.latencyMs ?? 5,
        refusesLogin: false,
        throttleMs: 0,
        errors: new Map(),
        stale: null,
        failedFolders: [],
        versions: null,
        features: FEATURES,
        settings: new Map([
          ['replica.lag.time.max.ms', '10000'],
          ['broker.session.timeout.ms', '9000'],
          ['num.replica.fetchers', '1'],
        ]),
      })
    }
    for (let topic = 0; topic < options.topics; topic += 1) this.createTopic(`topic-${String(topic).padStart(5, '0')}`)
  }

  createTopic(
    name: string,
    partitions = this.options.partitionsPerTopic,
    factor = this.options.replicationFactor ?? 3,
  ): void {
    const ids = [...this.brokers.keys()]
    const build = (number: number): FakePartition => {
      const replicas = Array.from({ length: factor }, (_, i) => ids[(this.topics.length + number + i) % ids.length]!)
      return {
        leader: replicas[0]!,
        leaderEpoch: 0,
        replicas,
        isr: [...replicas],
        offline: [],
        elr: [],
        lastKnownElr: [],
        logEndOffset: replicas.map(() => 100),
        highWatermark: 100,
        highWatermarkError: 0,
      }
    }
    const settings = new Map([['min.insync.replicas', String(this.options.minInSyncReplicas ?? 2)]])
    this.created += 1
    this.topics.push({
      name,
      id: this.created,
      settings,
      partitions: Array.from({ length: partitions }, (_, i) => build(i)),
    })
    this.touch()
  }

  deleteTopic(name: string): void {
    this.topics = this.topics.filter((topic) => topic.name !== name)
    this.touch()
  }

  partition(topic: string, partition: number): FakePartition {
    const found = this.topic(topic)?.partitions[partition]
    if (found === undefined) throw new Error(`no ${topic}-${partition}`)
    return found
  }

  each(visit: (partition: FakePartition, topic: FakeTopic, number: number) => void): void {
    for (const topic of this.topics) topic.partitions.forEach((partition, number) => visit(partition, topic, number))
    this.touch()
  }

  /** Every leader takes in `records`; followers on the listed brokers do not fetch them. */
  produce(records: number, stuck: readonly number[] = []): void {
    this.each((partition) => {
      if (partition.leader === -1) return
      partition.replicas.forEach((broker, i) => {
        if (!stuck.includes(broker)) partition.logEndOffset[i] = partition.logEndOffset[i]! + records
      })
    })
  }

  /** What the controller does when it fences a broker. */
  fence(id: number): void {
    this.broker(id).listed = false
    this.each((partition) => {
      if (!partition.isr.includes(id)) return
      const rest = partition.isr.filter((broker) => broker !== id)
      partition.isr = rest
      if (partition.leader === id) {
        partition.leader = rest[0] ?? -1
        partition.leaderEpoch += 1
      }
    })
  }

  /** What the controller does for a broker that asks to shut down: it stays listed and serves. */
  handOver(id: number): void {
    this.each((partition) => {
      const rest = partition.isr.filter((broker) => broker !== id)
      if (rest.length === 0 || rest.length === partition.isr.length) return
      partition.isr = rest
      if (partition.leader !== id) return
      partition.leader = rest[0]!
      partition.leaderEpoch += 1
    })
  }

  broker(id: number): FakeBroker {
    const found = this.brokers.get(id)
    if (found === undefined) throw new Error(`no broker ${id}`)
    return found
  }

  hang(id: number): void {
    this.broker(id).state = 'hung'
  }

  kill(id: number): void {
    this.broker(id).state = 'dead'
    for (const link of this.links) if (link.address.id === id) link.cut('reset')
  }

  /** Thaws or restarts: what hung is answered at once. */
  revive(id: number): void {
    const broker = this.broker(id)
    broker.state = 'up'
    broker.listed = true
    for (const link of this.links) if (link.address.id === id) link.thaw()
    this.touch()
  }

  /** The names of these brokers lead to the other cluster from now on; connections that stand go on unless they are cut. */
  lead(ids: readonly number[], to: FakeCluster, cut: 'cut' | 'keep' = 'cut'): void {
    for (const id of ids) {
      this.leadsTo.set(id, to)
      for (const link of this.links) if (cut === 'cut' && link.address.id === id) link.cut('reset')
    }
  }

  /** Call after changing fields by hand, or Metadata goes on as before. */
  touch(): void {
    this.metadataOffset += 1
    this.cached = null
    this.byName = null
  }

  topic(name: string): FakeTopic | undefined {
    this.byName ??= new Map(this.topics.map((topic) => [topic.name, topic]))
    return this.byName.get(name)
  }

  metadata(asking: number): ReturnType<typeof fakeMetadata> {
    this.cached ??= fakeMetadata(this)
    return this.broker(asking).stale ?? this.cached
  }

  port(clusterId = ''): ClusterPort {
    const identity = new ClusterIdentity(clusterId)
    const signIn = new SignIn(this.options.clock)
    return {
      open: async (timeoutMs) => {
        let elsewhere: unknown = null
        for (const broker of this.brokers.values()) {
          if (broker.state !== 'up') continue
          const link = new FakeLink(this, broker.address, new ClusterIdentity(), signIn)
          try {
            await link.connect(timeoutMs)
            const columns = await link.metadata(null, timeoutMs)
            identity.check(columns.clusterId, `${broker.address.host}:${broker.address.port}`)
            identity.settle(columns.clusterId)
            return columns
          } catch (error) {
            if (!(error instanceof PortError) || error.kind !== 'other-cluster') throw error
            elsewhere = error
          } finally {
            link.giveUp('open is done')
          }
        }
        if (elsewhere instanceof PortError) throw elsewhere
        throw new PortError(
          'unreachable',
          'refused',
          'connect to 127.0.0.1:19001: connection refused',
          0,
          '127.0.0.1:19001',
        )
      },
      link: (address) => new FakeLink(this, address, identity, signIn),
      get loginStopped() {
        return signIn.isStopped
      },
      tryAgain: () => signIn.tryAgain(),
      close: () => {
        for (const link of [...this.links]) link.giveUp('closed')
        return Promise.resolve()
      },
    }
  }
}
