/**
 * What Highwater needs from a cluster, and nothing more. The real one is client over kafkajs (kafka/client/); the only fakes stand behind
 * this port. State model: a port is opened once, closed once; a link is one broker's pair of connections (polling, forwarded). Pending
 * calls reject with a PortError on timeout, give-up and close; no call ever waits longer than its `timeoutMs` plus 50 ms.
 */
import type { BrokerAddress, MetadataColumns, OffsetColumns, OffsetRows } from '../domain/columns'
import type { ErrorCode } from '../contract/result'

/** `kind` tells how a broker is silent: timeout, refused, reset, closed, unknown-host, tls, auth; or 'protocol' (bad answer), 'kafka' (error code). */
export class PortError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly kind: 'timeout' | 'refused' | 'reset' | 'closed' | 'unknown-host' | 'tls' | 'auth' | 'protocol' | 'kafka' | 'unsupported' | 'closed-by-us',
    message: string,
    /** Kafka error code when kind is 'kafka', else 0. */
    readonly kafkaError = 0,
    readonly host = '',
  ) {
    super(message)
    this.name = 'PortError'
  }
}

export interface ApiRange { readonly min: number; readonly max: number }

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
}

export interface ConfigAnswer {
  readonly type: 'topic' | 'broker'
  readonly name: string
  readonly error: number
  readonly message: string
  readonly entries: readonly ConfigEntry[]
}

export interface QuorumAnswer {
  readonly leader: number
  readonly epoch: number
  readonly highWatermark: number
  /** Times by the quorum leader's clock, -1 unknown. */
  readonly voters: readonly { readonly id: number; readonly logEndOffset: number; readonly lastFetchAt: number; readonly lastCaughtUpAt: number }[]
  readonly observers: readonly { readonly id: number; readonly logEndOffset: number; readonly lastFetchAt: number; readonly lastCaughtUpAt: number }[]
}

export interface ReassignmentAnswer {
  readonly partitions: readonly {
    readonly topic: string; readonly partition: number
    readonly replicas: readonly number[]; readonly adding: readonly number[]; readonly removing: readonly number[]
  }[]
}

/** ELR of the partitions asked; rows left out were not answered. */
export interface ElrAnswer {
  readonly partitions: readonly { readonly topic: string; readonly partition: number; readonly elr: readonly number[]; readonly lastKnownElr: readonly number[] }[]
}

export interface LogDirAnswer {
  /** Per directory: error code, total and usable bytes (NaN before 3.3), and the sum of sizes. */
  readonly dirs: readonly { readonly error: number; readonly path: string; readonly totalBytes: number; readonly usableBytes: number; readonly sizeBytes: number }[]
}

export interface OffsetsQuestion {
  /** 'log-end': LEO of the answering broker's own replica, leader or follower (replica id -2); 'high-watermark': leaders only (replica id -1, isolation 0);
   *  'log-start': earliest offset (replica id -2, timestamp -2). */
  readonly what: 'log-end' | 'high-watermark' | 'log-start'
  readonly rows: OffsetRows
  /** Half-open range of rows asked; the answer has to - from entries. */
  readonly from: number
  readonly to: number
}

/** One broker. Calls on it are answered in order. */
export interface BrokerLink {
  readonly address: BrokerAddress
  /** Counters since creation, for the load shown on screen. */
  readonly traffic: { requests: number; bytesOut: number; bytesIn: number }
  /** null until connected. */
  readonly versions: ReadonlyMap<number, ApiRange> | null
  /** Finalized feature levels by name (ApiVersions v3), empty in ZooKeeper mode and before connect. */
  readonly features: ReadonlyMap<string, number>
  /** Makes the polling connection; again after it was lost. Nothing happens while it stands. */
  connect(timeoutMs: number): Promise<void>
  metadata(topics: readonly string[] | null, timeoutMs: number, previousNames?: readonly string[]): Promise<MetadataColumns>
  offsets(question: OffsetsQuestion, timeoutMs: number): Promise<OffsetColumns>
  configs(
    resources: readonly { readonly type: 'topic' | 'broker'; readonly name: string }[],
    keys: readonly string[] | null,
    timeoutMs: number,
  ): Promise<readonly ConfigAnswer[]>
  logDirs(timeoutMs: number): Promise<LogDirAnswer>
  elr(topics: readonly string[], timeoutMs: number): Promise<ElrAnswer>
  /** Cheap question to see whether it answers at all. */
  ping(timeoutMs: number): Promise<void>
  /** Forwarded to the controller, so on a connection of their own (kafka-facts e6). */
  quorum(timeoutMs: number): Promise<QuorumAnswer>
  reassignments(timeoutMs: number): Promise<ReassignmentAnswer>
  /** Drops the sockets at once; pending calls reject. The link is of no use afterwards. */
  giveUp(reason: string): void
}

export interface ClusterPort {
  /**
   * Tries the bootstrap addresses in turn, the next one after a failure or 750 ms of silence; the first that answers Metadata wins. Rejects
   * with the PortError that says most about what to do; its message names all.
   */
  open(timeoutMs: number): Promise<MetadataColumns>
  /** A fresh link to a broker; the caller owns it and calls `giveUp`. Not connected yet. */
  link(address: BrokerAddress): BrokerLink
  /** Ends every link; resolves when sockets are closed, within 2 s. */
  close(): Promise<void>
}
