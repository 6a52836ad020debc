import { applyMetadata } from '../../domain/answers/apply-metadata'
import { noteDisputes, type Dispute } from '../../domain/answers/disputes'
import { noteElr } from '../../domain/answers/elr'
import { IsrDisputes, type IsrClaim, type View } from '../../domain/answers/isr-disputes'
import { noteReassignments } from '../../domain/answers/reassignments'
import { applyThrottles } from '../../domain/answers/throttle'
import { noteFetchers } from '../../domain/lag/fetchers'
import { createLagTracker, type LagTracker } from '../../domain/lag/lag-tracker'
import { Agreement, type Lists } from '../../domain/quorum/agreement'
import { blocks } from '../../domain/slices'
import { holdersOf } from '../../domain/topology/broker-index'
import type { MetadataColumns } from '../../domain/topology/columns'
import { carryOverPass, emptyReadingPass } from '../../domain/topology/new-reading'
import type { Topology, WritableReading } from '../../domain/topology/reading'
import { copyRuns } from '../../domain/topology/row-runs'
import { topologyPass, type TopologyMatch } from '../../domain/topology/topology'
import type { Clock } from '../../ports/clock'
import { inSlices, ownTurn } from '../../ports/slices'
import type { Answer, Applied, MetadataAnswer, OffsetsAnswer, TopologyEpoch } from './answers'
import { mergeHighWatermarks, mergeLogEnds } from './merge'

const METADATA_BLOCK = 4_096
const OFFSETS_BLOCK = 2_048
/** The controllers' log does not go back; where every answer has said so for this long it was begun anew. */
const LOWER_OFFSET_BELIEVED_AFTER_MS = 60_000
const NOBODY: ReadonlySet<number> = new Set()
const TAKEN: Applied = { taken: true, refused: false, changed: false }
const DROPPED: Applied = { taken: false, refused: false, changed: false }

/** What the newest Metadata answers told beside the columns. */
export interface MetadataFacts {
  /** When the question was sent whose answer tells the picture, NaN = none yet. */
  readonly sentAt: number
  /** null = the cluster tells none. */
  readonly clusterId: string | null
  /** As Metadata names it: true in ZooKeeper mode only. */
  readonly controllerId: number
  /** Topic names of the answer, for the decoder to reuse. */
  readonly names: readonly string[]
  readonly disputes: ReadonlyMap<number, readonly Dispute[]>
  /** Up to where who tells the picture had read the controllers' log, at least; NaN = not told. */
  readonly offset: number
  /** An ISR is in dispute, or larger in the answer than is believed of it alone: another broker is to be asked at once, first one of `unheard`. */
  readonly unsure: boolean
  /** Brokers of those disputes that were not heard this time. */
  readonly unheard: ReadonlySet<number>
  /** Brokers whose newest Metadata was behind another broker's. */
  readonly stale: ReadonlySet<number>
}

/** An epoch as its writer has it; `shown` is what everybody else gets of the same arrays. */
interface OwnEpoch {
  readonly shown: TopologyEpoch
  readonly reading: WritableReading
  readonly tracker: LagTracker
  readonly highWatermarkReadAt: Float64Array
}

/**
 * What is known of one cluster, and the only place that writes it: `apply` takes one answer after the other, in the order in which they are
 * handed over, each as a whole. `still` keeps all of it unchanged while somebody reads over several turns of the event loop.
 */
export class ClusterReading {
  private own: OwnEpoch | null = null
  private told: MetadataFacts = {
    sentAt: Number.NaN,
    clusterId: null,
    controllerId: -1,
    names: [],
    disputes: new Map(),
    offset: Number.NaN,
    unsure: false,
    unheard: NOBODY,
    stale: new Set(),
  }
  /** Since when all answers were of a lower metadata offset than the picture, NaN = the newest was not. */
  private lowerSince = Number.NaN
  private isrs = new IsrDisputes()
  private readonly heard = new Agreement()
  private slowed = NOBODY
  /** What the next Metadata finds changed happened some time before this; NaN = there was no gap. */
  private gapUntil = Number.NaN
  private line: Promise<unknown> = Promise.resolve()

  constructor(private readonly clock: Clock) {}

  /** null = nothing was read yet. */
  get epoch(): TopologyEpoch | null {
    return this.own?.shown ?? null
  }

  get metadata(): MetadataFacts {
    return this.told
  }

  /** How far the brokers agree, by the answers so far. */
  get agreement(): Pick<Agreement, 'view'> {
    return this.heard
  }

  /** Brokers whose own fetching a throttle limits, as `reading.throttled` was last marked. */
  get throttledBrokers(): ReadonlySet<number> {
    return this.slowed
  }

  apply(answer: Answer): Promise<Applied> {
    return this.inTurn(() => this.write(answer))
  }

  /** Runs `read` while nothing is written, right after `first` was, which is asked for only then. Do not `apply` or `still` in it: they wait for its end. */
  still<T>(first: () => Answer, read: (epoch: TopologyEpoch) => Promise<T>): Promise<T | null> {
    return this.inTurn(async () => {
      await this.write(first())
      return this.own === null ? null : read(this.own.shown)
    })
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.line.then(work)
    this.line = turn.catch(() => undefined)
    return turn
  }

  private async write(answer: Answer): Promise<Applied> {
    if (answer.kind === 'metadata') return this.writeMetadata(answer.answers)
    const { own } = this
    if (own === null || ('of' in answer && answer.of !== own.shown)) return DROPPED
    const { reading } = own
    switch (answer.kind) {
      case 'log-ends':
        return this.writeLogEnds(own, answer)
      case 'high-watermarks':
        mergeHighWatermarks(reading, own.highWatermarkReadAt, answer)
        return TAKEN
      case 'round-over':
        await this.inBlocks(answer.rows.length, METADATA_BLOCK, (from, to) => {
          for (let i = from; i < to; i += 1) own.tracker.settle(answer.rows[i]!)
        })
        return TAKEN
      case 'min-isr':
        for (const { topic, value, source, unclean, throttles, retention } of answer.topics) {
          reading.minInSyncReplicas[topic] = value
          reading.minInSyncReplicasSource[topic] = source
          reading.uncleanElection[topic] = unclean
          reading.throttleLists[topic] = throttles ?? reading.throttleLists[topic] ?? null
          reading.retention[topic] = retention ?? reading.retention[topic] ?? null
          reading.settingsSentAt[topic] = answer.sentAt
        }
        return TAKEN
      case 'reassignments':
        await inSlices(this.clock, noteReassignments(reading, answer.moves))
        reading.reassignmentsSentAt = answer.sentAt
        reading.reassignmentsReadAt = answer.readAt
        return TAKEN
      case 'elr':
        noteElr(reading, answer.topics, answer.partitions)
        return TAKEN
      case 'fetchers':
        noteFetchers(reading, answer.told)
        return TAKEN
      case 'gap':
        own.tracker.forgetTimes()
        reading.lowerEpochs.clear()
        own.highWatermarkReadAt.fill(Number.NaN)
        this.heard.forget()
        this.gapUntil = answer.until
        return TAKEN
      case 'throttles':
        this.slowed = applyThrottles(reading, answer.rates)
        return TAKEN
    }
  }

  private async writeLogEnds({ reading, tracker }: OwnEpoch, answer: OffsetsAnswer): Promise<Applied> {
    let refused = false
    await this.inBlocks(answer.offsets.offset.length, OFFSETS_BLOCK, (from, to) => {
      if (mergeLogEnds(reading, tracker, answer, from, to)) refused = true
    })
    return { ...TAKEN, refused }
  }

  /** Ids that a cluster told are for ever. Who tells none cannot be told from another. */
  private isOurs({ clusterId }: MetadataColumns): boolean {
    return this.told.clusterId === null || clusterId === this.told.clusterId
  }

  /**
   * Answers of another cluster are dropped: who asks has refused it already, and what slips through must not be merged into this one. So are answers asked
   * before the picture we have: they were held up on the way; and answers that name no broker: theirs has just started and knows nobody yet; Kafka's own
   * clients drop them too (NetworkClient.java); and answers of a broker that has read less of the controllers' log than the picture stands for: cut off from
   * the controllers, or just thawed.
   */
  private async writeMetadata(answers: readonly MetadataAnswer[]): Promise<Applied> {
    const newest = this.own?.reading.metadataAt ?? Number.NaN
    const ours = answers.filter(
      ({ meta, sentAt }) => meta.brokers.length > 0 && !(sentAt < newest) && this.isOurs(meta),
    )
    this.heard.heard(
      ours.map(({ broker, meta, sentAt, readAt }) => ({ broker, offset: meta.metadataOffset, sentAt, readAt })),
    )
    const [primary, ...rest] = newestFirst(ours)
    if (primary === undefined) return DROPPED
    if (this.isBehind(primary)) {
      this.told = {
        ...this.told,
        stale: new Set([...this.told.stale, primary.broker, ...rest.map(({ broker }) => broker)]),
      }
      return DROPPED
    }
    const { clusterId } = primary.meta
    const others = rest.filter(({ meta }) => clusterId === null || meta.clusterId === clusterId)
    const match = await this.match(primary.meta, this.own?.reading.topology ?? null)
    const own = this.own !== null && match.same ? this.own : await this.open(match.topology)
    const { reading } = own
    const rows = primary.meta.partition.length
    const views: View[] = []
    const lists: Lists[] = []
    for (const { broker, meta } of others) {
      const other = await this.match(meta, reading.topology)
      if (other.same) views.push({ broker, meta, rowOf: other.rowOf })
      lists.push({ broker, topology: other.topology, brokers: meta.brokers })
    }
    await ownTurn(this.clock, rows)
    const told: View = { broker: primary.broker, meta: primary.meta, rowOf: match.rowOf }
    if (own !== this.own) this.isrs = new IsrDisputes()
    const isrs = await inSlices(this.clock, this.isrs.hear(told, views, primary.readAt))
    let staleRows = 0
    let changes = 0
    let held = 0
    await ownTurn(this.clock, rows)
    await this.inBlocks(rows, METADATA_BLOCK, (from, to) => {
      const { readAt, broker } = primary
      const done = applyMetadata(reading, primary.meta, match.rowOf, readAt, broker, from, to, isrs)
      staleRows += done.stale
      held += done.held
      changes += done.leaderChanges + done.isrChanges
    })
    // A cluster without topics has brokers to tell about all the same.
    if (rows === 0) applyMetadata(reading, primary.meta, match.rowOf, primary.readAt, primary.broker)
    if (primary.sentAt >= this.gapUntil) await this.forgetSince(reading, primary.readAt)
    await ownTurn(this.clock, rows)
    const disputes = noteDisputes(reading, views, primary.readAt, isrs)
    await this.noteAgreement(own, told, views, lists, disputes.size + staleRows + held > 0)
    this.told = {
      sentAt: primary.sentAt,
      clusterId,
      controllerId: primary.meta.controllerId,
      names: primary.meta.topicNames,
      disputes,
      offset: primary.meta.metadataOffset,
      unsure: held > 0 || isrs.disputes.size > 0,
      unheard: unheardOf(isrs.disputes.values(), primary.readAt),
      stale: staleBrokers(this.told, own, primary.broker, staleRows > 0, others, views, disputes),
    }
    this.own = own
    await ownTurn(this.clock, rows)
    return { ...TAKEN, changed: changes > 0 }
  }

  /** `doubtful`: the picture may not be what who tells it said. */
  private async noteAgreement(
    { reading, shown }: OwnEpoch,
    told: View,
    views: readonly View[],
    lists: readonly Lists[],
    doubtful: boolean,
  ): Promise<void> {
    const { heard } = this
    const at = reading.metadataAt
    if (shown !== this.own?.shown) heard.moved(shown.stayed?.partition ?? null)
    for (const view of views) await inSlices(this.clock, heard.compare(view, reading, told, at))
    if (doubtful) await inSlices(this.clock, heard.compare(told, reading, told, at))
    else heard.agrees(told.broker)
    const { broker, meta } = told
    for (const list of lists)
      await inSlices(
        this.clock,
        heard.compareLists(list, { broker, topology: reading.topology, brokers: meta.brokers }, at),
      )
    heard.met([broker, ...lists.map((list) => list.broker)], at)
  }

  /** Not for ever: nothing else may be left that answers. */
  private isBehind({ meta, readAt }: MetadataAnswer): boolean {
    if (!(meta.metadataOffset < this.told.offset)) {
      this.lowerSince = Number.NaN
      return false
    }
    if (Number.isNaN(this.lowerSince)) this.lowerSince = readAt
    if (readAt - this.lowerSince <= LOWER_OFFSET_BELIEVED_AFTER_MS) return true
    this.lowerSince = Number.NaN
    return false
  }

  /** Changes that were found at `at` came some time in a gap: since when is not known. */
  private async forgetSince({ leaderSince, outSince }: WritableReading, at: number): Promise<void> {
    this.gapUntil = Number.NaN
    for (const since of [leaderSince, outSince])
      await this.inBlocks(since.length, METADATA_BLOCK, (from, to) => {
        for (let i = from; i < to; i += 1) if (since[i] === at) since[i] = Number.NaN
      })
  }

  private inBlocks(rows: number, block: number, step: (from: number, to: number) => void): Promise<void> {
    return inSlices(this.clock, blocks(rows, block, step))
  }

  private match(meta: MetadataColumns, previous: Topology | null): Promise<TopologyMatch> {
    return inSlices(this.clock, topologyPass(meta, previous))
  }

  /** Each step is a pass over all replicas of its own, so the loop breathes between them. */
  private async open(topology: Topology): Promise<OwnEpoch> {
    await ownTurn(this.clock, topology.partition.length)
    const reading = await inSlices(this.clock, emptyReadingPass(topology))
    const before = this.own
    await this.clock.breathe()
    const rows = before === null ? null : await inSlices(this.clock, carryOverPass(before.reading, reading))
    await this.clock.breathe()
    const tracker = before === null || rows === null ? createLagTracker(reading) : before.tracker.carryTo(reading, rows)
    await this.clock.breathe()
    // Every question goes by these, so they are found here, in a turn of their own.
    holdersOf(topology)
    await this.clock.breathe()
    const highWatermarkReadAt = new Float64Array(topology.partition.length).fill(Number.NaN)
    if (before !== null && rows !== null) copyRuns(before.highWatermarkReadAt, highWatermarkReadAt, rows.partition)
    const number = (before?.shown.number ?? 0) + 1
    return {
      shown: { number, reading, lags: tracker, highWatermarkReadAt, stayed: rows },
      reading,
      tracker,
      highWatermarkReadAt,
    }
  }
}

/** Who differs on an ISR and was not asked at `now`. */
function unheardOf(disputes: Iterable<readonly IsrClaim[]>, now: number): ReadonlySet<number> {
  const unheard = new Set<number>()
  for (const claims of disputes) for (const { broker, saidAt } of claims) if (saidAt < now) unheard.add(broker)
  return unheard
}

/** The one with the newest view of the controllers' log; in the order given where that is not known of each. */
function newestFirst(answers: readonly MetadataAnswer[]): readonly MetadataAnswer[] {
  if (answers.some(({ meta }) => Number.isNaN(meta.metadataOffset))) return answers
  return answers.toSorted((a, b) => b.meta.metadataOffset - a.meta.metadataOffset)
}

/** `before`: what was told a tick ago. Who has not read by now what the picture stood for then is behind by more than the time it takes to hear. */
function staleBrokers(
  before: MetadataFacts,
  { reading }: OwnEpoch,
  primary: number,
  primaryIsStale: boolean,
  others: readonly MetadataAnswer[],
  views: readonly View[],
  disputes: ReadonlyMap<number, readonly Dispute[]>,
): ReadonlySet<number> {
  const stale = new Set(before.stale)
  for (const { broker } of views) stale.delete(broker)
  for (const { broker, meta } of others) if (meta.metadataOffset < before.offset) stale.add(broker)
  stale.delete(primary)
  if (primaryIsStale) stale.add(primary)
  for (const [row, claims] of disputes) {
    for (const claim of claims) if (claim.leaderEpoch < reading.leaderEpoch[row]!) stale.add(claim.broker)
  }
  return stale
}
