import { applyMetadata } from '../../domain/answers/apply-metadata'
import type { MetadataColumns } from '../../domain/topology/columns'
import { noteDisputes, type Dispute, type OtherView } from '../../domain/answers/disputes'
import { createLagTracker, type LagTracker } from '../../domain/lag/lag-tracker'
import { carryOverPass, emptyReading } from '../../domain/topology/new-reading'
import type { Reading, Topology } from '../../domain/topology/reading'
import { copyRuns, type RowMap } from '../../domain/topology/row-runs'
import { runSlice } from '../../domain/slices'
import { TopologyBuilder, type TopologyMatch } from '../../domain/topology/topology'
import type { Clock } from '../../ports/clock'
import { indexBrokers, type BrokerIndex } from '../poll/row-plan'
import { inSlices, ownTurn, SLICE_MS } from '../../ports/slices'

/** Everything whose row numbers belong to one topology. A change of topics, partitions or replica lists opens a new book. */
export interface Book {
  readonly epoch: number
  readonly reading: Reading
  readonly tracker: LagTracker
  readonly index: BrokerIndex
  /** P. 1 = asked every tick: in trouble, watched, or in view. */
  readonly must: Uint8Array
  /** P. When the question was sent, NaN = never. */
  readonly highWatermarkReadAt: Float64Array
}

export interface MetadataAnswer {
  readonly broker: number
  readonly meta: MetadataColumns
  readonly sentAt: number
  readonly readAt: number
}

const BLOCK = 4_096

/** What is known of one cluster, written as answers arrive. Rows of an earlier book must not be written after it was closed: compare `book`. */
export class ClusterState {
  book: Book | null = null
  disputes: ReadonlyMap<number, readonly Dispute[]> = new Map()
  /** Brokers whose newest Metadata was behind another broker's. */
  stale: ReadonlySet<number> = new Set()
  /** Of the newest answer, for the decoder to reuse. */
  names: readonly string[] = []
  /** As Metadata names it: true in ZooKeeper mode only. */
  controllerId = -1
  /** null = the cluster tells none. */
  clusterId: string | null = null
  /** When the Metadata question was sent that the book is from, NaN = none yet. */
  metadataSentAt = Number.NaN
  private epochs = 0

  constructor(private readonly clock: Clock) {}

  /**
   * Takes the answers of one round, the one that shall tell the picture first. Answers asked before the picture we have are dropped: they were
   * held up on the way. So are answers that name no broker: theirs has just started and knows nobody yet; Kafka's own clients drop
   * them too (NetworkClient.java). True when something was taken.
   */
  async takeMetadata(answers: readonly MetadataAnswer[]): Promise<boolean> {
    const newest = this.book?.reading.metadataAt ?? Number.NaN
    const [primary, ...others] = answers.filter(({ meta, sentAt }) => meta.brokers.length > 0 && !(sentAt < newest))
    if (primary === undefined) return false
    const match = await this.match(primary.meta, this.book?.reading.topology ?? null)
    const book = this.book !== null && match.same ? this.book : await this.open(match.topology)
    const { reading } = book
    const rows = primary.meta.partition.length
    let staleRows = 0
    await ownTurn(this.clock, rows)
    await inSlices(this.clock, rows, BLOCK, (from, to) => {
      staleRows += applyMetadata(reading, primary.meta, match.rowOf, primary.readAt, primary.broker, from, to).stale
    })
    // A cluster without topics has brokers to tell about all the same.
    if (rows === 0) applyMetadata(reading, primary.meta, match.rowOf, primary.readAt, primary.broker)
    this.names = primary.meta.topicNames
    this.controllerId = primary.meta.controllerId
    this.clusterId = primary.meta.clusterId
    const views: OtherView[] = []
    for (const { broker, meta } of others) {
      const other = await this.match(meta, reading.topology)
      if (other.same) views.push({ broker, meta, rowOf: other.rowOf })
    }
    await ownTurn(this.clock, rows)
    this.disputes = noteDisputes(reading, views, primary.readAt)
    this.noteStale(reading, primary.broker, staleRows > 0, views)
    this.book = book
    this.metadataSentAt = primary.sentAt
    await ownTurn(this.clock, rows)
    return true
  }

  private noteStale(reading: Reading, primary: number, primaryIsStale: boolean, views: readonly OtherView[]): void {
    const stale = new Set(this.stale)
    for (const { broker } of views) stale.delete(broker)
    stale.delete(primary)
    if (primaryIsStale) stale.add(primary)
    for (const [row, claims] of this.disputes) {
      for (const claim of claims) if (claim.leaderEpoch < reading.leaderEpoch[row]!) stale.add(claim.broker)
    }
    this.stale = stale
  }

  private async match(meta: MetadataColumns, previous: Topology | null): Promise<TopologyMatch> {
    const builder = new TopologyBuilder(meta, previous)
    const now = (): number => this.clock.now()
    while (!builder.step(now() + SLICE_MS, now)) await this.clock.breathe()
    const { match } = builder
    if (match === null) throw new Error('a finished topology has a match')
    return match
  }

  private async carry(from: Reading, to: Reading): Promise<RowMap> {
    const pass = carryOverPass(from, to)
    const now = (): number => this.clock.now()
    for (;;) {
      await this.clock.breathe()
      const done = runSlice(pass, now() + SLICE_MS, now)
      if (done !== null) return done.result
    }
  }

  /** Each step is a pass over all replicas of its own, so the loop breathes between them. */
  private async open(topology: Topology): Promise<Book> {
    await ownTurn(this.clock, topology.partition.length)
    const reading = emptyReading(topology)
    const before = this.book
    const map = before === null ? null : await this.carry(before.reading, reading)
    await this.clock.breathe()
    const tracker = before === null || map === null ? createLagTracker(reading) : before.tracker.carryTo(reading, map)
    await this.clock.breathe()
    const index = indexBrokers(topology)
    await this.clock.breathe()
    this.epochs += 1
    const partitions = topology.partition.length
    const must = new Uint8Array(partitions)
    const highWatermarkReadAt = new Float64Array(partitions).fill(Number.NaN)
    if (before !== null && map !== null) {
      copyRuns(before.must, must, map.partition)
      copyRuns(before.highWatermarkReadAt, highWatermarkReadAt, map.partition)
    }
    return { epoch: this.epochs, reading, tracker, index, must, highWatermarkReadAt }
  }
}
