/** Partitions led by another than their preferred replica, as the draft of an election. Pure. */
import type { ChangeDraft } from '@contract/change'
import { MAX_ELECTION_PARTITIONS } from '@contract/change'
import { preferredLeader } from '@shared/preferred-leader'
import { MARK_NOT_PREFERRED } from '@shared/states'
import type { FrameView } from '../../../stores/frame-view'

/** What to look at: one partition, one topic, the leaders that belong to one broker, or (nothing given) the whole cluster. */
export interface LeadersScope {
  readonly topic?: string | undefined
  readonly partition?: number | undefined
  readonly broker?: number | undefined
}

type ElectionDraft = Extract<ChangeDraft, { kind: 'election' }>

function topicRange(view: FrameView, scope: LeadersScope): readonly [number, number] {
  if (scope.topic === undefined) return [0, view.frame.topics.names.length]
  const index = view.topicOf(scope.topic)
  return index < 0 ? [0, 0] : [index, index + 1]
}

/**
 * Only partitions that have a leader, which is not the preferred one; the plan finds out which of them can move. At most
 * MAX_ELECTION_PARTITIONS, in the order of the frame.
 */
export function leadersBack(view: FrameView, scope: LeadersScope): { draft: ElectionDraft; count: number } {
  const { frame } = view
  const partitions: { topic: string; partitions: number[] }[] = []
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
      if (scope.broker !== undefined && preferredLeader(frame, row) !== scope.broker) continue
      found.push(frame.partition[row]!)
      count++
    }
    if (found.length > 0) partitions.push({ topic: frame.topics.names[topic]!, partitions: found })
  }
  return { draft: { kind: 'election', partitions }, count }
}
