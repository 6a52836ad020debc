import type { ClusterEvent, Incident } from '../../contract/history'
import { MARK_AT_MIN_BY_DESIGN, UNDER_REPLICATED, UNKNOWN } from '../../shared/states'
import type { Looked } from '../events/looked'
import type { Sliced } from '../slices'
import type { Topology } from '../topology/reading'
import { copyRuns, mapRows } from '../topology/row-runs'
import { isTold } from '../topology/told'
import { topicRows } from '../topology/topic-index'
import type { TopicTrouble } from './standing'

/** Rows between two places where a pass may be interrupted. */
const PIECE = 8_192

export interface TroubleNow {
  /** Topics with a partition in trouble now, in the order of their rows. */
  readonly topics: readonly TopicTrouble[]
  /** Partitions that were in trouble and cannot be read now. */
  readonly unread: number
}

/** Misses a replica, or worse. At min ISR with every replica in the ISR is how its topic is made. */
export const isTroubled = (columns: Pick<Looked['columns'], 'state' | 'marks'>, row: number): boolean =>
  columns.state[row]! >= UNDER_REPLICATED && (columns.marks[row]! & MARK_AT_MIN_BY_DESIGN) === 0

/** Metadata tells it, with a leader and every replica in the ISR: whatever else of it was not read says nothing against that. */
function isReadWhole({ columns, reading, topology }: Looked, row: number): boolean {
  if (!isTold(reading, row)) return false
  return columns.state[row] !== UNKNOWN || topology.replicaStart[row + 1]! > topology.replicaStart[row]!
}

/**
 * Which partitions were in trouble in an incident and were not read whole since: a byte a row, moved along when topics come and go, and a number for each topic that is not in view any
 * more. Who went out of view is in trouble until read again, or known to be deleted; a login whose rights were withdrawn sees the same as one whose topics were deleted.
 */
export class TroubleRows {
  private topology: Topology | null = null
  private rows = new Uint8Array(0)
  /** Partitions of topics that are out of view. */
  private readonly away: Map<string, number>
  /** Partitions at most that were in trouble and are known by no name. */
  private unnamed: number

  /** `before`: of an incident that was made in an earlier run, of which only topics are known. */
  constructor(before: Incident | null) {
    this.away = new Map(before?.topics.map(({ topic, partitions }) => [topic, partitions]))
    this.unnamed = before === null ? 0 : before.topicCount - before.topics.length
  }

  *observe(looked: Looked, events: readonly ClusterEvent[]): Sliced<TroubleNow> {
    const { topology, columns } = looked
    if (this.topology !== topology) yield* this.moveTo(topology, provenGone(events))
    const found: TopicTrouble[] = []
    let unread = 0
    let rowsOfPiece = 0
    for (let topic = 0; topic < topology.topicNames.length; topic += 1) {
      let worst = 0
      let partitions = 0
      for (let row = topology.topicStart[topic]!; row < topology.topicStart[topic + 1]!; row += 1) {
        if ((rowsOfPiece += 1) % PIECE === 0) yield
        if (isTroubled(columns, row)) {
          this.rows[row] = 1
          partitions += 1
          worst = Math.max(worst, columns.state[row]!)
        } else if (this.rows[row] === 1) {
          if (isReadWhole(looked, row)) this.rows[row] = 0
          else unread += 1
        }
      }
      if (partitions > 0) found.push({ topic: topology.topicNames[topic]!, worst, partitions })
    }
    for (const partitions of this.away.values()) unread += partitions
    const { underReplicated } = looked.summary.headline
    if (underReplicated.complete && underReplicated.atLeast === 0) this.unnamed = 0
    return { topics: found, unread: unread + this.unnamed }
  }

  private *moveTo(topology: Topology, gone: ReadonlySet<string>): Sliced<void> {
    const { topology: before, rows } = this
    this.topology = topology
    this.rows = new Uint8Array(topology.partition.length)
    if (before !== null) {
      const runs = yield* mapRows(before, topology)
      copyRuns(rows, this.rows, runs.partition)
      this.keepAway(before, rows, runs.topic)
    }
    for (const topic of gone) this.away.delete(topic)
    const index = topicRows(topology)
    for (const topic of this.away.keys()) {
      const row = index.get(topic)
      if (row === undefined) continue
      // Which of them they were is known of a topic that never left the view only.
      this.rows.fill(1, topology.topicStart[row], topology.topicStart[row + 1])
      this.away.delete(topic)
    }
  }

  private keepAway(
    { topicNames, topicStart }: Topology,
    rows: Uint8Array,
    runs: readonly { readonly from: number; readonly length: number }[],
  ): void {
    const stays = new Uint8Array(topicNames.length)
    for (const { from, length } of runs) stays.fill(1, from, from + length)
    for (let topic = 0; topic < topicNames.length; topic += 1) {
      if (stays[topic] === 1) continue
      let partitions = 0
      for (let row = topicStart[topic]!; row < topicStart[topic + 1]!; row += 1) partitions += rows[row]!
      if (partitions > 0) this.away.set(topicNames[topic]!, partitions)
    }
  }
}

/** Topics of which it was seen that they are not there any more, and not only out of view. */
const provenGone = (events: readonly ClusterEvent[]): ReadonlySet<string> =>
  new Set(
    events
      .filter(({ kind, text }) => kind === 'topic-anew' || (kind === 'topic-deleted' && text === ''))
      .map(({ topic }) => topic),
  )
