import type { PartitionColumns } from '../../contract/frame'

const INTS = ['leader', 'leaderEpoch', 'worstBroker', 'nextBroker'] as const
const BYTES = ['state', 'marks', 'next'] as const
const FLOATS = ['lagRecords', 'caughtUpAt', 'nextFrom', 'nextTo'] as const

type Cells = Int32Array | Uint8Array | Int8Array | Float64Array

/** One function per kind of array: a shared one would see four kinds and run at a third of the speed. */
function compareInts(changed: Uint8Array, before: Int32Array, after: Int32Array): void {
  for (let row = 0; row < changed.length; row++) if (before[row] !== after[row]) changed[row] = 1
}

function compareBytes(changed: Uint8Array, before: Uint8Array, after: Uint8Array): void {
  for (let row = 0; row < changed.length; row++) if (before[row] !== after[row]) changed[row] = 1
}

/** NaN equals NaN: unknown that stays unknown is no change. */
function compareFloats(changed: Uint8Array, before: Float64Array, after: Float64Array): void {
  for (let row = 0; row < changed.length; row++) {
    const a = before[row]!
    const b = after[row]!
    if (a !== b && (a === a || b === b)) changed[row] = 1
  }
}

const asBytes = (cells: Int8Array): Uint8Array => new Uint8Array(cells.buffer, cells.byteOffset, cells.length)

/**
 * Rows (ascending) whose columns or replica flags differ. `before` and `after` have P rows, the flags R entries,
 * `replicaStart` P+1; all of the same topology.
 */
export function changedRows(
  before: PartitionColumns,
  after: PartitionColumns,
  flagsBefore: Uint8Array,
  flagsAfter: Uint8Array,
  replicaStart: Uint32Array,
): Uint32Array {
  const changed = new Uint8Array(after.state.length)
  for (const name of INTS) compareInts(changed, before[name], after[name])
  for (const name of BYTES) compareBytes(changed, before[name], after[name])
  for (const name of FLOATS) compareFloats(changed, before[name], after[name])
  compareBytes(changed, asBytes(before.tolerance), asBytes(after.tolerance))
  let replica = 0
  while (replica < flagsAfter.length && flagsBefore[replica] === flagsAfter[replica]) replica++
  // Mostly no flag differs anywhere.
  const rowsToLookAt = replica === flagsAfter.length ? 0 : changed.length
  for (let row = 0; row < rowsToLookAt; row++) {
    for (let k = replicaStart[row]!; k < replicaStart[row + 1]!; k++)
      if (flagsBefore[k] !== flagsAfter[k]) changed[row] = 1
  }
  let count = 0
  for (const flag of changed) count += flag
  const rows = new Uint32Array(count)
  for (let at = 0, out = 0; out < count; at++) if (changed[at] === 1) rows[out++] = at
  return rows
}

function pick<C extends Cells>(from: C, into: C, rows: Uint32Array): C {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]!]!
  return into
}

/** The listed rows as columns of their own, one entry per listed row. */
export function pickRows(columns: PartitionColumns, rows: Uint32Array): PartitionColumns {
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
export function pickFlags(flags: Uint8Array, replicaStart: Uint32Array, rows: Uint32Array): Uint8Array {
  let length = 0
  for (const row of rows) length += replicaStart[row + 1]! - replicaStart[row]!
  const picked = new Uint8Array(length)
  let at = 0
  for (const row of rows) {
    picked.set(flags.subarray(replicaStart[row], replicaStart[row + 1]), at)
    at += replicaStart[row + 1]! - replicaStart[row]!
  }
  return picked
}
