import type { ClusterEvent } from '../../contract/history'

/** ISR changes that were seen since the last sample. */
export interface IsrChanges {
  readonly total: number
  readonly brokers: ReadonlyMap<number, number>
  readonly topics: ReadonlyMap<string, number>
}

const oneMore = <Key>(counts: Map<Key, number>, key: Key): unknown => counts.set(key, (counts.get(key) ?? 0) + 1)

export class IsrChangeCount {
  private total = 0
  private brokers = new Map<number, number>()
  private topics = new Map<string, number>()

  /** What the history was told: so the sum of the samples is the number of its events. */
  note(events: readonly ClusterEvent[]): void {
    for (const { kind, broker, topic } of events) {
      if (kind !== 'left-isr' && kind !== 'joined-isr') continue
      this.total += 1
      oneMore(this.brokers, broker)
      oneMore(this.topics, topic)
    }
  }

  /** And begins anew. */
  take(): IsrChanges {
    const { total, brokers, topics } = this
    this.total = 0
    this.brokers = new Map()
    this.topics = new Map()
    return { total, brokers, topics }
  }
}
