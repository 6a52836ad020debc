import type { PartitionColumns } from '../../contract/frame'
import { UNKNOWN_TOLERANCE } from '../state/min-isr'

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
