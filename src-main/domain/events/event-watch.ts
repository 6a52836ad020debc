import type { ClusterEvent, Span } from '../../contract/history'
import { MARK_DISPUTED } from '../../shared/states'
import { runWhole } from '../slices'
import { NEVER_TOLD } from '../topology/columns'
import type { Topology } from '../topology/reading'
import { mapRows, movedRows } from '../topology/row-runs'
import { BrokerEvents } from './broker-events'
import { SPREAD_MS, type Looked } from './looked'
import { partitionEvents } from './partition-events'
import { ToldRows } from './told-rows'
import { TopicEvents } from './topic-events'

/** What brokers say differently is told when they agree, or when it stood like this for so long. */
const DISPUTED_MS = 2_000

/** The last look before a row had to wait, and the first one at which it did. */
interface Waiting {
  readonly from: number
  readonly since: number
}

/**
 * What happened between one look and the next. It must see every picture, in order; over a gap it compares what was with what is, and the span of what it finds is the gap. Rows of which brokers
 * say different things wait, so that one broker's old view makes no event.
 */
export class EventWatch {
  private topology: Topology | null = null
  private lookedAt = Number.NaN
  private readonly rows = new ToldRows()
  private readonly topics = new TopicEvents()
  private readonly brokers = new BrokerEvents()
  private waiting = new Map<number, Waiting>()

  observe(looked: Looked): ClusterEvent[] {
    const first = this.topology === null
    const span = { from: this.lookedAt - SPREAD_MS, to: looked.summary.takenAt }
    const isOther = this.topology !== looked.topology
    const moved = isOther ? this.moveTo(looked, span) : []
    const events = [
      ...this.brokers.observe(looked, span, first),
      ...moved,
      ...this.partitions(looked, span, isOther),
      ...this.topics.observe(looked),
    ]
    if (looked.eligibleLeaders === true) this.rows.takeElrs(looked)
    this.lookedAt = looked.metadataSentAt
    return events
  }

  private partitions(looked: Looked, span: Span, all: boolean): ClusterEvent[] {
    const events: ClusterEvent[] = []
    const brokers = new Map(looked.summary.brokers.map((one) => [one.id, one]))
    const look = (row: number): void => {
      if (looked.reading.metadataError[row] === NEVER_TOLD) return
      if (this.rows.isSeen(row)) {
        if (this.rows.isSame(looked, row)) {
          this.waiting.delete(row)
          return
        }
        const waits = this.waiting.get(row) ?? { from: span.from, since: looked.judgedAt }
        if ((looked.columns.marks[row]! & MARK_DISPUTED) !== 0 && looked.judgedAt - waits.since < DISPUTED_MS) {
          this.waiting.set(row, waits)
          return
        }
        this.waiting.delete(row)
        const told = this.rows.told(looked.topology, row)
        events.push(...partitionEvents({ looked, brokers, row, span: { ...span, from: waits.from } }, told))
      }
      this.rows.take(looked, row)
    }
    const waiting = [...this.waiting.keys()]
    // Pictures before the first look, or of another topology, may have told of rows that this one calls the same.
    if (all) for (let row = 0; row < looked.columns.leader.length; row += 1) look(row)
    else for (let at = 0; at < looked.changed.length; at += 1) look(looked.changed[at]!)
    for (const row of waiting) if (this.waiting.has(row)) look(row)
    return events
  }

  private moveTo(looked: Looked, span: Span): ClusterEvent[] {
    const { topology: before } = this
    const rows = before === null ? null : runWhole(mapRows(before, looked.topology))
    this.topology = looked.topology
    this.rows.moveTo(looked.topology, rows)
    this.waiting = rows === null ? new Map<number, Waiting>() : movedRows(this.waiting, rows)
    return this.topics.moveTo(before, looked, rows, span)
  }
}
