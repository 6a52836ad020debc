import type { Watch } from '../../contract/ipc'
import type { LivePoint } from '../../contract/live'
import { subjectOf } from '../../contract/subject'
import type { ClusterSummary } from '../../contract/summary'
import { counts } from '../../domain/answers/reassignments'
import { behindRecords } from '../../domain/lag/ahead'
import { lateMs } from '../../domain/lag/lateness'
import { Presences } from '../../domain/state/presences'
import type { BrokerFacts, Reading } from '../../domain/topology/reading'
import { findPartition, topicRows } from '../../domain/topology/topology'

export interface ChartSource {
  readonly reading: Reading
  readonly facts: ReadonlyMap<number, BrokerFacts>
  readonly summary: ClusterSummary
  readonly now: number
}

function partitionPoint({ reading, facts, now }: ChartSource, row: number): Omit<LivePoint, 'subject' | 'at'> {
  const { replicaStart, replicaBroker } = reading.topology
  const presences = new Presences(facts)
  const lines: number[] = []
  const lagRecords: number[] = []
  const late: number[] = []
  // Without a leader there is nothing to be behind of: what was known last is no lag of now.
  const leader = reading.leader[row]!
  const led = leader !== -1 && !presences.isUnseen(leader)
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
    const broker = replicaBroker[replica]!
    if (broker === leader) continue
    const behind = led && !presences.isUnseen(broker) ? behindRecords(reading, replica) : Number.NaN
    lines.push(broker)
    lagRecords.push(behind)
    late.push(Number.isNaN(behind) ? Number.NaN : lateMs(reading, replica, now, presences.isUnanswered(broker)))
  }
  return { lines: Int32Array.from(lines), lagRecords: Float64Array.from(lagRecords), lateMs: Float64Array.from(late) }
}

/** Sum of the records and worst time over a topic's followers; unknown as soon as one of those that count is, or has more than its leader, or where there is none. */
function topicPoint({ reading, facts, now }: ChartSource, topic: number): Omit<LivePoint, 'subject' | 'at'> {
  const { topicStart, replicaStart, replicaBroker, replicaPartition } = reading.topology
  const presences = new Presences(facts)
  let followers = 0
  let records = 0
  let late = 0
  for (let replica = replicaStart[topicStart[topic]!]!; replica < replicaStart[topicStart[topic + 1]!]!; replica += 1) {
    const leader = reading.leader[replicaPartition[replica]!]!
    const broker = replicaBroker[replica]!
    if (broker === leader) continue
    if (!counts(reading, replica)) continue
    followers += 1
    const seen = leader !== -1 && !presences.isUnseen(leader) && !presences.isUnseen(broker)
    const behind = seen ? behindRecords(reading, replica) : Number.NaN
    records += behind
    // NaN stays NaN.
    late = Math.max(
      late,
      Number.isNaN(behind) ? Number.NaN : lateMs(reading, replica, now, presences.isUnanswered(broker)),
    )
  }
  if (followers === 0) records = late = Number.NaN
  return { lines: Int32Array.of(-1), lagRecords: Float64Array.of(records), lateMs: Float64Array.of(late) }
}

/**
 * Lag of a chart subject now. partition: a line per follower; topic: one line, the sum; broker: that broker's replicas that are behind, summed; cluster:
 * the same with a line per broker. null = nothing is watched, or it does not exist (any more).
 */
export function chartPoint(source: ChartSource, watch: Watch): LivePoint | null {
  const head = { subject: subjectOf(watch), at: source.now }
  const { reading, summary } = source
  if (watch.kind === 'none') return null
  if (watch.kind === 'partition') {
    const row = findPartition(reading.topology, watch.topic, watch.partition)
    return row < 0 ? null : { ...head, ...partitionPoint(source, row) }
  }
  if (watch.kind === 'topic') {
    const topic = topicRows(reading.topology).get(watch.topic)
    return topic === undefined ? null : { ...head, ...topicPoint(source, topic) }
  }
  const brokers = summary.brokers.filter((broker) => watch.kind === 'cluster' || broker.id === watch.broker)
  if (brokers.length === 0) return null
  return {
    ...head,
    lines: Int32Array.from(brokers, (broker) => broker.id),
    lagRecords: Float64Array.from(brokers, (broker) => broker.lagRecords),
    lateMs: Float64Array.from(brokers, (broker) => broker.lateMs),
  }
}
