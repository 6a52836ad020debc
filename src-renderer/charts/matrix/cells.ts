/** Which cell shows which partition, and with which paint code. One build per topology (frame epoch), one cheap pass per push. */
import type { ClusterFrame } from '@contract/frame'
import {
  AT_MIN_ISR,
  HEALTHY,
  LAGGING,
  MARK_LEADER_SILENT,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
  UNKNOWN,
} from '@shared/states'
import type { MatrixGroups } from './layout'
import { DIM, PAINT_CODES, SILENT_CODE } from './paint'

type Rows = Pick<ClusterFrame, 'topics' | 'partition' | 'columns' | 'replicaStart' | 'replicaBroker' | 'replicaFlags'>

export interface MatrixCells extends MatrixGroups {
  readonly kind: 'worst' | 'topic' | 'broker'
  /** Partition row of each cell. */
  readonly rows: Uint32Array
  /** Replica index of each cell when grouped by broker, else empty. */
  readonly replicas: Uint32Array
  /** Broker id of each group when grouped by broker, else empty. */
  readonly brokers: Int32Array
}

/** One group per topic that has partitions, one cell per partition. */
export function cellsByTopic(frame: Rows): MatrixCells {
  const rows = Uint32Array.from({ length: frame.partition.length }, (_, row) => row)
  return {
    kind: 'topic',
    labels: frame.topics.names,
    start: frame.topics.start,
    rows,
    replicas: new Uint32Array(0),
    brokers: new Int32Array(0),
  }
}

/** Worst first. */
const BY_GRAVITY = [OFFLINE, SILENT_CODE, UNDER_MIN_ISR, AT_MIN_ISR, UNDER_REPLICATED, LAGGING, UNKNOWN, HEALTHY]

/**
 * Only what is not healthy: a group per state and topic, the worst state first, in it the topic with most such partitions. `healthy`: what is
 * healthy comes after it.
 */
export function cellsByWorst(
  frame: Rows,
  label: (topic: string, cells: number) => string,
  healthy = false,
): MatrixCells {
  const groups = new Map<number, number[]>()
  const topics = frame.topics.names.length
  for (let topic = 0; topic < topics; topic++) {
    for (let row = frame.topics.start[topic]!; row < frame.topics.start[topic + 1]!; row++) {
      const code = rowCode(frame, row)
      if (code === HEALTHY && !healthy) continue
      const key = BY_GRAVITY.indexOf(code) * topics + topic
      const rows = groups.get(key)
      if (rows === undefined) groups.set(key, [row])
      else rows.push(row)
    }
  }
  const band = (key: number): number => Math.floor(key / topics)
  const sorted = [...groups].sort(([a, inA], [b, inB]) => band(a) - band(b) || inB.length - inA.length || a - b)
  const start = new Uint32Array(sorted.length + 1)
  sorted.forEach(([, rows], group) => (start[group + 1] = start[group]! + rows.length))
  return {
    kind: 'worst',
    labels: sorted.map(([key, rows]) => label(frame.topics.names[key % topics]!, rows.length)),
    start,
    rows: Uint32Array.from(sorted.flatMap(([, rows]) => rows)),
    replicas: new Uint32Array(0),
    brokers: new Int32Array(0),
  }
}

/** One group per broker that should hold a replica, one cell per replica: a partition shows once on each of its brokers. */
export function cellsByBroker(frame: Rows, label: (broker: number) => string): MatrixCells {
  const counts = new Map<number, number>()
  for (const broker of frame.replicaBroker) counts.set(broker, (counts.get(broker) ?? 0) + 1)
  const brokers = Int32Array.from([...counts.keys()].sort((a, b) => a - b))
  const start = new Uint32Array(brokers.length + 1)
  const cursor = new Map<number, number>()
  brokers.forEach((broker, group) => {
    cursor.set(broker, start[group]!)
    start[group + 1] = start[group]! + counts.get(broker)!
  })
  const rows = new Uint32Array(frame.replicaBroker.length)
  const replicas = new Uint32Array(frame.replicaBroker.length)
  for (let row = 0; row < frame.partition.length; row++) {
    for (let replica = frame.replicaStart[row]!; replica < frame.replicaStart[row + 1]!; replica++) {
      const cell = cursor.get(frame.replicaBroker[replica]!)!
      cursor.set(frame.replicaBroker[replica]!, cell + 1)
      rows[cell] = row
      replicas[cell] = replica
    }
  }
  return { kind: 'broker', labels: Array.from(brokers, label), start, rows, replicas, brokers }
}

export const rowCode = (frame: Pick<Rows, 'columns'>, row: number): number => {
  const state = frame.columns.state[row]!
  return state !== OFFLINE && (frame.columns.marks[row]! & MARK_LEADER_SILENT) !== 0 ? SILENT_CODE : state
}

/** How many partitions have each paint code. */
export function frameCodes(frame: Pick<Rows, 'partition' | 'columns'>): readonly number[] {
  const counts = new Array<number>(PAINT_CODES).fill(0)
  for (let row = 0; row < frame.partition.length; row++) counts[rowCode(frame, row)]! += 1
  return counts
}

/** A replica carries its partition's trouble only when it has a part in it: out of the ISR, late, or leading. */
function replicaCode(frame: Rows, row: number, replica: number): number {
  const code = rowCode(frame, row)
  if (code <= HEALTHY) return code
  const broker = frame.replicaBroker[replica]!
  if ((frame.replicaFlags[replica]! & 1) === 0) return code
  if (code === SILENT_CODE || code === OFFLINE)
    return broker === frame.columns.leader[row] || code === OFFLINE ? code : HEALTHY
  return code === LAGGING && broker === frame.columns.worstBroker[row] ? LAGGING : HEALTHY
}

/** Paint code of every cell into `out` (length = cells). */
export function paintCodes(frame: Rows, cells: MatrixCells, out: Uint8Array): void {
  const byBroker = cells.kind === 'broker'
  for (let cell = 0; cell < out.length; cell++) {
    const row = cells.rows[cell]!
    out[cell] = byBroker ? replicaCode(frame, row, cells.replicas[cell]!) : rowCode(frame, row)
  }
}

/** What is not on a broker steps back: cells of partitions without a replica there, or of other brokers. */
export function dimOthers(frame: Rows, cells: MatrixCells, broker: number, out: Uint8Array): void {
  if (cells.kind === 'broker') {
    cells.brokers.forEach((id, group) => {
      if (id !== broker) for (let cell = cells.start[group]!; cell < cells.start[group + 1]!; cell++) out[cell]! += DIM
    })
    return
  }
  for (let cell = 0; cell < out.length; cell++) {
    const row = cells.rows[cell]!
    const of = frame.replicaBroker.subarray(frame.replicaStart[row], frame.replicaStart[row + 1])
    if (!of.includes(broker)) out[cell]! += DIM
  }
}

/** Cells whose code differs; null when more than `limit` do, then all is painted. */
export function changedCells(before: Uint8Array, after: Uint8Array, limit: number): number[] | null {
  const changed: number[] = []
  for (let cell = 0; cell < after.length; cell++) {
    if (before[cell] === after[cell]) continue
    if (changed.length >= limit) return null
    changed.push(cell)
  }
  return changed
}
