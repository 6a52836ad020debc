/** What the rules of the audit stand on. Everything that could not be read carries why, so that a rule cannot take it for fine. */
import type { ConfigValue } from '../../contract/config'
import type { Phrase } from '../../shared/words/phrase'
import type { Reading } from '../topology/reading'

export type Known<T> =
  | { readonly known: true; readonly value: T; readonly readAt: number }
  | { readonly known: false; readonly reason: Phrase }

export interface TopicSettings {
  readonly values: ReadonlyMap<string, ConfigValue>
  /** Who told them: what is inherited is as it is set there. */
  readonly toldBy: number
}

/** One setting of a broker, as it told itself. `source` as in CONFIG_SOURCES. */
export interface BrokerSetting {
  readonly value: string
  readonly source: number
}

export interface AuditFacts {
  readonly now: number
  /** What is newest of it may move while the rules look. */
  readonly reading: Reading
  /** Lowest of the live brokers, null unknown. */
  readonly version: readonly [number, number] | null
  /** null = no broker told. */
  readonly zooKeeper: boolean | null
  /** By topic; one that is left out came while the audit ran. */
  readonly settings: ReadonlyMap<string, Known<TopicSettings>>
  /** Every listed broker: its own settings, by key; a key that it does not tell is left out. */
  readonly brokers: ReadonlyMap<number, Known<ReadonlyMap<string, BrokerSetting>>>
  /** Ids of the controllers that vote. */
  readonly voters: Known<readonly number[]>
  /** Finalized feature levels by name. */
  readonly features: Known<ReadonlyMap<string, number>>
  /** Release that the software of every listed broker has at least, by its APIs. */
  readonly software: Known<readonly [number, number]>
  /** Release to which the finalized metadata.version belongs; null = older than any we know. */
  readonly metadataRelease: readonly [number, number] | null
  /** Topics that are being reassigned. */
  readonly moving: Known<ReadonlySet<string>>
  readonly writers: Writers
}

/** Who wrote to a topic between two looks at some of its partitions (writers.ts). */
export interface TopicWriters {
  /** Partitions that grew, and whose records could be told apart. */
  readonly written: number
  /** Partitions that grew, and whose could not. */
  readonly uncounted: number
  /** Of producers without an id, at least. */
  readonly records: number
  /** One to which such records went, -1 = none. */
  readonly partition: number
}

export interface Writers {
  /** Partitions looked at. */
  readonly looked: number
  /** From the first look to the end of the second. */
  readonly spanMs: number
  readonly readAt: number
  readonly topics: ReadonlyMap<string, TopicWriters>
  /** Why some of a topic was not told. */
  readonly untold: ReadonlyMap<string, Phrase>
}

/** Settings of topics and of brokers that the rules look at. */
export const TOPIC_KEYS = [
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'cleanup.policy',
  'retention.ms',
  'retention.bytes',
  'leader.replication.throttled.replicas',
  'follower.replication.throttled.replicas',
] as const

export const BROKER_KEYS = [
  'replica.lag.time.max.ms',
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'broker.session.timeout.ms',
  'auto.leader.rebalance.enable',
  'leader.replication.throttled.rate',
  'follower.replication.throttled.rate',
] as const

/** Kafka's own topics whose loss stops clients (Topic.INTERNAL_TOPICS, and the one of tiered storage, which Metadata does not flag). */
export const OWN_TOPICS: readonly string[] = [
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
  '__remote_log_metadata',
]
