import type { BrokerAddress, MetadataColumns, OffsetColumns } from '../../src-main/domain/columns'
import {
  PortError, type ApiRange, type BrokerLink, type ConfigAnswer, type ElrAnswer, type LogDirAnswer, type OffsetsQuestion,
  type QuorumAnswer, type ReassignmentAnswer,
} from '../../src-main/kafka/cluster-port'
import type { FakeCluster } from './fake-cluster'

/** API ranges of a 4.4.0 broker, as far as the version guess and the capabilities look. */
const VERSIONS: ReadonlyMap<number, ApiRange> = new Map(
  ([[1, 18], [2, 11], [3, 13], [32, 4], [35, 5], [45, 1], [46, 0], [55, 2], [60, 2], [75, 0]] as const).map(([key, max]) => [key, { min: 0, max }]),
)
const FEATURES: ReadonlyMap<string, number> = new Map([['metadata.version', 30], ['eligible.leader.replicas.version', 1]])

/** One connection to a fake broker: answers in order, after the broker's latency, or never while it hangs. */
export class FakeLink implements BrokerLink {
  readonly traffic = { requests: 0, bytesOut: 0, bytesIn: 0 }
  versions: ReadonlyMap<number, ApiRange> | null = null
  features: ReadonlyMap<string, number> = new Map()
  private gone = false
  private readonly cuts = new Set<(error: PortError) => void>()
  private readonly frozen = new Set<() => void>()

  constructor(
    private readonly cluster: FakeCluster,
    readonly address: BrokerAddress,
  ) {
    cluster.links.add(this)
  }

  async connect(timeoutMs: number): Promise<void> {
    await this.answer('connect', 0, timeoutMs, () => undefined)
    this.versions = VERSIONS
    this.features = FEATURES
  }

  metadata(_topics: readonly string[] | null, timeoutMs: number): Promise<MetadataColumns> {
    return this.answer('metadata', 0, timeoutMs, () => this.cluster.metadata(this.address.id))
  }

  offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns> {
    return this.answer(question.what, question.to - question.from, timeoutMs, () => this.readOffsets(question))
  }

  configs(resources: readonly { type: 'topic' | 'broker'; name: string }[], keys: readonly string[] | null, timeoutMs: number): Promise<readonly ConfigAnswer[]> {
    return this.answer('configs', resources.length, timeoutMs, () => resources.map((resource) => this.config(resource, keys)))
  }

  logDirs(timeoutMs: number): Promise<LogDirAnswer> {
    return this.answer('log-dirs', 0, timeoutMs, () => ({ dirs: [] }))
  }

  elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer> {
    return this.answer('elr', topics.length, timeoutMs, () => ({
      partitions: this.cluster.topics.filter((topic) => topics.includes(topic.name)).flatMap((topic) =>
        topic.partitions.map((one, partition) => ({ topic: topic.name, partition, elr: one.elr, lastKnownElr: [] }))),
    }))
  }

  ping(timeoutMs: number): Promise<void> {
    return this.answer('ping', 0, timeoutMs, () => undefined)
  }

  quorum(timeoutMs: number): Promise<QuorumAnswer> {
    const entry = (id: number): QuorumAnswer['voters'][number] => ({ id, logEndOffset: 10, lastFetchAt: 1000, lastCaughtUpAt: 1000 })
    return this.answer('quorum', 0, timeoutMs, () => {
      this.refuse('quorum')
      return { leader: this.cluster.controller, epoch: 1, highWatermark: 10, voters: [entry(this.cluster.controller)], observers: [] }
    })
  }

  reassignments(timeoutMs: number): Promise<ReassignmentAnswer> {
    return this.answer('reassignments', 0, timeoutMs, () => {
      this.refuse('reassignments')
      return { partitions: this.cluster.reassigning.map((one) => ({ ...one, replicas: [], adding: [], removing: [] })) }
    })
  }

  giveUp(_reason: string): void {
    this.cut('closed-by-us')
    this.gone = true
    this.cluster.links.delete(this)
  }

  /** Rejects everything under way, as a socket that ends does. */
  cut(kind: PortError['kind']): void {
    this.gone = true
    for (const cut of [...this.cuts]) cut(new PortError('unreachable', kind, `connection to broker ${this.address.id} ended: ${kind}`))
  }

  thaw(): void {
    for (const go of [...this.frozen]) go()
    this.frozen.clear()
  }

  private refuse(what: string): void {
    const error = this.cluster.broker(this.address.id).errors.get(what)
    if (error !== undefined) throw new PortError(error === 29 || error === 31 ? 'not-authorized' : 'internal', 'kafka', `${what}: error ${error}`, error)
  }

  private answer<T>(what: string, rows: number, timeoutMs: number, value: () => T): Promise<T> {
    const { cluster } = this
    const { clock } = cluster.options
    const { id } = this.address
    const broker = cluster.broker(id)
    if (this.gone) return Promise.reject(new PortError('unreachable', 'closed', 'link is of no use any more'))
    cluster.asked.push({ at: clock.now(), broker: id, what, rows })
    this.traffic.requests += 1
    this.traffic.bytesOut += 40 + rows * 16
    if (broker.state === 'dead') return Promise.reject(new PortError('unreachable', 'refused', `broker ${id} refused the connection`))
    // Forwarded questions have a connection of their own, so they may overlap the polling ones.
    const lane = what === 'quorum' || what === 'reassignments' ? `${id} ${what}` : String(id)
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
      const cut = (error: PortError): void => settle(() => reject(error))
      this.cuts.add(cut)
      const stopTimeout = clock.after(timeoutMs, () => cut(new PortError('timeout', 'timeout', `${what} timed out`)))
      const deliver = (): void => {
        if (broker.state === 'hung') {
          this.frozen.add(deliver)
          return
        }
        settle(() => {
          this.traffic.bytesIn += 20 + rows * 26
          try {
            resolve(value())
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        })
      }
      clock.after(broker.latencyMs, deliver)
    })
  }

  private config(resource: { type: 'topic' | 'broker'; name: string }, keys: readonly string[] | null): ConfigAnswer {
    const broker = this.cluster.broker(this.address.id)
    const error = broker.errors.get(`configs-${resource.type}`) ?? 0
    const topic = this.cluster.topic(resource.name)
    const values: ReadonlyMap<string, string> =
      resource.type === 'broker' ? broker.settings : new Map(topic === undefined ? [] : [['min.insync.replicas', String(topic.minInSyncReplicas)]])
    const code = error !== 0 ? error : resource.type === 'topic' && topic === undefined ? 3 : 0
    const entries = [...values].filter(([name]) => code === 0 && (keys === null || keys.includes(name)))
    return {
      ...resource, error: code, message: '',
      entries: entries.map(([name, value]) => ({ name, value, readOnly: false, source: 1, sensitive: false, type: 3 })),
    }
  }

  private readOffsets(question: OffsetsQuestion): OffsetColumns {
    this.refuse('offsets')
    const count = question.to - question.from
    const offset = new Float64Array(count).fill(Number.NaN)
    const errors = new Int16Array(count)
    const leaderEpoch = new Int32Array(count).fill(-1)
    for (let i = 0; i < count; i += 1) {
      const row = question.from + i
      const topic = this.cluster.topic(question.rows.topicNames[question.rows.topicIndex[row]!]!)
      const one = topic?.partitions[question.rows.partition[row]!]
      const replica = one?.replicas.indexOf(this.address.id) ?? -1
      const leads = one?.leader === this.address.id
      if (one === undefined) errors[i] = 3
      else if (replica === -1 || (question.what === 'high-watermark' && !leads)) errors[i] = 6
      else if (question.what === 'high-watermark' && one.highWatermarkError !== 0) errors[i] = one.highWatermarkError
      else {
        offset[i] = question.what === 'high-watermark' ? one.highWatermark : question.what === 'log-start' ? 0 : one.logEndOffset[replica]!
        leaderEpoch[i] = one.leaderEpoch
      }
    }
    return { offset, errors, leaderEpoch }
  }
}
