import { REPLICA_IN_SYNC } from '../topology/columns'
import type { MetadataColumns } from '../topology/columns'
import { NO_ROW } from '../topology/topology'

/** `reading.disputed`: brokers name different leaders, or leader epochs with different leaders. */
export const LEADER_DISPUTED = 1
/** `reading.disputed`: they name the same leader and epoch, and different ISRs. */
export const ISR_DISPUTED = 2

/** Metadata of one broker, matched to the reading's topology. */
export interface View {
  readonly broker: number
  readonly meta: MetadataColumns
  /** Rows of the reading by rows of the answer. */
  readonly rowOf: Uint32Array
}

/** One row of one broker's answer. */
export interface RowOfView {
  readonly view: View
  readonly at: number
}

/** How the ISRs of an answer are taken over. */
export interface IsrChoice {
  /** By row of the reading: whose ISR counts instead of the answer's own. */
  readonly instead: ReadonlyMap<number, RowOfView>
  /** Nobody else was heard, and nothing tells how new the answer is: an ISR in dispute does not grow by it, nor one that has just shrunk. */
  readonly alone: boolean
}

export const AS_TOLD: IsrChoice = { instead: new Map(), alone: false }

function membersAt({ meta }: View, at: number): number {
  let members = 0
  for (let replica = meta.replicaStart[at]!; replica < meta.replicaStart[at + 1]!; replica += 1)
    members += meta.replicaFlags[replica]! & REPLICA_IN_SYNC
  return members
}

function sameMembers(a: MetadataColumns, atA: number, b: MetadataColumns, atB: number): boolean {
  const from = a.replicaStart[atA]!
  const other = b.replicaStart[atB]!
  for (let k = 0; k < a.replicaStart[atA + 1]! - from; k += 1)
    if (((a.replicaFlags[from + k]! ^ b.replicaFlags[other + k]!) & REPLICA_IN_SYNC) !== 0) return false
  return true
}

/** ISR of one row of an answer, in assignment order. */
export function isrAt({ meta }: View, at: number): number[] {
  const isr: number[] = []
  for (let replica = meta.replicaStart[at]!; replica < meta.replicaStart[at + 1]!; replica += 1)
    if ((meta.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(meta.replicaBroker[replica]!)
  return isr
}

/** Whether its broker is known to have read less of the controllers' log than another had when it answered. */
const isOlder = (a: MetadataColumns, b: MetadataColumns): boolean => a.metadataOffset < b.metadataOffset

/**
 * Rows on which others tell another ISR than `told` at the same leader and epoch: all that say so, `told` among them, the one with the fewest members
 * first. A shrink raises no leader epoch since metadata.version 3.6-IV0 and an expansion never did, so the epochs cannot say which is newer; the smallest
 * counts, since what is safe with it is safe with the others. Who is known to be older than `told` is not heard.
 */
export function isrDisputes(told: View, others: readonly View[]): Map<number, readonly RowOfView[]> {
  const disputes = new Map<number, RowOfView[]>()
  const heard = others.filter(({ meta }) => !isOlder(meta, told.meta))
  if (heard.length === 0) return disputes
  const toldAt = new Map<number, number>()
  const contiguous = told.rowOf.every((row, at) => row === at)
  if (!contiguous) told.rowOf.forEach((row, at) => toldAt.set(row, at))
  for (const view of heard) {
    for (let at = 0; at < view.rowOf.length; at += 1) {
      const row = view.rowOf[at]!
      if (row === NO_ROW) continue
      const own = contiguous ? row : (toldAt.get(row) ?? -1)
      if (own < 0 || own >= told.rowOf.length) continue
      if (view.meta.leader[at] !== told.meta.leader[own] || view.meta.leaderEpoch[at] !== told.meta.leaderEpoch[own])
        continue
      if (sameMembers(view.meta, at, told.meta, own)) continue
      const known = disputes.get(row)
      if (known === undefined)
        disputes.set(row, [
          { view: told, at: own },
          { view, at },
        ])
      else known.push({ view, at })
    }
  }
  for (const claims of disputes.values()) claims.sort((a, b) => membersAt(a.view, a.at) - membersAt(b.view, b.at))
  return disputes
}

/** Whose ISR counts. `others`: whether anybody else was heard. */
export const isrChoice = (
  disputes: ReadonlyMap<number, readonly RowOfView[]>,
  { metadataOffset }: MetadataColumns,
  others: boolean,
): IsrChoice => ({
  instead: new Map(Array.from(disputes, ([row, claims]) => [row, claims[0]!])),
  alone: !others && Number.isNaN(metadataOffset),
})
