/** Partitions led by another than their preferred replica, as the draft of an election that can move them now. Pure. */
import type { ChangeDraft, ElectionFate } from '@contract/change'
import { MAX_ELECTION_PARTITIONS } from '@contract/change'
import type { ClusterFrame } from '@contract/frame'
import { preferredLeader } from '@shared/preferred-leader'
import { MARK_NOT_PREFERRED } from '@shared/states'
import type { FrameView } from '../../../stores/frame-view'

/** What to look at: one partition, one topic, the leaders that belong to one broker, these rows, or (nothing given) the whole cluster. */
export interface LeadersScope {
  readonly topic?: string | undefined
  readonly partition?: number | undefined
  readonly broker?: number | undefined
  readonly rows?: ReadonlySet<number> | undefined
}

/** Bits of `ClusterFrame.replicaFlags`. */
const REPLICA_IN_SYNC = 1
const REPLICA_OFFLINE = 2

type ElectionDraft = Extract<ChangeDraft, { kind: 'election' }>

function topicRange(view: FrameView, scope: LeadersScope): readonly [number, number] {
  if (scope.topic === undefined) return [0, view.frame.topics.names.length]
  const index = view.topicOf(scope.topic)
  return index < 0 ? [0, 0] : [index, index + 1]
}

/** Why a leader cannot go back now; fates of an election plan. */
export const STAYS = ['not-in-sync', 'preferred-silent'] as const satisfies readonly ElectionFate[]
export type Stay = (typeof STAYS)[number]

export interface LeadersBack {
  readonly draft: ElectionDraft
  readonly count: number
  /** Leaders that are not where they belong and cannot go there now, by the reason. */
  readonly stay: Readonly<Record<Stay, number>>
}

/** What holds a leader back, by the rule of the plan (change/plan/election): Kafka elects only a live replica of the ISR; null = nothing does. */
function whyStays(frame: ClusterFrame, row: number, silent: ReadonlySet<number>): Stay | null {
  const flags = frame.replicaFlags[frame.replicaStart[row]!]!
  if ((flags & REPLICA_IN_SYNC) === 0) return 'not-in-sync'
  return (flags & REPLICA_OFFLINE) !== 0 || silent.has(preferredLeader(frame, row)) ? 'preferred-silent' : null
}

/**
 * Only partitions that have a leader, which is not the preferred one, and whose preferred replica could lead now. At most
 * MAX_ELECTION_PARTITIONS, in the order of the frame.
 */
export function leadersBack(view: FrameView, scope: LeadersScope): LeadersBack {
  const { frame, summary } = view
  const partitions: { topic: string; partitions: number[] }[] = []
  const silent = new Set(summary.brokers.filter(({ answers }) => answers === 'no').map(({ id }) => id))
  const stay = { 'not-in-sync': 0, 'preferred-silent': 0 }
  let count = 0
  const [from, to] = topicRange(view, scope)
  for (let topic = from; topic < to; topic++) {
    const found: number[] = []
    for (
      let row = frame.topics.start[topic]!;
      row < frame.topics.start[topic + 1]! && count < MAX_ELECTION_PARTITIONS;
      row++
    ) {
      if ((frame.columns.marks[row]! & MARK_NOT_PREFERRED) === 0 || frame.columns.leader[row]! < 0) continue
      if (scope.partition !== undefined && frame.partition[row] !== scope.partition) continue
      if (scope.rows?.has(row) === false) continue
      if (scope.broker !== undefined && preferredLeader(frame, row) !== scope.broker) continue
      const why = whyStays(frame, row, silent)
      if (why !== null) stay[why]++
      else {
        found.push(frame.partition[row]!)
        count++
      }
    }
    if (found.length > 0) partitions.push({ topic: frame.topics.names[topic]!, partitions: found })
  }
  return { draft: { kind: 'election', partitions }, count, stay }
}
