import type { JudgedColumns } from '../../domain/picture/partition-columns'
import type { Topology } from '../../domain/topology/reading'
import { copyRuns } from '../../domain/topology/row-runs'
import { HEALTHY, MARK_HW_UNKNOWN, MARK_DISPUTED, MARK_LEADER_SILENT } from '../../shared/states'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { TopologyEpoch } from '../reading/answers'

const LOOK_CLOSER = MARK_LEADER_SILENT | MARK_DISPUTED | MARK_HW_UNKNOWN

/** Which rows of the newest epoch are asked every tick. */
export class RowInterest {
  private of: { readonly number: number; readonly topology: Topology } | null = null
  private rows = new Uint8Array(0)

  /** P. 1 = in trouble, watched, or in view. */
  get must(): ReadOnlyCells<Uint8Array> {
    return this.rows
  }

  /**
   * P. Those, and where a follower stood still while its leader moved: it is late once that has lasted for a second, and in turn with all the others
   * the reading that proves it would come half a second after that. `epoch` is the one that is followed.
   */
  withStanding({ lags }: TopologyEpoch): ReadOnlyCells<Uint8Array> {
    const rows = this.rows.slice()
    for (let row = 0; row < rows.length; row += 1) if (lags.standsStill(row)) rows[row] = 1
    return rows
  }

  /** Rows that stayed since the epoch before stay marked until the first picture of the new one is judged. */
  follow({ number, reading, stayed }: TopologyEpoch): void {
    const before = this.of
    if (before?.number === number) return
    const { topology } = reading
    const rows = new Uint8Array(topology.partition.length)
    if (stayed !== null && before?.number === number - 1) copyRuns(this.rows, rows, stayed.partition)
    this.of = { number, topology }
    this.rows = rows
  }

  /** `shown`: rows that are watched or in view. Rows of which nothing is known take their turn: they may be all there are, for good. Columns of another topology than the one that is followed are left alone. */
  mark(topology: Topology, { state, marks }: JudgedColumns, shown: Iterable<number>): void {
    if (this.of?.topology !== topology) return
    const { rows } = this
    for (let row = 0; row < rows.length; row += 1)
      rows[row] = state[row]! <= HEALTHY && (marks[row]! & LOOK_CLOSER) === 0 ? 0 : 1
    for (const row of shown) if (row < rows.length) rows[row] = 1
  }
}
