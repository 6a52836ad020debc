import type { Sliced } from '../slices'
import type { Topology } from '../topology/reading'
import { copyRuns, mapRows } from '../topology/row-runs'

/** A rate of which nothing newer is known counts for this long: a large cluster is not read whole every ten seconds. */
const RATE_HOLDS_MS = 60_000

/** Where leaders' logs ended when last looked at, to tell how fast they grow. Partition rows of `topology`. */
export class LeaderEnds {
  private readonly end: Float64Array
  private readonly readAt: Float64Array
  private readonly rate: Float64Array

  constructor(readonly topology: Topology) {
    const rows = topology.partition.length
    this.end = new Float64Array(rows).fill(Number.NaN)
    this.readAt = new Float64Array(rows).fill(Number.NaN)
    this.rate = new Float64Array(rows).fill(Number.NaN)
  }

  /** The same after a change of topics or partitions. */
  *carriedTo(topology: Topology): Sliced<LeaderEnds> {
    const carried = new LeaderEnds(topology)
    const { partition } = yield* mapRows(this.topology, topology)
    copyRuns(this.end, carried.end, partition)
    copyRuns(this.readAt, carried.readAt, partition)
    copyRuns(this.rate, carried.rate, partition)
    return carried
  }

  /**
   * Records per second since the reading before, as far as it is known `now`; takes the new reading in. A log that is shorter than before was cut back, by a new leader: how many records came in
   * between is not known.
   */
  rateOf(row: number, end: number, readAt: number, now: number): number {
    const before = this.readAt[row]!
    if (Number.isFinite(end) && readAt !== before) {
      const records = end - this.end[row]!
      const ms = readAt - before
      this.rate[row] = records >= 0 && ms > 0 ? (records * 1_000) / ms : Number.NaN
      this.end[row] = end
      this.readAt[row] = readAt
    }
    return now - this.readAt[row]! <= RATE_HOLDS_MS ? this.rate[row]! : Number.NaN
  }
}
