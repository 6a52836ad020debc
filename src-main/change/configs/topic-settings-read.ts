import type { ConfigValue } from '../../contract/config'

/** One broker's answer about the settings of one topic. */
export interface TopicSettingsRead {
  readonly topic: string
  /** Kafka's error code, 0 = fine; -1 = the broker left the topic out. Then there are no values. */
  readonly error: number
  readonly message: string
  /** The topic's own settings (source 1), by key. */
  readonly overrides: Readonly<Record<string, string>>
  readonly values: readonly ConfigValue[]
  /** When the answer was in, ms since 1970, and who gave it. */
  readonly readAt: number
  readonly broker: number
}
