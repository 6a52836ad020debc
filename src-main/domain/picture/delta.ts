import type { PartitionColumns } from '../../contract/frame'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { JudgedColumns } from './partition-columns'

const INTS = ['leader', 'leaderEpoch', 'worstBroker', 'nextBroker'] as const
const BYTES = ['state', 'marks', 'next'] as const
const FLOATS = ['lagRecords', 'caughtUpAt', 'nextFrom', 'nextTo'] as const

type Name = keyof PartitionColumns
type Cells = Int32Array | Uint8Array | Int8Array | Float64Array

/** One function per kind of array: a shared one would see four kinds and run at a third of the speed. Answers whether anything differs. */
function compareInts(
  changed: Uint8Array,
  before: ReadOnlyCells<Int32Array>,
  after: ReadOnlyCells<Int32Array>,
): boolean {
  let differs = false
  for (let row = 0; row < changed.length; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

function compareBytes(
  changed: Uint8Array,
  before: ReadOnlyCells<Uint8Array>,
  after: ReadOnlyCells<Uint8Array>,
): boolean {
  let differs = false
  for (let row = 0; row < changed.length; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

function compareSigned(
  changed: Uint8Array,
  before: ReadOnlyCells<Int8Array>,
  after: ReadOnlyCells<Int8Array>,
): boolean {
  let differs = false
  for (let row = 0; row < changed.length; row++) {
    if (before[row] === after[row]) continue
    changed[row] = 1
    differs = true
  }
  return differs
}

/** NaN equals NaN: unknown that stays unknown is no change. */
function compareFloats(
  changed: Uint8Array,
  before: ReadOnlyCells<Float64Array>,
  after: ReadOnlyCells<Float64Array>,
): boolean {
  let differs = false
  for (let row = 0; row < changed.length; row++) {
    const a = before[row]!
    const b = after[row]!
    if (a === b || (a !== a && b !== b)) continue
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
export function compareColumns(
  before: JudgedColumns,
  after: JudgedColumns,
  flagsBefore: ReadOnlyCells<Uint8Array>,
  flagsAfter: ReadOnlyCells<Uint8Array>,
  replicaStart: ReadOnlyCells<Uint32Array>,
): Comparison {
  const changed = new Uint8Array(after.state.length)
  const columns = new Set<Name>()
  for (const name of INTS) if (compareInts(changed, before[name], after[name])) columns.add(name)
  for (const name of BYTES) if (compareBytes(changed, before[name], after[name])) columns.add(name)
  for (const name of FLOATS) if (compareFloats(changed, before[name], after[name])) columns.add(name)
  if (compareSigned(changed, before.tolerance, after.tolerance)) columns.add('tolerance')
  let replica = 0
  while (replica < flagsAfter.length && flagsBefore[replica] === flagsAfter[replica]) replica++
  const replicaFlags = replica < flagsAfter.length
  // Mostly no flag differs anywhere.
  const rowsToLookAt = replicaFlags ? changed.length : 0
  for (let row = 0; row < rowsToLookAt; row++) {
    for (let k = replicaStart[row]!; k < replicaStart[row + 1]!; k++)
      if (flagsBefore[k] !== flagsAfter[k]) changed[row] = 1
  }
  let count = 0
  for (const flag of changed) count += flag
  const rows = new Uint32Array(count)
  for (let at = 0, out = 0; out < count; at++) if (changed[at] === 1) rows[out++] = at
  return { rows, columns, replicaFlags }
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
