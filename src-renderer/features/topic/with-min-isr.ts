/** What another min ISR would do to a topic now, counted from the ISRs of its rows: nothing is planned or written for it. Pure. */
import { OFFLINE, UNKNOWN } from '@shared/states'
import type { FrameView } from '../../stores/frame-view'
import type { Say } from '../common/say'
import { sentences, shareOf } from '../common/say'
import type { TopicFacts } from './topic-facts'

/** What the audit advises for three replicas. */
export const ADVISED_MIN_ISR = 2
/** Bit of `ClusterFrame.replicaFlags`. */
const IN_SYNC = 1

export interface WithMinIsr {
  readonly partitions: number
  /** Read, and with a leader: what is said of none is said of these. */
  readonly judged: number
  /** ISR smaller than it: acks=all would be refused at once. */
  readonly refuses: number
  /** ISR as large as it: the next loss refuses. */
  readonly oneLossAway: number
  /** Not read yet; what they would do is not known. */
  readonly unread: number
}

/** Offline partitions take no writes either way and count as neither. From 3.7 a value above the replication factor acts as the replication factor (KIP-966), so does it here. */
export function withMinIsr({ frame }: FrameView, { rows }: Pick<TopicFacts, 'rows'>, minIsr: number): WithMinIsr {
  const { columns, replicaStart, replicaFlags } = frame
  let judged = 0
  let refuses = 0
  let oneLossAway = 0
  let unread = 0
  for (let row = rows.from; row < rows.to; row++) {
    const state = columns.state[row]!
    if (state === UNKNOWN) unread++
    if (state === UNKNOWN || state === OFFLINE) continue
    judged++
    let inSync = 0
    for (let at = replicaStart[row]!; at < replicaStart[row + 1]!; at++) inSync += replicaFlags[at]! & IN_SYNC
    const asked = Math.min(minIsr, replicaStart[row + 1]! - replicaStart[row]!)
    if (inSync < asked) refuses++
    else if (inSync === asked) oneLossAway++
  }
  return { partitions: rows.to - rows.from, judged, refuses, oneLossAway, unread }
}

/** '' where min ISR is that high already, or nobody told what it is. */
export function withMinIsrWords(say: Say, view: FrameView, facts: TopicFacts): string {
  const { minInSyncReplicas, replicationFactor } = facts
  if (minInSyncReplicas < 0 || minInSyncReplicas >= ADVISED_MIN_ISR || replicationFactor < ADVISED_MIN_ISR) return ''
  const { partitions, judged, refuses, oneLossAway, unread } = withMinIsr(view, facts, ADVISED_MIN_ISR)
  return sentences(say, [
    judged === 0
      ? ''
      : refuses === 0
        ? say.t('topic.withMinIsr.none', { min: ADVISED_MIN_ISR, of: say.f.count(judged) }, judged)
        : say.t('topic.withMinIsr.refuses', {
            min: ADVISED_MIN_ISR,
            share: shareOf(say, 'partitions', refuses, partitions),
          }),
    oneLossAway === 0 ? '' : say.t('topic.withMinIsr.oneLoss', { n: say.f.count(oneLossAway) }, oneLossAway),
    unread === 0 ? '' : say.t('topic.withMinIsr.unread', { n: say.f.count(unread) }, unread),
  ])
}
