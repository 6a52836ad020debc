import type { ClusterEvent, Span } from '../../contract/history'
import { MARK_DISPUTED } from '../../shared/states'
import { ISR_DISPUTED } from '../answers/isr-disputes'
import type { Sliced } from '../slices'
import { NEVER_TOLD } from '../topology/columns'
import type { ToldTopics } from '../past/topic-code'
import type { Topology } from '../topology/reading'
import { isTold } from '../topology/told'
import { mapRows, movedRows } from '../topology/row-runs'
import { BrokerEvents } from './broker-events'
import { SPREAD_MS, type Looked } from './looked'
import { partitionEvents, type RowLook } from './partition-events'
import { renewedTopics } from './renewed-topics'
import { ToldRows } from './told-rows'
import { TopicEvents } from './topic-events'

/** What brokers say differently is told when they agree, or when it stood like this for so long. */
const DISPUTED_MS = 2_000

/** A row of which brokers say different things. */
interface Waiting {
  /** The last look before they did. */
  readonly from: number
  /** The same of reassignments; NaN = nothing was told of them by then. */
  readonly movesFrom: number
  /** The first look at which it is told otherwise than before; NaN = it is not. */
  readonly since: number
}

/** Rows, and topics, between two places where a pass may be interrupted: well below a slice, also where each of them makes an event. */
const PIECE = 256

/**
 * What happened between one look and the next, looks in order; over a gap it compares what was with what is, and the span of what it finds is the gap. Rows of which brokers
 * say different things wait, so that one broker's old view makes no event.
 */
export class EventWatch {
  private topology: Topology | null = null
  private lookedAt = Number.NaN
  /** When what was told of reassignments at that look was asked for. */
  private movesAskedAt = Number.NaN
  private readonly rows = new ToldRows()
  private readonly topics = new TopicEvents()
  private readonly brokers = new BrokerEvents()
  private waiting = new Map<number, Waiting>()
  /** Topics of which something is told now that no event says; 'all': as nothing was told before. */
  private renewed: Set<number> | 'all' = new Set<number>();

  /** A pass that may be cut, and must be run to its end before the next one. `everyRow`: pictures were left out since the look before, so `changed` does not tell all. */
  *observe(looked: Looked, everyRow = false): Sliced<ClusterEvent[]> {
    const first = this.topology === null
    const span = { from: this.lookedAt - SPREAD_MS, to: looked.summary.takenAt }
    const isOther = this.topology !== looked.topology
    const events = this.brokers.observe(looked, span, first)
    if (isOther) for (const event of yield* this.moveTo(looked, span)) events.push(event)
    yield* this.partitions(looked, span, events, isOther || everyRow)
    for (const event of this.topics.observe(looked, (topic) => this.renew(topic))) events.push(event)
    if (looked.eligibleLeaders === true) this.rows.takeElrs(looked)
    this.lookedAt = looked.metadataSentAt
    this.movesAskedAt = looked.reading.reassignmentsSentAt
    return events
  }

  /** As it was told up to the last look, in rows of its topology. */
  told(topology: Topology): ToldTopics {
    return { topology, rows: this.rows, settings: (topic) => this.topics.told(topic) }
  }

  /** Topics (rows) that are told otherwise since this was asked last, and not only by what events say. */
  takeRenewed(): ReadonlySet<number> | 'all' {
    const { renewed } = this
    this.renewed = new Set()
    return renewed
  }

  private renew(topic: number): void {
    if (this.renewed !== 'all') this.renewed.add(topic)
  }

  private *partitions(looked: Looked, span: Span, events: ClusterEvent[], all: boolean): Sliced<void> {
    const brokers = new Map(looked.summary.brokers.map((one) => [one.id, one]))
    const movesSpan = this.movesSpan(looked)
    const waiting = [...this.waiting.keys()]
    const count = all ? looked.columns.leader.length : looked.changed.length
    for (let at = 0; at < count; at += 1) {
      if (at % PIECE === PIECE - 1) yield
      this.look({ looked, brokers, row: all ? at : looked.changed[at]!, span, movesSpan }, events)
    }
    for (const row of waiting) if (this.waiting.has(row)) this.look({ looked, brokers, row, span, movesSpan }, events)
  }

  /** Reassignments are asked for by themselves, and less often. */
  private movesSpan({ reading, summary }: Looked): Span | null {
    if (Number.isNaN(this.movesAskedAt)) return null
    return { from: this.movesAskedAt - SPREAD_MS, to: Math.max(summary.takenAt, reading.reassignmentsReadAt) }
  }

  private look(look: RowLook, events: ClusterEvent[]): void {
    const { looked, row, span, movesSpan } = look
    if (looked.reading.metadataError[row] === NEVER_TOLD) return
    const told = isTold(looked.reading, row)
    const isNew = !this.rows.isSeen(row)
    if (isNew || this.rows.isTold(row) !== told) this.renew(looked.topology.topicIndex[row]!)
    this.rows.note(row, told)
    if (!isNew) {
      const waits = this.waits(look)
      if (waits === null) return
      const before = this.rows.told(looked.topology, row)
      const found = partitionEvents(
        {
          ...look,
          span: { ...span, from: waits.from },
          movesSpan: movesSpan === null ? null : { ...movesSpan, from: waits.movesFrom },
        },
        before,
      )
      for (const event of found) events.push(event)
      if (found.length === 0) this.renew(looked.topology.topicIndex[row]!)
    }
    this.rows.take(looked, row)
  }

  /**
   * Since when what a row is told to be now may be so; null = it is as it was, or waits. While brokers name different ISRs the smallest counts, so one that grows stays as it was until the last of
   * them says so: it may have grown since they began to differ.
   */
  private waits({ looked, row, span, movesSpan }: RowLook): Waiting | null {
    const isSame = this.rows.isSame(looked, row)
    const isDisputed = (looked.columns.marks[row]! & MARK_DISPUTED) !== 0
    if (isSame && !isDisputed) {
      this.waiting.delete(row)
      return null
    }
    const known = this.waiting.get(row)
    const differsSince = known === undefined || Number.isNaN(known.since) ? looked.judgedAt : known.since
    const waits = {
      from: known?.from ?? span.from,
      movesFrom: known?.movesFrom ?? movesSpan?.from ?? Number.NaN,
      since: isSame ? Number.NaN : differsSince,
    }
    const isEarly = isDisputed && looked.judgedAt - waits.since < DISPUTED_MS
    if (isEarly || (isDisputed && looked.reading.disputed[row] === ISR_DISPUTED)) this.waiting.set(row, waits)
    else this.waiting.delete(row)
    return isSame || isEarly ? null : waits
  }

  private *moveTo(looked: Looked, span: Span): Sliced<ClusterEvent[]> {
    const { topology: before } = this
    const rows = before === null ? null : yield* mapRows(before, looked.topology)
    this.topology = looked.topology
    this.rows.moveTo(looked.topology, rows)
    this.waiting = rows === null ? new Map<number, Waiting>() : movedRows(this.waiting, rows)
    const isUntaken = this.renewed === 'all' || this.renewed.size > 0
    this.renewed =
      before === null || rows === null || isUntaken ? 'all' : yield* renewedTopics(before, looked.topology, rows)
    return this.topics.moveTo(before, looked, rows, span)
  }
}
