import { OFFSET_TOO_LARGE } from '../../src-main/domain/topology/columns'
import type { BrokerAddress, MetadataColumns, OffsetColumns } from '../../src-main/domain/topology/columns'
import { ClusterIdentity } from '../../src-main/kafka/client/cluster-identity'
import { SignIn } from '../../src-main/kafka/client/sign-in'
import {
  PortError,
  type AlterAnswer,
  type ApiRange,
  type BrokerLink,
  type ConfigAnswer,
  type ConfigChange,
  type ElectionAnswer,
  type ElrAnswer,
  type EpochOf,
  type FolderOfReplicas,
  type GroupList,
  type GroupOffsets,
  type ListedGroup,
  type OffsetsQuestion,
  type PartitionProducers,
  type QuorumAnswer,
  type ReassignmentAnswer,
  type RecordSample,
  type ReplicaSizes,
} from '../../src-main/ports/cluster-port'
import type { FakeCluster, FakePartition } from './fake-cluster'
import { partitionKey, type WriteFate } from './fake-facts'

type Asked = readonly { readonly topic: string; readonly partitions: readonly number[] }[]
type Extra = { readonly synonyms?: boolean; readonly docs?: boolean }

/** Asked on a connection of their own, so they may overlap the polling ones. */
const FORWARDED = new Set(['quorum', 'reassignments', 'alter-configs', 'validate', 'elect'])
/** API ranges of a 4.4.0 broker, as far as the version guess and the capabilities look. */
const VERSIONS: ReadonlyMap<number, ApiRange> = new Map(
  (
    [
      [1, 18],
      [2, 11],
      [3, 13],
      [18, 5],
      [32, 4],
      [35, 5],
      [45, 1],
      [46, 0],
      [55, 2],
      [60, 2],
      [75, 0],
    ] as const
  ).map(([key, max]) => [key, { min: 0, max }]),
)
/**
 * One broker's pair of connections: each leads where the address led when it was made, and proves that before its first use. Answers in order, after the broker's latency, or
 * never while it hangs.
 */
export class FakeLink implements BrokerLink {
  readonly traffic = { requests: 0, bytesOut: 0, bytesIn: 0 }
  versions: ReadonlyMap<number, ApiRange> | null = null
  features: ReadonlyMap<string, number> | null = null
  private readsAgainAt = Number.NEGATIVE_INFINITY
  private gone = false
  private readonly cuts = new Set<(error: PortError) => void>()
  private readonly frozen = new Set<() => void>()
  private polled: FakeCluster
  /** null until something was forwarded. */
  private handedOn: FakeCluster | null = null

  constructor(
    private readonly cluster: FakeCluster,
    readonly address: BrokerAddress,
    private readonly identity = new ClusterIdentity(),
    private readonly signIn = new SignIn(cluster.options.clock),
  ) {
    cluster.links.add(this)
    this.polled = this.behind
  }

  get heldMs(): number {
    return Math.max(0, this.readsAgainAt - this.cluster.options.clock.now())
  }

  get readingForMs(): number {
    return Math.max(0, this.cluster.options.clock.now() - this.readsAgainAt)
  }

  async connect(timeoutMs: number): Promise<void> {
    if (this.versions === null) this.polled = this.behind
    const host = `${this.address.host}:${this.address.port}`
    if (this.polled.wantsLogin) {
      const stands = this.signIn.standing(host)
      if (stands !== null) throw stands
      await this.signIn.attempt(host, () => this.answer('connect', 0, timeoutMs, () => this.logIn(host)))
      this.prove(this.polled)
    } else await this.answer('connect', 0, timeoutMs, () => this.prove(this.polled))
    this.renew()
  }

  metadata(_topics: readonly string[] | null, timeoutMs: number): Promise<MetadataColumns> {
    return this.answer('metadata', 0, timeoutMs, () => {
      this.renew()
      return this.polled.metadata(this.address.id)
    })
  }

  offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns> {
    return this.answer(question.what, question.to - question.from, timeoutMs, () => this.readOffsets(question))
  }

  configs(
    resources: readonly { type: 'topic' | 'broker'; name: string }[],
    keys: readonly string[] | null,
    timeoutMs: number,
    extra: Extra = {},
  ): Promise<readonly ConfigAnswer[]> {
    return this.answer('configs', resources.length, timeoutMs, () =>
      resources.map((resource) => this.config(resource, keys, extra)),
    )
  }

  elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer> {
    return this.ask('elr', topics.length, timeoutMs, () => ({
      partitions: this.polled.topics
        .filter((topic) => topics.includes(topic.name))
        .flatMap((topic) =>
          topic.partitions.map(({ elr, lastKnownElr }, partition) => ({
            topic: topic.name,
            partition,
            elr,
            lastKnownElr,
          })),
        )
        .filter(({ topic, partition }) => !this.polled.facts.hiddenElr.has(partitionKey(topic, partition))),
    }))
  }

  /** As in Kafka the leader only; of an epoch it did not see end, its own log end. */
  epochEnds(questions: readonly EpochOf[], timeoutMs: number): Promise<readonly number[]> {
    return this.ask('epoch-ends', questions.length, timeoutMs, () =>
      questions.map(({ topic, partition, epoch }) => {
        const one = this.polled.topic(topic)?.partitions[partition]
        if (one?.leader !== this.address.id) return NaN
        return one.epochEnds?.get(epoch) ?? one.logEndOffset[one.replicas.indexOf(one.leader)]!
      }),
    )
  }

  /** As in Kafka the leader only (6). */
  producers(topics: Asked, timeoutMs: number): Promise<readonly PartitionProducers[]> {
    const rows = topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
    return this.ask('producers', rows.length, timeoutMs, () =>
      rows.map(({ topic, partition }) => {
        const one = this.polled.topic(topic)?.partitions[partition]
        const error = one === undefined ? 3 : one.leader === this.address.id ? 0 : 6
        return { topic, partition, error, producers: error === 0 ? (one?.producers ?? []) : [] }
      }),
    )
  }

  ping(timeoutMs: number): Promise<void> {
    return this.answer('ping', 0, timeoutMs, () => this.renew())
  }

  quorum(timeoutMs: number): Promise<QuorumAnswer> {
    // By the quorum leader's clock, which is another one than ours.
    const now = 1_000_000
    const entry = (id: number): QuorumAnswer['voters'][number] => {
      const cluster = this.forwarded
      const fetches = id === cluster.controller || cluster.heard.has(id) || cluster.brokers.get(id)?.state === 'up'
      const lastFetchAt = fetches ? now - (cluster.fetchAges.get(id) ?? 0) : now - 100_000
      const logEndOffset = 10 - (cluster.controllersLag.get(id) ?? 0)
      return { id, directory: '', logEndOffset, lastFetchAt, lastCaughtUpAt: lastFetchAt }
    }
    if (this.zooKeeper)
      return Promise.reject(new PortError('unsupported', 'unsupported', 'does not know DescribeQuorum'))
    return this.answer('quorum', 0, timeoutMs, () => {
      this.refuse('quorum')
      const voters = this.forwarded.voters ?? [this.forwarded.controller]
      const observers = [...this.forwarded.brokers.keys()].filter((id) => !voters.includes(id))
      return {
        leader: this.forwarded.controller,
        epoch: this.forwarded.controllerEpoch,
        highWatermark: 10,
        voters: voters.map(entry),
        observers: observers.map(entry),
        addresses: [],
      }
    })
  }

  reassignments(timeoutMs: number): Promise<ReassignmentAnswer> {
    return this.answer('reassignments', 0, timeoutMs, () => {
      this.refuse('reassignments')
      // Only the controller knows in ZooKeeper mode, and nobody asks it for us (seen on 2.8.2).
      if (this.zooKeeper && this.forwarded.controller !== this.address.id)
        throw new PortError('conflict', 'kafka', 'NOT_CONTROLLER', 41)
      return {
        partitions: this.forwarded.reassigning.map((one) => ({ adding: [], ...one, replicas: [], removing: [] })),
      }
    })
  }

  sizes(topics: Asked, timeoutMs: number): Promise<ReplicaSizes> {
    return this.ask('sizes', topics.length, timeoutMs, () => this.polled.facts.sizes(this.address.id, topics))
  }

  disks(topics: Asked, timeoutMs: number): Promise<readonly FolderOfReplicas[]> {
    return this.ask('sizes', topics.length, timeoutMs, () => this.polled.facts.disks(this.address.id, topics))
  }

  failedLogDirs(timeoutMs: number): Promise<readonly string[]> {
    return this.ask('log-dirs', 0, timeoutMs, () => this.polled.broker(this.address.id).failedFolders)
  }

  groups(timeoutMs: number): Promise<GroupList> {
    return this.ask('groups', 0, timeoutMs, () => this.polled.facts.groupsOf(this.address.id))
  }

  groupOffsets(group: ListedGroup, topics: Asked, timeoutMs: number): Promise<GroupOffsets> {
    return this.ask('group-offsets', topics.length, timeoutMs, () =>
      this.polled.facts.groupOffsets(this.address.id, group, topics),
    )
  }

  sample(
    topic: string,
    partition: number,
    offset: number,
    _maxBytes: number,
    timeoutMs: number,
  ): Promise<RecordSample> {
    return this.ask('sample', 1, timeoutMs, () => this.polled.facts.sample(this.address.id, topic, partition, offset))
  }

  operations(topics: readonly string[], timeoutMs: number): Promise<ReadonlyMap<string, number>> {
    return this.ask('operations', topics.length, timeoutMs, () => this.polled.facts.operationsOf(topics))
  }

  clusterOperations(timeoutMs: number): Promise<number | null> {
    return this.ask('cluster-operations', 0, timeoutMs, () => this.polled.facts.clusterOperations)
  }

  alterConfigs(changes: readonly ConfigChange[], validateOnly: boolean, timeoutMs: number): Promise<AlterAnswer> {
    const fate = this.cluster.facts.fates[validateOnly ? 'validate' : 'alter'].shift() ?? 'usual'
    return this.write(validateOnly ? 'validate' : 'alter-configs', changes.length, timeoutMs, fate, () => {
      const error = this.refused('alter-configs')
      if (error === 0) return this.forwarded.settings.alter(changes, validateOnly)
      return { topics: changes.map(({ topic }) => ({ topic, error, message: 'Topic authorization failed.' })) }
    })
  }

  electPreferred(partitions: Asked, timeoutMs: number): Promise<ElectionAnswer> {
    return this.write('elect', partitions.length, timeoutMs, this.cluster.facts.fates.elect.shift() ?? 'usual', () => {
      const error = this.refused('elect')
      if (error === 0) return this.forwarded.facts.elect(partitions)
      return {
        partitions: partitions.flatMap(({ topic, partitions: all }) =>
          all.map((partition) => ({ topic, partition, error, message: '' })),
        ),
      }
    })
  }

  giveUp(_reason: string): void {
    this.cut('closed-by-us')
    this.gone = true
    this.cluster.links.delete(this)
  }

  /** Rejects everything under way, as a socket that ends does. */
  cut(reason: PortError['reason']): void {
    this.gone = true
    for (const cut of [...this.cuts])
      cut(new PortError('unreachable', reason, `connection to broker ${this.address.id} ended: ${reason}`))
  }

  thaw(): void {
    for (const go of [...this.frozen]) go()
    this.frozen.clear()
  }

  /** Where a connection leads that is made now. */
  private get behind(): FakeCluster {
    return this.cluster.leadsTo.get(this.address.id) ?? this.cluster
  }

  private get forwarded(): FakeCluster {
    return this.handedOn ?? this.behind
  }

  /** As it is told with every ApiVersions. */
  private renew(): void {
    const { versions, features } = this.polled.broker(this.address.id)
    this.versions = versions === null ? VERSIONS : new Map([...versions].map(([key, max]) => [key, { min: 0, max }]))
    this.features = versions === null ? features : new Map()
  }

  private clusterOf(what: string): FakeCluster {
    return FORWARDED.has(what) ? this.forwarded : this.polled
  }

  private logIn(host: string): void {
    if (this.polled.broker(this.address.id).refusesLogin)
      throw new PortError('auth-failed', 'sasl-refused', `${host} refused the login`, 58, host)
  }

  private prove({ clusterId }: FakeCluster): void {
    this.identity.check(clusterId, `${this.address.host}:${this.address.port}`)
  }

  /** A broker of that mode offers LeaderAndIsr. */
  private get zooKeeper(): boolean {
    return this.versions?.has(4) === true
  }

  /** Error that brokers put on every item of a write; anything else rejects the whole. */
  private refused(what: string): number {
    const error = this.clusterOf(what).broker(this.address.id).errors.get(what) ?? 0
    if (error !== 29 && error !== 31) this.refuse(what)
    return error
  }

  private refuse(what: string): void {
    const error = this.clusterOf(what).broker(this.address.id).errors.get(what)
    if (error !== undefined)
      throw new PortError(
        error === 29 || error === 31 ? 'not-authorized' : 'internal',
        'kafka',
        `${what}: error ${error}`,
        error,
      )
  }

  private ask<T>(what: string, rows: number, timeoutMs: number, value: () => T): Promise<T> {
    return this.answer(what, rows, timeoutMs, () => {
      this.refuse(what)
      return value()
    })
  }

  private write<T>(what: string, rows: number, timeoutMs: number, fate: WriteFate, value: () => T): Promise<T> {
    if (fate === 'not-sent')
      return Promise.reject(new PortError('unreachable', 'refused', `${what} was not sent: connection refused`))
    return this.answer(what, rows, timeoutMs, value, fate)
  }

  /** `fate` given: a write. What reached the broker is carried out even when nobody waits any more, also after a thaw. */
  private answer<T>(
    what: string,
    rows: number,
    timeoutMs: number,
    value: () => T,
    fate: WriteFate | null = null,
  ): Promise<T> {
    const cluster = this.clusterOf(what)
    const { clock } = cluster.options
    const { id } = this.address
    const broker = cluster.broker(id)
    if (this.gone) return Promise.reject(new PortError('unreachable', 'closed', 'link is of no use any more'))
    if (FORWARDED.has(what) && this.handedOn === null) {
      try {
        this.prove(cluster)
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      }
      this.handedOn = cluster
    }
    cluster.asked.push({ at: clock.now(), broker: id, what, rows })
    this.traffic.requests += 1
    this.traffic.bytesOut += 40 + rows * 16
    if (broker.state === 'dead')
      return Promise.reject(new PortError('unreachable', 'refused', `broker ${id} refused the connection`))
    const lane = FORWARDED.has(what) ? `${id} ${what}` : String(id)
    const inFlight = (cluster.inFlight.get(lane) ?? 0) + 1
    cluster.inFlight.set(lane, inFlight)
    cluster.mostInFlight = Math.max(cluster.mostInFlight, inFlight)
    return new Promise<T>((resolve, reject) => {
      let done = false
      const settle = (finish: () => void): void => {
        if (done) return
        done = true
        cluster.inFlight.set(lane, (cluster.inFlight.get(lane) ?? 1) - 1)
        this.cuts.delete(cut)
        stopTimeout()
        finish()
      }
      const fail = (code: PortError['code'], reason: PortError['reason'], message: string): void =>
        settle(() => reject(new PortError(code, reason, message, 0, '', fate !== null && what !== 'validate')))
      let lost = false
      const cut = (error: PortError): void => {
        lost = true
        fail(error.code, error.reason, error.message)
      }
      this.cuts.add(cut)
      let heldMs = FORWARDED.has(what) ? 0 : this.heldMs
      const stopTimeout = clock.after(timeoutMs + heldMs, () => fail('timeout', 'timeout', `${what} timed out`))
      if (what === 'metadata' && broker.throttleMs > 0) {
        // Its offset is asked first, and the answer to that holds back the rest.
        clock.after(broker.latencyMs + heldMs, () => (this.readsAgainAt = clock.now() + broker.throttleMs))
        heldMs += broker.latencyMs + broker.throttleMs
      }
      const deliver = (): void => {
        if (FORWARDED.has(what) && cluster.controllerDown) return
        if (broker.state === 'hung') {
          this.frozen.add(deliver)
          return
        }
        if (fate?.startsWith('done-') === true || (fate === 'usual' && done && !lost)) carryOut(value)
        if (fate?.endsWith('hang') === true) return
        if (fate?.endsWith('cut') === true) {
          fail('unreachable', 'reset', `${what}: connection to broker ${id} was reset`)
          return
        }
        settle(() => {
          this.traffic.bytesIn += 20 + rows * 26
          if (broker.throttleMs > 0 && !FORWARDED.has(what) && what !== 'connect')
            this.readsAgainAt = clock.now() + broker.throttleMs
          try {
            resolve(value())
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        })
      }
      clock.after(broker.latencyMs + heldMs, deliver)
    })
  }

  private config(
    resource: { type: 'topic' | 'broker'; name: string },
    keys: readonly string[] | null,
    extra: Extra,
  ): ConfigAnswer {
    const broker = this.polled.broker(this.address.id)
    const error =
      broker.errors.get(`configs-${resource.type}`) ??
      broker.errors.get(`configs-${resource.type} ${resource.name}`) ??
      0
    if (error !== 0) return { ...resource, error, message: '', entries: [] }
    if (resource.type === 'topic') {
      const answer = this.polled.settings.describe(this.address.id, resource.name, keys, extra)
      const entries = answer.entries.filter(({ name }) => !this.polled.vendor || name !== 'min.insync.replicas')
      return { ...answer, entries }
    }
    const entries = [...broker.settings]
      .filter(([name]) => keys === null || keys.includes(name))
      .map(([name, value]) => ({
        name,
        value,
        readOnly: false,
        source: 4,
        sensitive: false,
        type: 3,
        docs: '',
        synonyms: extra.synonyms === true ? [{ value, source: 4 }] : [],
      }))
    return { ...resource, error: 0, message: '', entries }
  }

  private readOffsets(question: OffsetsQuestion): OffsetColumns {
    this.refuse('offsets')
    const count = question.to - question.from
    const offset = new Float64Array(count).fill(Number.NaN)
    const errors = new Int16Array(count)
    const leaderEpoch = new Int32Array(count).fill(-1)
    for (let i = 0; i < count; i += 1) {
      const row = question.from + i
      const topic = this.polled.topic(question.rows.topicNames[question.rows.topicIndex[row]!]!)
      const one = topic?.partitions[question.rows.partition[row]!]
      const replica = one?.replicas.indexOf(this.address.id) ?? -1
      const leads = one?.leader === this.address.id
      if (one === undefined) errors[i] = 3
      else if (replica === -1 || (question.what !== 'log-end' && question.what !== 'log-start' && !leads)) errors[i] = 6
      else if (this.polled.vendor && !leads) errors[i] = 6
      else if (question.what === 'high-watermark' && one.highWatermarkError !== 0) errors[i] = one.highWatermarkError
      else {
        const value = this.offsetOf(question, topic!.name, one, question.rows.partition[row]!, replica)
        // As the decoder leaves what a double cannot hold.
        if (value > Number.MAX_SAFE_INTEGER) errors[i] = OFFSET_TOO_LARGE
        else offset[i] = value
        leaderEpoch[i] = one.leaderEpoch
      }
    }
    return { offset, errors, leaderEpoch }
  }

  private offsetOf(
    question: OffsetsQuestion,
    topic: string,
    one: FakePartition,
    partition: number,
    replica: number,
  ): number {
    const { facts } = this.polled
    if (question.what === 'high-watermark') return one.highWatermark
    if (question.what === 'log-start') return facts.logStart.get(partitionKey(topic, partition)) ?? 0
    if (question.what === 'at-time') return facts.offsetAt(topic, partition, question.atMs ?? 0)
    return one.logEndOffset[replica]!
  }
}

/** A refusal that nobody waits for is nobody's. */
function carryOut(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof PortError)) throw error
  }
}
