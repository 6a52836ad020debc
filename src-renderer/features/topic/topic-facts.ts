/** What the head of a Topic page says, counted from the topic's partition rows. Pure. */
import {
  AT_MIN_ISR,
  MARK_AT_MIN_BY_DESIGN,
  MARK_LEADER_SILENT,
  NEXT_FENCED,
  OFFLINE,
  UNDER_MIN_ISR,
  UNKNOWN,
  UNKNOWN_TOLERANCE,
} from '@shared/states'
import { severity } from '@shared/severity'
import { aheadRecords, behindRecords } from '../common/row-words'
import type { FrameView } from '../../stores/frame-view'

export interface TopicFacts {
  readonly rows: { readonly from: number; readonly to: number }
  readonly partitions: number
  readonly worstState: number
  readonly offline: number
  /** Led by a broker that does not answer: neither readable nor writable, whatever the state says. */
  readonly silent: number
  readonly refusing: number
  /** A member of the ISR does not answer: acks=all waits until it is fenced. */
  readonly waiting: number
  /** At min ISR, and not by design. */
  readonly oneLossAway: number
  readonly unread: number
  /** Read and led, but whether they take acks=all writes is not known: min ISR was not read. */
  readonly writesUnknown: number
  readonly replicationFactor: number
  /** -1 unknown. */
  readonly minInSyncReplicas: number
  readonly minInSyncReplicasSource: number
  /** Every partition is at min ISR as it was set up: RF equals min ISR. */
  readonly byDesign: boolean
}

/** null when this cluster has no such topic. */
export function topicFacts(view: FrameView, topic: string): TopicFacts | null {
  const index = view.topicOf(topic)
  if (index < 0) return null
  const { topics, columns, replicaStart } = view.frame
  const from = topics.start[index]!
  const to = topics.start[index + 1]!
  const count = (matches: (row: number) => boolean): number => {
    let found = 0
    for (let row = from; row < to; row++) if (matches(row)) found++
    return found
  }
  const marked = (row: number, mark: number): boolean => (columns.marks[row]! & mark) !== 0
  const waits = (row: number): boolean => columns.next[row] === NEXT_FENCED && columns.state[row] !== UNDER_MIN_ISR
  let worst = UNKNOWN
  let rank = -1
  let factor = 0
  for (let row = from; row < to; row++) {
    const state = columns.state[row]!
    // By how grave it is: a partition that was not read is no healthy one.
    if (severity(state, 0) > rank) [rank, worst] = [severity(state, 0), state]
    factor = Math.max(factor, replicaStart[row + 1]! - replicaStart[row]!)
  }
  return {
    rows: { from, to },
    partitions: to - from,
    worstState: worst,
    offline: count((row) => columns.state[row] === OFFLINE),
    silent: count((row) => columns.state[row] !== OFFLINE && marked(row, MARK_LEADER_SILENT)),
    refusing: count((row) => columns.state[row] === UNDER_MIN_ISR),
    waiting: count(waits),
    oneLossAway: count((row) => columns.state[row] === AT_MIN_ISR && !marked(row, MARK_AT_MIN_BY_DESIGN)),
    unread: count((row) => columns.state[row] === UNKNOWN),
    writesUnknown: count(
      (row) =>
        columns.tolerance[row] === UNKNOWN_TOLERANCE &&
        columns.state[row] !== UNKNOWN &&
        columns.state[row] !== OFFLINE &&
        !marked(row, MARK_LEADER_SILENT),
    ),
    replicationFactor: factor,
    minInSyncReplicas: topics.minInSyncReplicas[index]!,
    minInSyncReplicasSource: topics.minInSyncReplicasSource[index]!,
    byDesign: count((row) => marked(row, MARK_AT_MIN_BY_DESIGN)) > 0,
  }
}

/** Rows of the topic in the order asked for; partition number breaks ties. */
export function topicRows(
  view: FrameView,
  facts: TopicFacts,
  sort: { readonly key: string; readonly descending: boolean },
): Uint32Array {
  const { columns, partition } = view.frame
  const rows = Uint32Array.from({ length: facts.partitions }, (_, at) => facts.rows.from + at)
  const sign = sort.descending ? -1 : 1
  const known = (value: number): number => (Number.isNaN(value) ? -1 : value)
  const keys: Readonly<Record<string, (row: number) => number>> = {
    partition: (row) => partition[row]!,
    state: (row) => columns.state[row]!,
    leader: (row) => columns.leader[row]!,
    // Ahead of the leader is worse than any lag.
    behind: (row) => (aheadRecords(view.frame, row) > 0 ? Infinity : known(behindRecords(view.frame, row))),
    // Longest late first when descending: the earlier it was last in step, the later it is now.
    late: (row) => (Number.isNaN(columns.caughtUpAt[row]!) ? -Infinity : -columns.caughtUpAt[row]!),
  }
  const key = keys[sort.key] ?? keys.partition!
  return rows.sort((a, b) => (key(a) === key(b) ? 0 : sign * (key(a) - key(b))) || partition[a]! - partition[b]!)
}
