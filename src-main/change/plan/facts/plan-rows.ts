import type { FactName, PartitionFacts } from '../guards/guard'
import type { Asking, PlanRow, TopicAsked } from './asking'

/** The partitions of a plan as rows, for those of its topics that need a fact. */
export class PlanRows {
  constructor(
    private readonly asking: Asking,
    private readonly topics: readonly TopicAsked[],
    /** Aligned with `topics`. */
    private readonly partitions: readonly (readonly PartitionFacts[])[],
  ) {}

  /** Indices of the topics that need one of these facts, in order. */
  needing(...facts: readonly FactName[]): number[] {
    return this.topics.flatMap(({ needs }, topic) => (facts.some((fact) => needs.has(fact)) ? [topic] : []))
  }

  asked(chosen: readonly number[]): Map<number, TopicAsked> {
    return new Map(chosen.map((topic) => [topic, this.topics[topic]!]))
  }

  async rows(chosen: readonly number[]): Promise<PlanRow[]> {
    const rows: PlanRow[] = []
    for (const topic of chosen) {
      await this.asking.breathe()
      for (const row of this.rowsOf(topic)) rows.push(row)
    }
    return rows
  }

  /** Rows of each topic apart. */
  async byTopic(chosen: readonly number[]): Promise<Map<number, readonly PlanRow[]>> {
    const rows = new Map<number, readonly PlanRow[]>()
    for (const topic of chosen) {
      await this.asking.breathe()
      rows.set(topic, this.rowsOf(topic))
    }
    return rows
  }

  private rowsOf(topic: number): PlanRow[] {
    const name = this.topics[topic]!.topic
    return this.partitions[topic]!.map(({ partition, leader, replicas }) => ({
      topic,
      name,
      partition,
      leader,
      replicas,
    }))
  }
}
