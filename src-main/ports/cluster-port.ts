/**
 * What Highwater needs from a cluster, and nothing more. The real one is client over kafkajs (kafka/client/); the only fakes stand behind
 * this port. State model: a port is opened once, closed once; a link is one broker's pair of connections (polling, forwarded). Pending
 * calls reject with a PortError on timeout, give-up and close; no call ever waits longer than its `timeoutMs` plus 50 ms, and the time the broker has told to hold us back.
 */
import type { RememberedProducer } from '../domain/audit/writers'
import type { EpochQuestion } from '../domain/loss/loss-watch'
import type { BrokerAddress, MetadataColumns, OffsetColumns, OffsetRows } from '../domain/topology/columns'
import type { ErrorCode } from '../contract/result'
import type { Codec } from '../shared/codecs'
import type { ConfigEdit } from '../shared/draft'
import { KafkaError } from '../shared/kafka-codes'
import { REASONS } from './reason'
import type { Reason, SilenceKind, Stage } from './reason'

/** A question to a cluster that found no answer. `message` is said for logs and as evidence; whoever decides goes by `reason` or `kind`. */
export class PortError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly reason: Reason,
    message: string,
    /** Kafka error code when the reason is 'kafka', else 0. */
    readonly kafkaError = 0,
    readonly host = '',
    /** A write that ended this way may have been carried out all the same: it had left us. Read again before saying anything. */
    readonly maybeDone = false,
    /** Where the reason is 'other-cluster': the id of that cluster, '' = it tells none. */
    readonly leadsTo = '',
    /** What the socket was at, '' = no socket of ours failed. */
    readonly at: Stage | '' = '',
  ) {
    super(message)
    this.name = 'PortError'
  }

  get kind(): SilenceKind {
    return REASONS[this.reason].kind
  }
}

export interface ApiRange {
  readonly min: number
  readonly max: number
}

export interface ConfigEntry {
  readonly name: string
  /** null: sensitive or unset. */
  readonly value: string | null
  readonly readOnly: boolean
  /** 1 topic, 2 dynamic broker, 3 cluster default, 4 static file, 5 built-in. */
  readonly source: number
  readonly sensitive: boolean
  /** Kafka's ConfigDef type: 1 BOOL 2 STRING 3 INT 4 SHORT 5 LONG 6 DOUBLE 7 LIST 8 CLASS 9 PASSWORD. */
  readonly type: number
  /** Every layer that sets the key, the one in force first; [] where they were not asked for. Sources as above. */
  readonly synonyms: readonly { readonly value: string | null; readonly source: number }[]
  /** Kafka's own words, '' where they were not asked for or it has none. */
  readonly docs: string
}

export interface ConfigAnswer {
  readonly type: 'topic' | 'broker'
  readonly name: string
  readonly error: number
  readonly message: string
  readonly entries: readonly ConfigEntry[]
}

/** A node as the leader of the controllers' quorum knows it. Times by that leader's clock, -1 unknown. */
export interface QuorumNode {
  readonly id: number
  /** Id of the directory that its log of the controllers is in; '' = not told (before 3.9, or a quorum of fixed addresses). */
  readonly directory: string
  readonly logEndOffset: number
  readonly lastFetchAt: number
  readonly lastCaughtUpAt: number
}

export interface QuorumAnswer {
  /** -1 = who was asked knows of none. */
  readonly leader: number
  readonly epoch: number
  readonly highWatermark: number
  readonly voters: readonly QuorumNode[]
  readonly observers: readonly QuorumNode[]
  /** Where controllers listen for each other, as far as it is told (from 3.9). */
  readonly addresses: readonly { readonly id: number; readonly host: string; readonly port: number }[]
}

export interface ReassignmentAnswer {
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly replicas: readonly number[]
    readonly adding: readonly number[]
    readonly removing: readonly number[]
  }[]
}

/** ELR of the partitions asked; rows left out were not answered. */
export interface ElrAnswer {
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly elr: readonly number[]
    readonly lastKnownElr: readonly number[]
  }[]
}

/** What the leader of a partition remembers of those who write to it with a producer id; `error` is Kafka's code, 0 = told. */
export interface PartitionProducers {
  readonly topic: string
  readonly partition: number
  readonly error: number
  readonly producers: readonly RememberedProducer[]
}

export interface OffsetsQuestion {
  /** 'log-end': LEO of the answering broker's own replica, leader or follower (replica id -2); 'high-watermark': leaders only (replica id -1, isolation 0);
   *  'log-start': earliest offset (replica id -2, timestamp -2); 'at-time': leaders only, the first record not older than `atMs` (-1 = there is none). */
  readonly what: 'log-end' | 'high-watermark' | 'log-start' | 'at-time'
  /** For 'at-time': ms since 1970. */
  readonly atMs?: number
  readonly rows: OffsetRows
  /** Half-open range of rows asked; the answer has to - from entries. */
  readonly from: number
  readonly to: number
}

/** Bytes on disk of the replicas one broker holds; a replica in two directories (being moved) counts twice. */
export interface ReplicaSizes {
  readonly replicas: readonly { readonly topic: string; readonly partition: number; readonly bytes: number }[]
}

/** A log directory that holds some of the replicas asked for. */
export interface FolderOfReplicas {
  readonly folder: string
  /** On the disk it is on; NaN = not told (before 3.3). */
  readonly freeBytes: number
  readonly topics: readonly { readonly topic: string; readonly replicas: number }[]
}

export interface ListedGroup {
  readonly id: string
  /** A share group (KIP-932) commits nothing: how far it is, the brokers keep themselves. */
  readonly share: boolean
}

/** Groups this broker coordinates. Without rights the list is shorter, not an error (kafka-facts f). */
export interface GroupList {
  readonly groups: readonly ListedGroup[]
}

/** How far one group is: committed offsets, of a share group the first record that is not done with; partitions without one are left out. */
export interface GroupOffsets {
  readonly partitions: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[]
}

/** A look at the first record batches from `offset` on. Sources: RecordBatch of Kafka's message format v2. */
export interface RecordSample {
  readonly batches: number
  readonly records: number
  readonly withoutKey: number
  /** Records of batches whose compression cannot be opened here; they count in `records`, not in `withoutKey`. */
  readonly unreadable: number
  /** Of the last batch seen, '' = none was. */
  readonly compression: Codec | ''
  readonly largestBatchBytes: number
  /** -1 = nothing there. */
  readonly firstOffset: number
  readonly lastOffset: number
}

export interface ConfigChange {
  readonly topic: string
  readonly edits: readonly ConfigEdit[]
}

/**
 * Errors of a write's item (or of the whole) that leave open whether it was carried out: the broker stopped waiting for the controller, lost
 * it, or does not know itself. Read again before saying anything.
 */
export const NOT_KNOWN_IF_DONE: ReadonlySet<number> = new Set<number>([
  KafkaError.REQUEST_TIMED_OUT,
  KafkaError.NETWORK_EXCEPTION,
  KafkaError.UNKNOWN_SERVER_ERROR,
])

/** All or nothing per topic. Error 0 = committed by the controller, not yet seen by every broker; for others see NOT_KNOWN_IF_DONE. */
export interface AlterAnswer {
  readonly topics: readonly { readonly topic: string; readonly error: number; readonly message: string }[]
}

/**
 * Per partition: NONE = done, ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION, CLUSTER_AUTHORIZATION_FAILED
 * (see KafkaError).
 */
export interface ElectionAnswer {
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly error: number
    readonly message: string
  }[]
}

/** Where an epoch of leaders ends is asked of the partition's leader. */
export type EpochOf = Omit<EpochQuestion, 'leader'>

/** One broker. Calls on it are answered in order. */
export interface BrokerLink {
  readonly address: BrokerAddress
  /** Counters since creation, for the load shown on screen. */
  readonly traffic: { requests: number; bytesOut: number; bytesIn: number }
  /** How long the broker has said that it will not read from the polling connection (a request quota, KIP-219), ms; 0 = it reads. */
  readonly heldMs: number
  /** How long it has been reading again since it held us back last, ms: 0 while it does, Infinity = it never did. What it has not read it cannot answer. */
  readonly readingForMs: number
  /** null until connected; renewed with the answers of `metadata` (of all topics) and `ping`, as `features`. */
  readonly versions: ReadonlyMap<number, ApiRange> | null
  /** Finalized feature levels by name (ApiVersions v3); null = not known: before connect, and while the broker knows of none (it is starting; in ZooKeeper mode there may never be any). */
  readonly features: ReadonlyMap<string, number> | null
  /**
   * Makes the polling connection; again after it was lost. Nothing happens while it stands. Rejects with 'other-cluster' where the address does not lead
   * to the cluster that the port was opened with; a forwarded question or write over a new connection does so too, before it is sent.
   */
  connect(timeoutMs: number): Promise<void>
  metadata(
    topics: readonly string[] | null,
    timeoutMs: number,
    previousNames?: readonly string[],
  ): Promise<MetadataColumns>
  offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns>
  configs(
    resources: readonly { readonly type: 'topic' | 'broker'; readonly name: string }[],
    keys: readonly string[] | null,
    timeoutMs: number,
    extra?: { readonly synonyms?: boolean; readonly docs?: boolean },
  ): Promise<readonly ConfigAnswer[]>
  elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer>
  /**
   * The offset to which a follower that was last written to in `epoch` would cut its log back (OffsetForLeaderEpoch), aligned with the questions; NaN where it is not told. Leaders only.
   */
  epochEnds(questions: readonly EpochOf[], timeoutMs: number): Promise<readonly number[]>
  /** DescribeProducers, from 2.8. Leaders only; needs Read on the topic. A partition that is left out was not told. */
  producers(
    topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    timeoutMs: number,
  ): Promise<readonly PartitionProducers[]>
  /** Cheap question to see whether it answers at all. */
  ping(timeoutMs: number): Promise<void>
  /** Forwarded to the controller, so on a connection of their own (kafka-facts e6). */
  quorum(timeoutMs: number): Promise<QuorumAnswer>
  reassignments(timeoutMs: number): Promise<ReassignmentAnswer>
  /** Sizes of the named topics' replicas on this broker (DescribeLogDirs); without rights: PortError 'not-authorized' where the broker tells. */
  sizes(
    topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    timeoutMs: number,
  ): Promise<ReplicaSizes>
  /** Where the named topics' replicas on this broker are, and the room there. As `sizes`. */
  disks(
    topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    timeoutMs: number,
  ): Promise<readonly FolderOfReplicas[]>
  /** Its log directories that are offline (KAFKA_STORAGE_ERROR), as it names them; without rights as `sizes`. */
  failedLogDirs(timeoutMs: number): Promise<readonly string[]>
  groups(timeoutMs: number): Promise<GroupList>
  /** Only the broker that lists the group (its coordinator) can tell. */
  groupOffsets(
    group: ListedGroup,
    topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    timeoutMs: number,
  ): Promise<GroupOffsets>
  /**
   * Ask the leader: a follower answers up to the high watermark it knows (seen on 2.8.2 and 4.4.0). Needs Read on the topic. At most `maxBytes`
   * are fetched, the first batch whole however large it is.
   */
  sample(topic: string, partition: number, offset: number, maxBytes: number, timeoutMs: number): Promise<RecordSample>
  /** What this principal may do with each topic (Kafka's bitmask, bit n = operation n), by name; a topic left out is unknown or not told. */
  operations(topics: readonly string[], timeoutMs: number): Promise<ReadonlyMap<string, number>>
  /** What it may do with the cluster itself, as a bitmask too; null = the broker does not tell. */
  clusterOperations(timeoutMs: number): Promise<number | null>
  /**
   * IncrementalAlterConfigs, on the forwarded connection: SET and DELETE of exactly these keys. A timeout or a lost connection after it was
   * sent rejects with `maybeDone` true.
   */
  alterConfigs(changes: readonly ConfigChange[], validateOnly: boolean, timeoutMs: number): Promise<AlterAnswer>
  /** Preferred leader election of exactly these; on the forwarded connection. In ZooKeeper mode the controller only. Rejects as alterConfigs does. */
  electPreferred(
    partitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
    timeoutMs: number,
  ): Promise<ElectionAnswer>
  /** Drops the sockets at once; pending calls reject. The link is of no use afterwards. */
  giveUp(reason: string): void
}

export interface ClusterPort {
  /**
   * Tries the bootstrap addresses in turn, the next one after a failure or 750 ms of silence; the first that answers Metadata wins. Rejects
   * with the PortError that says most about what to do; its message names all. An address that leads to another cluster than at the first time, or than the
   * one that is remembered, has failed ('other-cluster'). A cluster that tells no id cannot be told from another.
   */
  open(timeoutMs: number): Promise<MetadataColumns>
  /** A fresh link to a broker; the caller owns it and calls `giveUp`. Not connected yet. */
  link(address: BrokerAddress): BrokerLink
  /**
   * True: no broker is given the login any more. It was refused ('sasl-refused'), and is not given again by itself, as servers lock accounts: every new
   * connection rejects with that refusal, without a word to the broker, until `tryAgain`. One broker's refusal of a login that others take stops that one only.
   */
  readonly loginStopped: boolean
  /** A person wants to go on. */
  tryAgain(): void
  /** Ends every link; resolves when sockets are closed, within 2 s. */
  close(): Promise<void>
}
