/** Settings of topics and brokers as the page shows them. Source of every fact: DescribeConfigs, asked with synonyms. */
import type { ConfigEdit } from './change'

/** Index = Kafka's ConfigSource code (DescribeConfigsResponse.java); 0 = not told. */
export const CONFIG_SOURCES = ['unknown', 'topic', 'broker', 'cluster-default', 'static', 'default'] as const
export const SOURCE_UNKNOWN = 0
/** No code of Kafka: this login may not read the setting. */
export const SOURCE_DENIED = 255
export const SOURCE_TOPIC = 1
export const SOURCE_BROKER = 2
/** In the file of the broker that was asked. */
export const SOURCE_STATIC = 4
/** Kafka's built-in default: everything else was set by somebody. */
export const SOURCE_DEFAULT = 5

/** Index = Kafka's ConfigType code. */
export const CONFIG_TYPES = [
  'unknown',
  'boolean',
  'string',
  'int',
  'short',
  'long',
  'double',
  'list',
  'class',
  'password',
] as const

export interface ConfigValue {
  readonly name: string
  /** null: sensitive (Kafka never tells it) or not set. */
  readonly value: string | null
  /** Code, see CONFIG_SOURCES. */
  readonly source: number
  /** Code, see CONFIG_TYPES. */
  readonly type: number
  readonly sensitive: boolean
  readonly readOnly: boolean
  /** What holds once the topic's own override is taken away; null where the broker does not tell. Equal to value and source where there is no override. */
  readonly inherited: { readonly value: string | null; readonly source: number } | null
}

export interface ConfigAnswerView {
  /** Kafka's error code, 0 = fine, with the broker's own words. */
  readonly error: number
  readonly message: string
  readonly values: readonly ConfigValue[]
  /** ms since 1970, and the broker that was asked. */
  readonly readAt: number
  readonly broker: number
}

export interface TopicConfigView extends ConfigAnswerView {
  readonly topic: string
  readonly internal: boolean
  /** Whether this principal may change it (Metadata's authorized operations); null = the cluster does not tell. */
  readonly mayAlter: boolean | null
  /** null: it could not be judged (settings not read). */
  readonly audit: TopicAudit | null
}

/** What may lose acknowledged records on this topic, with figures of now. */
export interface TopicAudit {
  /**
   * 'leader-alone': min ISR 1 with more than one replica; 'unclean': a leader may be elected from outside the ISR; 'single-replica': there is no copy at
   * all; 'not-told': what is inherited stands in files, and that of the controller decides.
   */
  readonly findings: readonly ('leader-alone' | 'unclean' | 'single-replica' | 'not-told')[]
  /** Of 'not-told': the keys, with what the broker that was asked has, and what each has where they differ; [] = they say the same. */
  readonly notTold: readonly {
    readonly key: string
    readonly value: string
    readonly toldBy: number
    readonly differing: readonly { readonly broker: number; readonly value: string }[]
  }[]
  readonly partitions: number
  /** Smallest of its partitions. */
  readonly replicationFactor: number
  /** -1 unknown. */
  readonly minInSyncReplicas: number
  /** Partitions whose leader is the only member of the ISR now: the next loss of that broker loses what only it has. */
  readonly alone: number
  /** Records that only the leader holds now, over all partitions (leader LEO - best follower LEO); NaN unknown. */
  readonly onlyOnLeaderRecords: number
  /** Edits that make it safe, [] = nothing to do by settings. */
  readonly fix: readonly ConfigEdit[]
  readonly readAt: number
}

/** One key of many topics: `topics`, `values` and `sources` are aligned. */
export interface ConfigColumn {
  readonly key: string
  readonly topics: readonly string[]
  /** null: not set, not told, or the topic could not be read (then `errors` is not 0). */
  readonly values: readonly (string | null)[]
  readonly sources: readonly number[]
  /** Kafka's error code per topic. */
  readonly errors: readonly number[]
  readonly readAt: number
  /** -1 = none was asked: this login was refused all of these topics before. */
  readonly broker: number
}

export interface BrokerConfigView extends ConfigAnswerView {
  /** The broker these settings are of (only it can tell them). */
  readonly id: number
}
