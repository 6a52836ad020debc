import type { Holders } from '../../domain/topology/broker-index'
import type { Sliced } from '../../domain/slices'
import type { Topology } from '../../domain/topology/reading'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { RowBudget } from './budget'

/** ListOffsets v5 costs about 16 bytes per row out and 26 in (seen on 2.8 to 4.4); topic names come on top and are ignored here. */
export const BYTES_PER_ROW = 42

/** Rows in one piece of a pass. */
const BLOCK = 8_192

export interface RowPlanInput {
  readonly topology: Topology
  readonly holders: Holders
  /** 1 per partition row that is asked every tick: troubled, standing still, watched, in view. */
  readonly must: ReadOnlyCells<Uint8Array>
  /** Partition row the round-robin starts at. */
  readonly cursor: number
  readonly budget: RowBudget
}

export interface RowPlan {
  /** Partition rows asked this tick, ascending (rows of a topic stay together, as ListOffsets wants them). */
  readonly rows: Uint32Array
  /** True when this is every partition there is. */
  readonly whole: boolean
  readonly cursor: number
}

/**
 * Which partitions to ask: the must rows first, then the rest in turn until a broker's budget is used up. The must rows count in it but are never
 * cut: in an incident the troubled rows matter more than the round-robin. At least one other row moves on per tick.
 */
export function* planPass(input: RowPlanInput): Sliced<RowPlan> {
  const { topology, holders, must, budget } = input
  const partitions = topology.partition.length
  const chosen = Uint8Array.from(must)
  const used = new Uint32Array(holders.ids.length)
  const inTurn = new Uint32Array(holders.ids.length)
  let count = 0
  /** Whether there is room for another one in turn. */
  const take = (row: number, isInTurn: boolean): boolean => {
    let room = true
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
      const broker = holders.ofReplica[replica]!
      used[broker] = used[broker]! + 1
      if (isInTurn) inTurn[broker] = inTurn[broker]! + 1
      if (used[broker] >= budget.inAll || inTurn[broker]! >= budget.inTurn) room = false
    }
    chosen[row] = 1
    count += 1
    return room
  }
  for (let row = 0; row < partitions; row += 1) {
    if (row % BLOCK === 0) yield
    if (must[row] === 1) take(row, false)
  }
  let cursor = partitions === 0 ? 0 : input.cursor % partitions
  for (let walked = 0; walked < partitions; walked += 1) {
    if (walked % BLOCK === 0) yield
    const row = cursor
    cursor = cursor + 1 === partitions ? 0 : cursor + 1
    if (chosen[row] === 0 && !take(row, true)) break
  }
  const rows = new Uint32Array(count)
  for (let row = 0, at = 0; row < partitions; row += 1) {
    if (row % BLOCK === 0) yield
    if (chosen[row] === 1) rows[at++] = row
  }
  return { rows, whole: count === partitions, cursor }
}
