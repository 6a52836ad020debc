import type { SentFrame } from '../contract/frame'
import { REPLICA_IN_SYNC } from '../domain/topology/columns'

/** A row of the newer picture, and the topic it belongs to. */
interface MovedRow {
  readonly topic: number
  readonly row: number
}

type Side = Pick<SentFrame, 'topics' | 'partition' | 'columns' | 'replicaStart' | 'replicaBroker' | 'replicaFlags'>

const isMember = ({ replicaFlags }: Side, replica: number): boolean => (replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0

function inIsr(side: Side, row: number, broker: number): boolean {
  for (let replica = side.replicaStart[row]!; replica < side.replicaStart[row + 1]!; replica += 1)
    if (side.replicaBroker[replica] === broker) return isMember(side, replica)
  return false
}

/** Every in-sync replica of row `a` is one of row `b` too. Replica lists may differ: a move ends, and its ISR is what counts. */
function isrWithin(one: Side, a: number, other: Side, b: number): boolean {
  for (let replica = one.replicaStart[a]!; replica < one.replicaStart[a + 1]!; replica += 1)
    if (isMember(one, replica) && !inIsr(other, b, one.replicaBroker[replica]!)) return false
  return true
}

function isSame(before: Side, old: number, after: Side, row: number): boolean {
  return (
    before.columns.leader[old] === after.columns.leader[row] &&
    isrWithin(before, old, after, row) &&
    isrWithin(after, row, before, old)
  )
}

/**
 * Partitions whose leader or ISR is not what it was, in the rows of `after`. They are compared by topic and number: topics may have come and gone in between,
 * and replica lists may have changed, without one of the other changes being lost. What is new or gone has moved nowhere. One pass over both.
 */
export function movedRows(before: Side, after: Side): MovedRow[] {
  const moved: MovedRow[] = []
  const oldTopics = new Map(before.topics.names.map((name, topic) => [name, topic]))
  after.topics.names.forEach((name, topic) => {
    const was = oldTopics.get(name)
    if (was === undefined) return
    let old = before.topics.start[was]!
    const oldEnd = before.topics.start[was + 1]!
    // Within a topic rows are sorted by partition number (topology.ts).
    for (let row = after.topics.start[topic]!; row < after.topics.start[topic + 1]!; row += 1) {
      while (old < oldEnd && before.partition[old]! < after.partition[row]!) old += 1
      if (old < oldEnd && before.partition[old] === after.partition[row] && !isSame(before, old, after, row))
        moved.push({ topic, row })
    }
  })
  return moved
}

export function describeRow(
  frame: Side,
  { topic, row }: MovedRow,
): { readonly topic: string; readonly partition: number; readonly leader: number; readonly isr: number[] } {
  const isr: number[] = []
  for (let replica = frame.replicaStart[row]!; replica < frame.replicaStart[row + 1]!; replica += 1)
    if (isMember(frame, replica)) isr.push(frame.replicaBroker[replica]!)
  return {
    topic: frame.topics.names[topic]!,
    partition: frame.partition[row]!,
    leader: frame.columns.leader[row]!,
    isr,
  }
}
