/**
 * Frames of any size for tests and benches: generated data, deterministic by seed. The default is the shop of the design pictures
 * (13 topics, 1,122 partitions, five brokers); `partitions` makes a cluster of that size instead.
 */
import type { ClusterFrame, FrameDelta, PartitionColumns, TopicColumns } from '@contract/frame'
import type { ClusterSummary } from '@contract/summary'
import { HEALTHY } from '@shared/states'
import { buildSummary } from './summaries'

export const SHOP: readonly (readonly [string, number])[] = [
  ['__consumer_offsets', 50],
  ['audit.log', 36],
  ['clickstream.raw', 400],
  ['clickstream.sessions', 120],
  ['email.outbox', 24],
  ['fraud.scores', 48],
  ['inventory.levels', 96],
  ['orders.created', 60],
  ['orders.paid', 60],
  ['payments.ledger', 48],
  ['pricing.snapshots', 30],
  ['search.index-updates', 90],
  ['shipments.events', 60],
]

/** What a row is made into; what is left out stays healthy. */
export interface RowChange {
  readonly state?: number
  readonly marks?: number
  readonly leader?: number
  readonly tolerance?: number
  readonly lagRecords?: number
  readonly caughtUpAt?: number
  readonly worstBroker?: number
  readonly next?: number
  readonly nextFrom?: number
  readonly nextTo?: number
  readonly nextBroker?: number
  /** Brokers missing from the ISR. */
  readonly out?: readonly number[]
}

export interface FrameOptions {
  readonly topics?: readonly (readonly [string, number])[]
  readonly partitions?: number
  readonly brokers?: number
  readonly replicationFactor?: number
  readonly takenAt?: number
  readonly epoch?: number
  readonly seq?: number
  readonly change?: (row: number, topic: string, partition: number) => RowChange | null
  readonly summary?: Partial<ClusterSummary>
}

export function emptyPartitionColumns(count: number): PartitionColumns {
  return {
    leader: new Int32Array(count).fill(-1),
    leaderEpoch: new Int32Array(count).fill(1),
    state: new Uint8Array(count).fill(HEALTHY),
    marks: new Uint8Array(count),
    tolerance: new Int8Array(count).fill(1),
    lagRecords: new Float64Array(count),
    caughtUpAt: new Float64Array(count).fill(Number.NaN),
    worstBroker: new Int32Array(count).fill(-1),
    next: new Uint8Array(count),
    nextFrom: new Float64Array(count).fill(Number.NaN),
    nextTo: new Float64Array(count).fill(Number.NaN),
    nextBroker: new Int32Array(count).fill(-1),
  }
}

/** About 20 partitions a topic, as on large clusters. */
function manyTopics(partitions: number): (readonly [string, number])[] {
  const topics: (readonly [string, number])[] = []
  for (let left = partitions, index = 0; left > 0; index++) {
    const size = Math.min(left, 8 + ((index * 7) % 25))
    topics.push([`events.${String(index).padStart(5, '0')}`, size])
    left -= size
  }
  return topics
}

function applyChange(columns: PartitionColumns, row: number, change: RowChange): void {
  for (const [name, value] of Object.entries(change)) {
    if (name !== 'out') (columns[name as keyof PartitionColumns] as unknown as number[])[row] = value as number
  }
}

export function buildFrame(options: FrameOptions = {}): ClusterFrame {
  const list = options.topics ?? (options.partitions === undefined ? SHOP : manyTopics(options.partitions))
  const brokers = options.brokers ?? 5
  const factor = options.replicationFactor ?? 3
  const takenAt = options.takenAt ?? Date.UTC(2026, 10, 23, 3, 17, 1)
  const count = list.reduce((sum, [, size]) => sum + size, 0)
  const columns = emptyPartitionColumns(count)
  const topics: TopicColumns = {
    names: list.map(([name]) => name),
    start: new Uint32Array(list.length + 1),
    internal: Uint8Array.from(list, ([name]) => (name.startsWith('__') ? 1 : 0)),
    minInSyncReplicas: new Int32Array(list.length).fill(Math.min(2, factor)),
    minInSyncReplicasSource: new Uint8Array(list.length).fill(1),
  }
  const partition = new Int32Array(count)
  const replicaStart = new Uint32Array(count + 1)
  const replicaBroker = new Int32Array(count * factor)
  const replicaFlags = new Uint8Array(count * factor).fill(1)
  let row = 0
  list.forEach(([name, size], topic) => {
    topics.start[topic + 1] = topics.start[topic]! + size
    for (let number = 0; number < size; number++, row++) {
      partition[row] = number
      replicaStart[row + 1] = (row + 1) * factor
      for (let k = 0; k < factor; k++) replicaBroker[row * factor + k] = 1 + ((row + k) % brokers)
      columns.leader[row] = replicaBroker[row * factor]!
      const change = options.change?.(row, name, number) ?? null
      if (change === null) continue
      applyChange(columns, row, change)
      for (let k = 0; k < factor; k++) {
        if (change.out?.includes(replicaBroker[row * factor + k]!)) replicaFlags[row * factor + k] = 0
      }
    }
  })
  const frame = {
    cluster: 'orders-eu',
    epoch: options.epoch ?? 1,
    seq: options.seq ?? 1,
    takenAt,
    topics,
    partition,
    columns,
    replicaStart,
    replicaBroker,
    replicaFlags,
  }
  return { ...frame, summary: buildSummary(frame, brokers, options.summary ?? {}) }
}

/** The push that makes `frame` into what `change` says for the given rows. */
export function buildDelta(
  frame: ClusterFrame,
  rows: readonly number[],
  change: (row: number) => RowChange,
  seq = frame.seq + 1,
): FrameDelta {
  const columns = emptyPartitionColumns(rows.length)
  const flags: number[] = []
  rows.forEach((row, index) => {
    for (const name of Object.keys(columns) as (keyof PartitionColumns)[])
      columns[name][index] = frame.columns[name][row]!
    const wanted = change(row)
    applyChange(columns, index, wanted)
    for (let at = frame.replicaStart[row]!; at < frame.replicaStart[row + 1]!; at++) {
      const flag = frame.replicaFlags[at]!
      flags.push(wanted.out === undefined ? flag : wanted.out.includes(frame.replicaBroker[at]!) ? 0 : 1)
    }
  })
  return {
    cluster: frame.cluster,
    epoch: frame.epoch,
    seq,
    takenAt: frame.takenAt + 250,
    rows: Uint32Array.from(rows),
    columns,
    replicaFlags: Uint8Array.from(flags),
    summary: frame.summary,
    live: null,
    point: null,
    view: null,
  }
}
