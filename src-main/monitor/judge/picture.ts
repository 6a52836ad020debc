import type { PartitionColumns } from '../../contract/frame'
import { HEALTHY, MARK_HW_UNKNOWN, MARK_LEADER_DISPUTED, MARK_LEADER_SILENT } from '../../shared/states'
import { assess, emptyColumns } from '../../domain/picture/assess'
import { changedRows } from '../../domain/picture/delta'
import { LATE_AFTER_MS } from '../../domain/lag/lateness'
import type { BrokerFacts, ClusterSettings } from '../../domain/topology/reading'
import type { Clock } from '../../ports/clock'
import type { Book } from '../reading/cluster-state'
import { inSlices, ownTurn } from '../../ports/slices'

const BLOCK = 4_096
const LOOK_CLOSER = MARK_LEADER_SILENT | MARK_LEADER_DISPUTED | MARK_HW_UNKNOWN

/**
 * The published columns of one book, and for every row when (at which seq) it last changed, so that any reader at any earlier seq can be told what
 * it missed. `columns` and `replicaFlags` are replaced on every update: copy what shall be kept.
 */
export class Picture {
  seq = 0
  columns: PartitionColumns
  replicaFlags: Uint8Array
  /** Rows (ascending) that the last update changed. */
  changed: Uint32Array = new Uint32Array(0)
  private nextColumns: PartitionColumns
  private nextFlags: Uint8Array
  private readonly changedAt: Uint32Array

  constructor(readonly book: Book) {
    const partitions = book.reading.topology.partition.length
    this.columns = emptyColumns(partitions)
    this.nextColumns = emptyColumns(partitions)
    this.replicaFlags = new Uint8Array(book.reading.replicaFlags.length)
    this.nextFlags = new Uint8Array(this.replicaFlags.length)
    this.changedAt = new Uint32Array(partitions)
  }

  /** Judges every row anew, in slices, and moves on by one seq. Answers how many rows changed. Updates must not overlap. */
  async update(clock: Clock, facts: ReadonlyMap<number, BrokerFacts>, settings: ClusterSettings): Promise<number> {
    const { reading, tracker } = this.book
    const { replicaStart } = reading.topology
    const partitions = this.changedAt.length
    await ownTurn(clock, partitions)
    const options = {
      now: clock.now(),
      lateAfterMs: LATE_AFTER_MS,
      catchUpRate: (replica: number) => tracker.catchUpRate(replica),
    }
    await inSlices(clock, partitions, BLOCK, (from, to) => {
      assess(reading, facts, settings, options, this.nextColumns, from, to)
      // Flags in the same slice, or an answer between two slices would make them contradict the state.
      this.nextFlags.set(reading.replicaFlags.subarray(replicaStart[from], replicaStart[to]), replicaStart[from])
    })
    await ownTurn(clock, partitions)
    const rows = changedRows(this.columns, this.nextColumns, this.replicaFlags, this.nextFlags, replicaStart)
    ;[this.columns, this.nextColumns] = [this.nextColumns, this.columns]
    ;[this.replicaFlags, this.nextFlags] = [this.nextFlags, this.replicaFlags]
    this.seq += 1
    for (const row of rows) this.changedAt[row] = this.seq
    this.changed = rows
    await ownTurn(clock, partitions)
    return rows.length
  }

  /** What the last update replaced; overwritten by the next one. */
  get before(): { readonly columns: PartitionColumns; readonly replicaFlags: Uint8Array } {
    return { columns: this.nextColumns, replicaFlags: this.nextFlags }
  }

  /** Rows (ascending) that changed after `seq`. */
  changedSince(seq: number): Uint32Array {
    if (seq === this.seq - 1) return this.changed
    const { changedAt } = this
    let count = 0
    for (let row = 0; row < changedAt.length; row += 1) if (changedAt[row]! > seq) count += 1
    const rows = new Uint32Array(count)
    for (let row = 0, out = 0; out < count; row += 1) if (changedAt[row]! > seq) rows[out++] = row
    return rows
  }

  /** Marks the rows that are asked every tick: in trouble, and `shown` (watched or in view). */
  markMust(shown: Iterable<number>): void {
    const { must } = this.book
    const { state, marks } = this.columns
    for (let row = 0; row < must.length; row += 1)
      must[row] = state[row] === HEALTHY && (marks[row]! & LOOK_CLOSER) === 0 ? 0 : 1
    for (const row of shown) if (row < must.length) must[row] = 1
  }
}
