/** Reading settings, for the pages and for plans. */
import type { BrokerConfigView, ConfigColumn, TopicConfigView } from '../../contract/config'
import type { Result } from '../../contract/result'

export interface Configs {
  topic(cluster: string, topic: string): Promise<Result<TopicConfigView>>
  /** '' topic: of a broker's key. */
  docs(cluster: string, topic: string, key: string): Promise<Result<{ text: string }>>
  column(cluster: string, key: string, topics: readonly string[]): Promise<Result<ConfigColumn>>
  broker(cluster: string, broker: number): Promise<Result<BrokerConfigView>>
}
