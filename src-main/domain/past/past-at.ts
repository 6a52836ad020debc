import type { ClusterEvent } from '../../contract/history'
import type { BrokersMoment, TopicMoment } from './moment'
import type { PastKnown } from './past-picture'
import { PastTopics } from './past-topics'

/** A moment is of the time before or up to `at`: 'then'; or it was seen after it, and was perhaps so already: 'perhaps'. */
export const timeOf = (
  one: { readonly from: number; readonly to: number },
  at: number,
): 'then' | 'perhaps' | 'after' => (one.to <= at ? 'then' : one.from < at ? 'perhaps' : 'after')

/** Only these say how partitions and settings stand; whatever else happened says nothing of a row. */
const STANDING: ReadonlySet<ClusterEvent['kind']> = new Set<ClusterEvent['kind']>([
  'left-isr',
  'joined-isr',
  'leader',
  'offline',
  'epochs',
  'reassigning',
  'reassigned',
  'setting',
])
const OF_TOPICS: ReadonlySet<ClusterEvent['kind']> = new Set<ClusterEvent['kind']>([
  'topic-created',
  'topic-deleted',
  'topic-anew',
])

/** Puts together how a cluster stood at `at`: moments and events are given in the order in which they were kept, from a whole moment on. */
export class PastAt {
  private readonly past = new PastTopics()
  private readonly pending: ClusterEvent[] = []
  private readonly pendingTopics = new Set<string>()
  private brokers: BrokersMoment | null = null
  private nextBrokers: BrokersMoment | null = null

  constructor(private readonly at: number) {}

  topics(span: { readonly from: number; readonly to: number }, topics: readonly TopicMoment[]): void {
    const time = timeOf(span, this.at)
    if (time === 'then') this.past.take(topics)
    // Its partitions or replicas were others just then, or not told yet.
    else if (time === 'perhaps') for (const { name } of topics) this.pendingTopics.add(name)
  }

  takeBrokers(span: { readonly from: number; readonly to: number }, brokers: BrokersMoment): void {
    const time = timeOf(span, this.at)
    if (time === 'then') this.brokers = brokers
    else this.nextBrokers ??= time === 'perhaps' || this.brokers === null ? brokers : null
  }

  event(event: ClusterEvent): void {
    const time = timeOf(event, this.at)
    if (time === 'then') this.past.apply(event)
    else if (time === 'perhaps' && STANDING.has(event.kind)) this.pending.push(event)
    else if (time === 'perhaps' && OF_TOPICS.has(event.kind)) this.pendingTopics.add(event.topic)
  }

  /** null: nothing is kept of the brokers, without whom no state can be told. */
  known(): PastKnown | null {
    const { at, past, pending, pendingTopics, brokers, nextBrokers } = this
    const then = brokers ?? nextBrokers
    if (then === null) return null
    for (const { kind, topic, text } of pending) {
      const one = kind === 'setting' && text === 'min.insync.replicas' ? past.topics.get(topic) : undefined
      if (one !== undefined) one.minIsr = -1
    }
    return {
      at,
      topics: past.topics,
      brokers: then,
      pending,
      pendingTopics,
      // Those of the first look, seen a moment after its partitions.
      pendingBrokers: brokers === null ? { ...then, brokers: [] } : nextBrokers,
    }
  }
}
