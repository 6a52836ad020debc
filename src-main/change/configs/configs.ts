/** Reading settings, for the pages and for plans. */
import type { BrokerConfigView, TopicConfigView } from '../../contract/config'
import type { Result } from '../../contract/result'
import type { ColumnProgress } from '../../contract/tasks'

export interface Configs {
  /** What was refused, and a topic that is not seen, is asked for only `again`: when a person wants it. */
  topic(question: {
    readonly cluster: string
    readonly topic: string
    readonly again: boolean
  }): Promise<Result<TopicConfigView>>
  /** '' topic: of a broker's key. */
  docs(cluster: string, topic: string, key: string): Promise<Result<{ text: string }>>
  /**
   * One key of the topics, null = of all topics of the newest reading, in batches of `TOPICS_PER_BATCH`, one after the other. Ends early when
   * cancelled, and after two batches in a row that nobody answered. `left`: topics that were not asked any more. A topic that was refused already has that
   * error without being asked.
   */
  column(
    question: { readonly cluster: string; readonly key: string; readonly topics: readonly string[] | null },
    run: { readonly signal: AbortSignal; readonly progress: (progress: ColumnProgress) => void },
  ): Promise<Result<{ left: number }>>
  /** `again` as in `topic`. */
  broker(question: {
    readonly cluster: string
    readonly broker: number
    readonly again: boolean
  }): Promise<Result<BrokerConfigView>>
}
