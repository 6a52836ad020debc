import type { ClusterEvent } from '../../contract/history'

/** Records of this very loss that were counted before this run, at least; NaN = it was not told then. */
export type LossesBefore = (lost: ClusterEvent) => number

const keyOf = ({ partition, epoch }: ClusterEvent): string => `${partition}/${epoch}`

/**
 * How much more than before each finding of lost records tells. One that was told comes again with better figures, also after a restart, and in another incident than the first time: its topic,
 * partition and the epoch that began without the records say that it is the same. Each figure is a lower bound, so that the largest one counts.
 */
export class CountedLosses {
  private readonly known = new Map<string, Map<string, number>>()

  constructor(private readonly before: LossesBefore) {}

  /** Records that are new in it; NaN = all of it was told before. */
  more(lost: ClusterEvent): number {
    const ofTopic = this.known.get(lost.topic) ?? new Map<string, number>()
    this.known.set(lost.topic, ofTopic)
    const key = keyOf(lost)
    const told = ofTopic.get(key) ?? this.before(lost)
    const atLeast = Number.isNaN(lost.amount) ? 0 : lost.amount
    ofTopic.set(key, Math.max(atLeast, Number.isNaN(told) ? 0 : told))
    if (Number.isNaN(told)) return atLeast
    return atLeast > told ? atLeast - told : Number.NaN
  }

  /** It is made anew: its epochs begin again. */
  forget(topic: string): void {
    this.known.set(topic, new Map())
  }
}
