/** What each line of a lag chart is now. Pure. */
import type { Watch } from '@contract/ipc'
import type { KeptEvent } from '@contract/history'
import type { LagSeries } from '@contract/live'
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import { HEALTHY } from '@shared/states'
import type { TimeSpan } from '../../charts/lag/lag-lines'
import type { LineRole } from '../../charts/lag/lag-plot'
import type { FrameView } from '../../stores/frame-view'

const IN_SYNC = 1
type Brokers = Pick<ClusterSummary, 'brokers' | 'headline'> | null

const isAway = ({ listed, noListener, answers }: BrokerSummary): boolean => answers === 'no' || (!listed && !noListener)

function brokerRole(summary: Brokers, id: number): LineRole {
  const broker = summary?.brokers.find((one) => one.id === id)
  if (broker === undefined || isAway(broker)) return 'out'
  const culprit = summary?.headline.culprit ?? null
  const isAsked = culprit?.broker === id || culprit?.brokers.some((one) => one.broker === id) === true
  return isAsked || broker.behind.atLeast > 0 ? 'asked' : 'in'
}

/** Of one partition: who leads, who is out of the ISR, who is behind most, or silent while it is still in it. */
function replicaRole(view: FrameView, row: number, id: number): LineRole {
  const { frame, summary } = view
  if (frame.columns.leader[row] === id) return 'leader'
  for (let at = frame.replicaStart[row]!; at < frame.replicaStart[row + 1]!; at += 1)
    if (frame.replicaBroker[at] === id && (frame.replicaFlags[at]! & IN_SYNC) === 0) return 'out'
  const broker = summary.brokers.find((one) => one.id === id)
  if (broker !== undefined && isAway(broker)) return 'asked'
  return frame.columns.state[row] !== HEALTHY && frame.columns.worstBroker[row] === id ? 'asked' : 'in'
}

export function lineRole(subject: Watch, view: FrameView | null, line: number): LineRole {
  if (view === null) return 'in'
  switch (subject.kind) {
    case 'partition': {
      const row = view.rowOf(subject.topic, subject.partition)
      return row < 0 ? 'in' : replicaRole(view, row, line)
    }
    case 'broker': {
      const role = brokerRole(view.summary, line)
      return role === 'in' ? 'leader' : role
    }
    case 'cluster':
      return brokerRole(view.summary, line)
    case 'topic':
    case 'none':
      return 'leader'
  }
}

/** Who led a partition at a moment, by the changes of leaders that were seen and who leads now; -1 = not known. */
export function leaderAt(events: LagSeries['events'], now: number, at: number): number {
  const changes = events.filter(({ kind }) => kind === 'leader' || kind === 'leader-back')
  if (changes.length === 0) return now
  return changes.findLast((change) => change.at <= at)?.line ?? -1
}

/**
 * When a broker did not answer, so that what is known of its replicas was of a last reading: between the events that say so, and from when it fell silent
 * where it is silent now.
 */
export function agedSpans(events: readonly KeptEvent[], brokers: readonly BrokerSummary[], id: number): TimeSpan[] {
  const spans: TimeSpan[] = []
  let since = Number.NaN
  for (const { kind, broker, to } of events) {
    if (broker !== id) continue
    if (kind === 'silent' || kind === 'gone') since = Number.isNaN(since) ? to : since
    else if (kind === 'answers' && !Number.isNaN(since)) {
      spans.push({ from: since, until: to })
      since = Number.NaN
    }
  }
  const now = brokers.find((one) => one.id === id)
  if (now !== undefined && now.answers !== 'yes')
    spans.push({ from: Number.isNaN(since) ? now.answersSince : Math.min(since, now.answersSince), until: Infinity })
  else if (now === undefined && !Number.isNaN(since)) spans.push({ from: since, until: Infinity })
  return spans
}
