import type { Holders } from '../../domain/topology/broker-index'
import type { Topology } from '../../domain/topology/reading'
import type { ReadOnlyCells } from '../../shared/read-only'

/** ListOffsets v5 costs about 16 bytes per row out and 26 in (seen on 2.8 to 4.4); topic names come on top and are ignored here. */
export const BYTES_PER_ROW = 42

export interface RowPlanInput {
  readonly topology: Topology
  readonly holders: Holders
  /** 1 per partition row that is asked every tick: troubled, watched, in view. */
  readonly must: ReadOnlyCells<Uint8Array>
  /** Partition row the round-robin starts at. */
  readonly cursor: number
  /** Rows one broker may be asked in this tick. */
  readonly rowsPerBroker: number
}

export interface RowPlan {
  /** Partition rows asked this tick, ascending (rows of a topic stay together, as ListOffsets wants them). */
  readonly rows: Uint32Array
  /** True when this is every partition there is. */
  readonly whole: boolean
  readonly cursor: number
}

/**
 * Which partitions to ask: the must rows first, then the rest in turn until a broker's budget is used up. The must rows come out of the same
 * budget but are never cut: in an incident the troubled rows matter more than the round-robin. At least one other row moves on per tick.
 */
export function planRows(input: RowPlanInput): RowPlan {
  const { topology, holders, must, rowsPerBroker } = input
  const partitions = topology.partition.length
  const chosen = Uint8Array.from(must)
  const used = new Uint32Array(holders.ids.length)
  let count = 0
  const take = (row: number): boolean => {
    let room = true
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
      const broker = holders.ofReplica[replica]!
      used[broker] = used[broker]! + 1
      if (used[broker] >= rowsPerBroker) room = false
    }
    chosen[row] = 1
    count += 1
    return room
  }
  for (let row = 0; row < partitions; row += 1) if (must[row] === 1) take(row)
  let cursor = partitions === 0 ? 0 : input.cursor % partitions
  for (let walked = 0; walked < partitions; walked += 1) {
    const row = cursor
    cursor = cursor + 1 === partitions ? 0 : cursor + 1
    if (chosen[row] === 0 && !take(row)) break
  }
  const rows = new Uint32Array(count)
  for (let row = 0, at = 0; row < partitions; row += 1) if (chosen[row] === 1) rows[at++] = row
  return { rows, whole: count === partitions, cursor }
}
