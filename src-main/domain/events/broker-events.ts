import type { ClusterEvent, Span } from '../../contract/history'
import { isOurSide, type BrokerSummary } from '../../contract/summary'
import { clusterEvent } from './cluster-event'
import { SPREAD_MS, type Looked } from './looked'

interface Told {
  readonly listed: boolean
  readonly leaving: boolean
  /** Its silence was told. */
  readonly silent: boolean
  readonly failed: boolean
  readonly throttled: boolean
}

/** One that was on its way out is until it is gone, or answers and is not any more: its silence is what a shutdown ends with. */
function isLeaving(one: BrokerSummary, before: Told | undefined): boolean {
  if (!one.listed || one.course === 'leaving') return one.listed
  return before?.leaving === true && (one.answers !== 'yes' || one.course === 'returning')
}

const toldOf = (one: BrokerSummary, throttled: ReadonlySet<number>, before: Told | undefined): Told => ({
  listed: one.listed,
  leaving: isLeaving(one, before),
  silent: one.answers === 'connecting' ? (before?.silent ?? false) : one.answers === 'no' && !isOurSide(one),
  // A broker that does not answer tells nothing of its directories.
  failed: one.answers === 'yes' ? one.offlineReplicas > 0 : (before?.failed ?? false),
  throttled: throttled.has(one.id),
})

/** What happened to brokers, the controllers and throttles between two looks. A fault of our own side is nothing that happened to a broker. */
export class BrokerEvents {
  private told = new Map<number, Told>()
  private controller = -1
  private voters: { readonly live: number; readonly total: number } | null = null
  private quorum: 'leads' | 'silent' | null = null

  /** `span`: between the looks; `first`: there is none before, so nothing can be compared. */
  observe({ summary, throttled, judgedAt }: Looked, span: Span, first: boolean): ClusterEvent[] {
    const events: ClusterEvent[] = []
    const told = new Map(this.told)
    for (const one of summary.brokers) {
      // Without our listener its place on the list says nothing, and nobody asks it.
      if (one.noListener) continue
      const before = this.told.get(one.id)
      const now = toldOf(one, throttled, before)
      told.set(one.id, now)
      if (!first) events.push(...ofBroker(one, before, now, span, judgedAt))
    }
    this.told = told
    return [...events, ...this.ofControllers(summary, span, first)]
  }

  private ofControllers(summary: Looked['summary'], span: Span, first: boolean): ClusterEvent[] {
    const events: ClusterEvent[] = []
    const { controller, voters, quorum } = summary
    if (controller >= 0) {
      if (!first && this.controller >= 0 && controller !== this.controller)
        events.push(clusterEvent('controller', span, { broker: controller, other: this.controller }))
      this.controller = controller
    }
    if (voters !== null) {
      if (!first && this.voters !== null && (voters.live !== this.voters.live || voters.total !== this.voters.total))
        events.push(clusterEvent('voters', span, { amount: voters.live, total: voters.total }))
      this.voters = voters
    }
    if (quorum === 'leads' || quorum === 'silent') {
      if (!first && this.quorum !== null && this.quorum !== quorum)
        events.push(clusterEvent(quorum === 'leads' ? 'quorum-leads' : 'quorum-silent', span, {}))
      this.quorum = quorum
    }
    return events
  }
}

function ofBroker(
  one: BrokerSummary,
  before: Told | undefined,
  now: Told,
  span: Span,
  judgedAt: number,
): ClusterEvent[] {
  const broker = one.id
  const events: ClusterEvent[] = []
  /** By its own answers and not by Metadata: it is known to the moment of the picture. */
  const asked = { from: Math.min(span.from, one.answersSince - SPREAD_MS), to: judgedAt }
  if (!now.listed && before?.listed === true) events.push(clusterEvent('gone', span, { broker }))
  if (now.listed && before?.listed !== true) events.push(clusterEvent('listed', span, { broker }))
  if (now.leaving && before?.leaving !== true && now.listed) events.push(clusterEvent('leaving', span, { broker }))
  if (now.silent && before?.silent !== true)
    events.push(clusterEvent('silent', asked, { broker, toldBy: broker, text: one.silence }))
  if (!now.silent && before?.silent === true && one.answers === 'yes')
    events.push(clusterEvent('answers', { from: span.from, to: judgedAt }, { broker, toldBy: broker }))
  if (now.listed && !now.leaving && before?.leaving === true) events.push(clusterEvent('stays', span, { broker }))
  if (now.failed && before?.failed !== true)
    events.push(
      clusterEvent('log-dir', span, { broker, amount: one.offlineReplicas, text: one.failedFolders.join(', ') }),
    )
  if (now.throttled && before?.throttled !== true) events.push(clusterEvent('throttled', span, { broker }))
  if (!now.throttled && before?.throttled === true) events.push(clusterEvent('unthrottled', span, { broker }))
  return events
}
