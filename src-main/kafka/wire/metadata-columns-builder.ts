import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import type { BrokerAddress, MetadataColumns } from '../../domain/topology/columns'

/** How many rows an answer is expected to have: with the last answer's numbers nothing has to grow or be cut. */
export interface MetadataSize {
  readonly partitions: number
  readonly replicas: number
}

const FIRST_ROWS = 4096
const SLACK_ROWS = 64

/**
 * Columns of one Metadata answer while they are being filled. Topic columns have their final length, partition and
 * replica columns grow by what the bytes read so far foretell, never beyond what the bytes could hold, so garbage
 * cannot make them large.
 */
export class MetadataColumnsBuilder {
  readonly topicNames: string[] = []
  readonly topicErrors: Int16Array
  readonly topicInternal: Uint8Array
  readonly topicIds: Int32Array
  readonly topicOperations: Int32Array
  readonly topicStart: Uint32Array
  readonly strangeIsr: [number, number][] = []
  partitions = 0
  replicas = 0
  partition: Int32Array
  /** 0 where nothing was written, so that only errors need writing. */
  partitionErrors: Int16Array
  leader: Int32Array
  leaderEpoch: Int32Array
  replicaStart: Uint32Array
  replicaBroker: Int32Array
  /** In sync where nothing was written, so that only the others need writing. */
  replicaFlags: Uint8Array

  constructor(
    topics: number,
    private readonly most: MetadataSize,
    expected: MetadataSize | undefined,
  ) {
    this.topicErrors = new Int16Array(topics)
    this.topicInternal = new Uint8Array(topics)
    this.topicIds = new Int32Array(4 * topics)
    this.topicOperations = new Int32Array(topics).fill(-2147483648)
    this.topicStart = new Uint32Array(topics + 1)
    const partitions = Math.min(expected?.partitions ?? FIRST_ROWS, most.partitions)
    const replicas = Math.min(expected?.replicas ?? FIRST_ROWS, most.replicas)
    this.partition = fresh(Int32Array, partitions)
    this.partitionErrors = fresh(Int16Array, partitions).fill(0)
    this.leader = fresh(Int32Array, partitions)
    this.leaderEpoch = fresh(Int32Array, partitions)
    this.replicaStart = fresh(Uint32Array, partitions + 1)
    this.replicaBroker = fresh(Int32Array, replicas)
    this.replicaFlags = fresh(Uint8Array, replicas).fill(REPLICA_IN_SYNC)
  }

  /** Room for `rows` partition rows in all; `progress` is the share of the bytes read so far, 0 … 1. */
  reservePartitions(rows: number, progress: number): void {
    if (rows <= this.partition.length) return
    this.resizePartitions(foretell(rows, progress, this.most.partitions))
  }

  reserveReplicas(rows: number, progress: number): void {
    if (rows <= this.replicaBroker.length) return
    this.resizeReplicas(foretell(rows, progress, this.most.replicas))
  }

  finish(clusterId: string | null, controllerId: number, brokers: readonly BrokerAddress[]): MetadataColumns {
    this.replicaStart[this.partitions] = this.replicas
    if (this.partition.length !== this.partitions) this.resizePartitions(this.partitions)
    if (this.replicaBroker.length !== this.replicas) this.resizeReplicas(this.replicas)
    const { topicNames, topicErrors, topicInternal, topicIds, topicOperations, topicStart, strangeIsr } = this
    const { partition, partitionErrors, leader, leaderEpoch, replicaStart, replicaBroker, replicaFlags } = this
    const topics = { topicNames, topicErrors, topicInternal, topicIds, topicOperations, topicStart }
    const rows = { partition, partitionErrors, leader, leaderEpoch, replicaStart, replicaBroker, replicaFlags }
    return { clusterId, metadataOffset: Number.NaN, controllerId, brokers, ...topics, ...rows, strangeIsr }
  }

  private resizePartitions(rows: number): void {
    this.partition = resized(this.partition, fresh(Int32Array, rows))
    this.partitionErrors = resized(this.partitionErrors, fresh(Int16Array, rows).fill(0))
    this.leader = resized(this.leader, fresh(Int32Array, rows))
    this.leaderEpoch = resized(this.leaderEpoch, fresh(Int32Array, rows))
    this.replicaStart = resized(this.replicaStart, fresh(Uint32Array, rows + 1))
  }

  private resizeReplicas(rows: number): void {
    this.replicaBroker = resized(this.replicaBroker, fresh(Int32Array, rows))
    this.replicaFlags = resized(this.replicaFlags, fresh(Uint8Array, rows).fill(REPLICA_IN_SYNC))
  }
}

function foretell(rows: number, progress: number, most: number): number {
  const foretold = Math.ceil((rows / Math.max(progress, 1e-6)) * 1.02) + SLACK_ROWS
  // Rows that come thick at the end would be foretold too few again and again: at least half as many more keeps copying
  // linear.
  return Math.max(rows, Math.min(most, Math.max(foretold, Math.ceil(rows * 1.5))))
}

/**
 * Memory as it comes, not zeroed, which would touch all of it once more for nothing: rows are written before they are
 * counted, and `finish` cuts off what was not counted.
 */
function fresh<T>(type: { new (buffer: ArrayBufferLike): T; readonly BYTES_PER_ELEMENT: number }, length: number): T {
  return new type(Buffer.allocUnsafeSlow(length * type.BYTES_PER_ELEMENT).buffer)
}

function resized<T extends Int32Array | Int16Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from)
  return to
}
