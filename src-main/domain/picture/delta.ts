import type { PartitionColumns } from '../../contract/frame'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { Sliced } from '../slices'
import type { JudgedColumns } from './partition-columns'

const INTS = ['leader', 'leaderEpoch', 'worstBroker', 'nextBroker'] as const
const BYTES = ['state', 'marks', 'next'] as const
const FLOATS = ['lagRecords', 'caughtUpAt', 'nextFrom', 'nextTo'] as const

type Name = keyof PartitionColumns
type Cells = Int32Array | Uint8Array | Int8Array | Float64Array

/** Rows that are compared in one piece. */
const BLOCK = 16_384

/**
 * Marks rows [from, to) in which the two differ; answers whether any does. One function per kind of array: a shared one would see four kinds
 * and run at a third of the speed.
 */
type Compare<C extends Cells> = (
  changed: Uint8Array,
  before: ReadOnlyCells<C>,
  after: ReadOnlyCells<C>,
  from: number,
  to: number,
) => boolean

const compareInts: Compare<Int32Array> = (changed, before, after, from, to) => {
  let differs = false
  for (let row = from; row < to; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

const compareBytes: Compare<Uint8Array> = (changed, before, after, from, to) => {
  let differs = false
  for (let row = from; row < to; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

const compareSigned: Compare<Int8Array> = (changed, before, after, from, to) => {
  let differs = false
  for (let row = from; row < to; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

/** NaN equals NaN: unknown that stays unknown is no change. */
const compareFloats: Compare<Float64Array> = (changed, before, after, from, to) => {
  let differs = false
  for (let row = from; row < to; row++) {
    const a = before[row]!
    const b = after[row]!
    if (a === b || (a !== a && b !== b)) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

/** Marks rows [from, to) in which a replica's flags differ; answers whether any does. */
function compareFlags(
  changed: Uint8Array,
  before: ReadOnlyCells<Uint8Array>,
  after: ReadOnlyCells<Uint8Array>,
  replicaStart: ReadOnlyCells<Uint32Array>,
  from: number,
  to: number,
): boolean {
  let differs = false
  let row = from
  for (let replica = replicaStart[from]!; replica < replicaStart[to]!; replica++) {
    if (before[replica] === after[replica]) continue
    while (replicaStart[row + 1]! <= replica) row++
    changed[row] = 1
    differs = true
  }
  return differs
}

/** What differs between two pictures of one topology. */
export interface Comparison {
  /** Partition rows with any difference, ascending. */
  readonly rows: Uint32Array
  /** Columns with any difference; the others are equal in every row. */
  readonly columns: ReadonlySet<Name>
  readonly replicaFlags: boolean
}

/** `before` and `after` have P rows, the flags R entries, `replicaStart` P+1; all of the same topology. */
export function* comparePass(
  before: JudgedColumns,
  after: JudgedColumns,
  flagsBefore: ReadOnlyCells<Uint8Array>,
  flagsAfter: ReadOnlyCells<Uint8Array>,
  replicaStart: ReadOnlyCells<Uint32Array>,
): Sliced<Comparison> {
  const rows = after.state.length
  const changed = new Uint8Array(rows)
  const columns = new Set<Name>()
  let replicaFlags = false
  let count = 0
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK)
    for (const name of INTS) if (compareInts(changed, before[name], after[name], from, to)) columns.add(name)
    for (const name of BYTES) if (compareBytes(changed, before[name], after[name], from, to)) columns.add(name)
    for (const name of FLOATS) if (compareFloats(changed, before[name], after[name], from, to)) columns.add(name)
    if (compareSigned(changed, before.tolerance, after.tolerance, from, to)) columns.add('tolerance')
    if (compareFlags(changed, flagsBefore, flagsAfter, replicaStart, from, to)) replicaFlags = true
    for (let row = from; row < to; row++) count += changed[row]!
    yield
  }
  return { rows: yield* markedRows(changed, count), columns, replicaFlags }
}

/** The `count` rows that are marked with 1, ascending. */
function* markedRows(marked: Uint8Array, count: number): Sliced<Uint32Array> {
  const rows = new Uint32Array(count)
  for (let row = 0, out = 0; out < count; row++) {
    if (row % BLOCK === 0) yield
    if (marked[row] === 1) rows[out++] = row
  }
  return rows
}

function pick<C extends Cells>(from: ReadOnlyCells<C>, into: C, rows: ReadOnlyCells<Uint32Array>): C {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]!]!
  return into
}

/** The listed rows as columns of their own, one entry per listed row. */
export function pickRows(columns: JudgedColumns, rows: ReadOnlyCells<Uint32Array>): PartitionColumns {
  const n = rows.length
  return {
    leader: pick(columns.leader, new Int32Array(n), rows),
    leaderEpoch: pick(columns.leaderEpoch, new Int32Array(n), rows),
    state: pick(columns.state, new Uint8Array(n), rows),
    marks: pick(columns.marks, new Uint8Array(n), rows),
    tolerance: pick(columns.tolerance, new Int8Array(n), rows),
    lagRecords: pick(columns.lagRecords, new Float64Array(n), rows),
    caughtUpAt: pick(columns.caughtUpAt, new Float64Array(n), rows),
    worstBroker: pick(columns.worstBroker, new Int32Array(n), rows),
    next: pick(columns.next, new Uint8Array(n), rows),
    nextFrom: pick(columns.nextFrom, new Float64Array(n), rows),
    nextTo: pick(columns.nextTo, new Float64Array(n), rows),
    nextBroker: pick(columns.nextBroker, new Int32Array(n), rows),
  }
}

/** Replica flags of the listed rows, one row after another. */
export function pickFlags(
  flags: ReadOnlyCells<Uint8Array>,
  replicaStart: ReadOnlyCells<Uint32Array>,
  rows: ReadOnlyCells<Uint32Array>,
): Uint8Array {
  let length = 0
  for (const row of rows) length += replicaStart[row + 1]! - replicaStart[row]!
  const picked = new Uint8Array(length)
  let at = 0
  for (const row of rows)
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) picked[at++] = flags[replica]!
  return picked
}
