import type { PartitionColumns } from '../../contract/frame'
import type { ReadOnlyColumns } from '../../shared/read-only'
import { UNKNOWN_TOLERANCE } from '../../shared/states'

/** Columns as they were judged: nobody writes them any more. */
export type JudgedColumns = ReadOnlyColumns<PartitionColumns>

/** Columns of n rows in which nothing is known. */
export function emptyColumns(rows: number): PartitionColumns {
  return {
    leader: new Int32Array(rows).fill(-1),
    leaderEpoch: new Int32Array(rows).fill(-1),
    state: new Uint8Array(rows),
    marks: new Uint8Array(rows),
    tolerance: new Int8Array(rows).fill(UNKNOWN_TOLERANCE),
    lagRecords: new Float64Array(rows).fill(NaN),
    caughtUpAt: new Float64Array(rows).fill(NaN),
    worstBroker: new Int32Array(rows).fill(-1),
    next: new Uint8Array(rows),
    nextFrom: new Float64Array(rows).fill(NaN),
    nextTo: new Float64Array(rows).fill(NaN),
    nextBroker: new Int32Array(rows).fill(-1),
  }
}

/** `after` with the columns of `before` in place of those that are equal in every row, so that what did not change is kept once. */
export function withKept(
  before: JudgedColumns,
  after: JudgedColumns,
  differ: ReadonlySet<keyof PartitionColumns>,
): JudgedColumns {
  const newest = (name: keyof PartitionColumns): JudgedColumns => (differ.has(name) ? after : before)
  return {
    leader: newest('leader').leader,
    leaderEpoch: newest('leaderEpoch').leaderEpoch,
    state: newest('state').state,
    marks: newest('marks').marks,
    tolerance: newest('tolerance').tolerance,
    lagRecords: newest('lagRecords').lagRecords,
    caughtUpAt: newest('caughtUpAt').caughtUpAt,
    worstBroker: newest('worstBroker').worstBroker,
    next: newest('next').next,
    nextFrom: newest('nextFrom').nextFrom,
    nextTo: newest('nextTo').nextTo,
    nextBroker: newest('nextBroker').nextBroker,
  }
}

/** Columns to judge into next: those of `after` that no picture took, and new ones for the others. Every row of them has to be written. */
export function withoutTaken(after: PartitionColumns, taken: ReadonlySet<keyof PartitionColumns>): PartitionColumns {
  const rows = after.state.length
  return {
    leader: taken.has('leader') ? new Int32Array(rows) : after.leader,
    leaderEpoch: taken.has('leaderEpoch') ? new Int32Array(rows) : after.leaderEpoch,
    state: taken.has('state') ? new Uint8Array(rows) : after.state,
    marks: taken.has('marks') ? new Uint8Array(rows) : after.marks,
    tolerance: taken.has('tolerance') ? new Int8Array(rows) : after.tolerance,
    lagRecords: taken.has('lagRecords') ? new Float64Array(rows) : after.lagRecords,
    caughtUpAt: taken.has('caughtUpAt') ? new Float64Array(rows) : after.caughtUpAt,
    worstBroker: taken.has('worstBroker') ? new Int32Array(rows) : after.worstBroker,
    next: taken.has('next') ? new Uint8Array(rows) : after.next,
    nextFrom: taken.has('nextFrom') ? new Float64Array(rows) : after.nextFrom,
    nextTo: taken.has('nextTo') ? new Float64Array(rows) : after.nextTo,
    nextBroker: taken.has('nextBroker') ? new Int32Array(rows) : after.nextBroker,
  }
}
