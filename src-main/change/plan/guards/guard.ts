/**
 * What a rule of guardrails.md gets and gives. A rule is pure: facts in, effects out. Facts are gathered beforehand (change/plan/facts/), each with
 * its age or with the reason why it is not known; a rule whose fact is missing gives an 'unknown' effect, which counts as a warning.
 */
import type { Effect, KeyState } from '../../../contract/change'
import type { Sliced } from '../../../domain/slices'
import type { RecordSample } from '../../../ports/cluster-port'
import type { Phrase, Rule } from '../../../shared/words/phrase'

export type Fact<T> =
  /** `missing`: why some of it is not known; what is there holds all the same, so that a loss that was found is not lost with the rest. */
  | { readonly known: true; readonly value: T; readonly readAt: number; readonly missing?: readonly Phrase[] }
  | { readonly known: false; readonly reasons: readonly Phrase[] }

export interface PartitionFacts {
  readonly partition: number
  /** -1 = none. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  /** Replicas by log end offset, aligned with `replicas`; NaN unknown. */
  readonly logEndOffsets: readonly number[]
  /** By the newest reading, which may not have it yet. */
  readonly elr: readonly number[]
}

/** What would be deletable under the planned retention, per partition. Upper bounds: Kafka deletes whole segments. */
export interface Deletable {
  readonly partition: number
  readonly records: number
  /** NaN unknown. */
  readonly bytes: number
  /** First offset that stays. */
  readonly from: number
}

/** Groups whose next record to read lies in what becomes deletable. */
export interface GroupLoss {
  readonly group: string
  readonly partition: number
  readonly unreadRecords: number
}

export interface SampleFacts {
  readonly partitions: number
  readonly records: number
  readonly withoutKey: number
  readonly unreadable: number
  readonly compression: RecordSample['compression']
  readonly largestBatchBytes: number
}

/** A log directory of a broker that holds replicas of the topic. */
export interface DiskFacts {
  readonly broker: number
  readonly folder: string
  readonly freeBytes: number
  /** How many of the topic's. */
  readonly replicas: number
}

/** Who may lead a partition without loss besides its ISR (KIP-966). */
export interface EligibleFacts {
  readonly elr: readonly number[]
  /** LastKnownElr of DescribeTopicPartitions: the last leader, at most one (PartitionChangeBuilder.maybeUpdateLastKnownLeader). */
  readonly lastKnown: readonly number[]
}

export interface TopicFacts {
  readonly topic: string
  readonly internal: boolean
  /** Keys the change touches. */
  readonly changes: ReadonlyMap<string, { readonly before: KeyState; readonly after: KeyState }>
  /** Values in force now, of every key the broker told. */
  readonly config: ReadonlyMap<string, string>
  /** Broker that told them: what is inherited is as it is set there. */
  readonly toldBy: number
  readonly partitions: readonly PartitionFacts[]
  /** Bytes on disk by partition, of the largest replica. Read only for changes that need it. */
  readonly sizes: Fact<ReadonlyMap<number, number>>
  /** Read only for changes that take room at once. */
  readonly disks: Fact<readonly DiskFacts[]>
  readonly deletable: Fact<readonly Deletable[]>
  readonly groups: Fact<readonly GroupLoss[]>
  readonly sample: Fact<SampleFacts>
  /** Records per second into this topic by our own samples. */
  readonly produceRate: Fact<number>
  /** By partition; those that have neither are left out. */
  readonly elr: Fact<ReadonlyMap<number, EligibleFacts>>
}

export interface GuardFacts {
  readonly now: number
  /** Age of the Metadata the partitions are from. */
  readonly metadataAt: number
  /** Lowest of the live brokers, null unknown. */
  readonly version: readonly [number, number] | null
  /** Whether the cluster keeps eligible leader replicas; null = not known. */
  readonly elrOn: boolean | null
  /** Brokers that answer us now. */
  readonly answering: ReadonlySet<number>
  readonly topics: readonly TopicFacts[]
  /** Partitions of the whole cluster that have no leader, by topic. */
  readonly offline: readonly { readonly topic: string; readonly partition: number }[]
  readonly reassignments: Fact<readonly { readonly topic: string; readonly partition: number }[]>
  /** Replication throttle rates by broker, in bytes per second; only brokers that have one. */
  readonly throttleRates: Fact<ReadonlyMap<number, number>>
  /** As far as they told: a difference is one, and no difference proves nothing. */
  readonly brokerSays: BrokerSays
}

/** What brokers say of themselves, by key and broker. */
export type BrokerSays = ReadonlyMap<string, ReadonlyMap<number, string>>

/** Which facts a plan has to gather, so that a change of `compression.type` does not ask for group offsets. */
export type FactName =
  | 'sizes'
  | 'disks'
  | 'deletable'
  | 'groups'
  | 'sample'
  | 'reassignments'
  | 'throttleRates'
  | 'produceRate'
  | 'elr'
  | 'brokerSays'

export interface Guard {
  /** Row of guardrails.md, kebab-case; first part of the effect ids. Its texts: shared/words/phrases/effects.ts. */
  readonly rule: Rule
  /** Keys that make it look; 'any' = every settings change. */
  readonly keys: readonly string[] | 'any'
  /** Facts it needs for these changes of one topic; [] = the columns alone. */
  needs(changes: TopicFacts['changes']): readonly FactName[]
  /** A pass over many partitions may be cut between topics. */
  judge(facts: GuardFacts): readonly Effect[] | Sliced<readonly Effect[]>
}
