import { REPLICA_IN_SYNC } from '../topology/columns'
import type { MetadataColumns } from '../topology/columns'
import { NO_ROW } from '../topology/topology'
import type { Sliced } from '../slices'

/** Rows in one piece of a pass. */
const BLOCK = 8_192

/** `reading.disputed`: brokers name different leaders. */
export const LEADER_DISPUTED = 1
/** `reading.disputed`: they name the same leader and epoch, and different ISRs. */
export const ISR_DISPUTED = 2

/** How long a broker's word stands while it is not asked again: longer than the rarest second opinion of the largest cluster is away. */
const STANDS_MS = 30_000

/** Metadata of one broker, matched to the reading's topology. */
export interface View {
  readonly broker: number
  readonly meta: MetadataColumns
  /** Rows of the reading by rows of the answer. */
  readonly rowOf: Uint32Array
}

/** What a broker said of one row. */
export interface IsrClaim {
  readonly broker: number
  readonly leader: number
  readonly leaderEpoch: number
  /** In assignment order. */
  readonly isr: readonly number[]
  readonly saidAt: number
}

/** How the ISRs of an answer are taken over. */
export interface IsrChoice {
  /** By row of the reading: what is said of it, the ISR that counts first. */
  readonly disputes: ReadonlyMap<number, readonly IsrClaim[]>
  /** Nobody else was heard, and nothing tells how new the answer is: an ISR that has just shrunk does not grow by it. */
  readonly alone: boolean
}

export const AS_TOLD: IsrChoice = { disputes: new Map(), alone: false }

function sameMembers(a: MetadataColumns, atA: number, b: MetadataColumns, atB: number): boolean {
  const from = a.replicaStart[atA]!
  const other = b.replicaStart[atB]!
  for (let k = 0; k < a.replicaStart[atA + 1]! - from; k += 1)
    if (((a.replicaFlags[from + k]! ^ b.replicaFlags[other + k]!) & REPLICA_IN_SYNC) !== 0) return false
  return true
}

function claimAt({ broker, meta }: View, at: number, saidAt: number): IsrClaim {
  const isr: number[] = []
  for (let replica = meta.replicaStart[at]!; replica < meta.replicaStart[at + 1]!; replica += 1)
    if ((meta.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(meta.replicaBroker[replica]!)
  return { broker, leader: meta.leader[at]!, leaderEpoch: meta.leaderEpoch[at]!, isr, saidAt }
}

/** Rows of an answer by rows of the reading; -1 = it is not in the answer. */
function* placesOf({ rowOf }: View): Sliced<Int32Array> {
  const places = new Int32Array(rowOf.length).fill(-1)
  for (let at = 0; at < rowOf.length; at += 1) {
    if (at % BLOCK === 0) yield
    const row = rowOf[at]!
    if (row < places.length) places[row] = at
  }
  return places
}

/**
 * Partitions of which brokers tell different ISRs at one leader and epoch, with what each said last. A shrink raises no leader epoch since metadata.version
 * 3.6-IV0 and an expansion never did, so the epochs cannot say who is newer; the smallest counts, since what is safe with it is safe with the others. It
 * lasts until all of them say the same, or who differs has not been heard for half a minute. Who is known to be older than who tells the picture is not heard at all.
 * State: the rows in dispute, of one topology.
 */
export class IsrDisputes {
  private readonly claims = new Map<number, Map<number, IsrClaim>>()

  private note(view: View, places: Int32Array, now: number): void {
    for (const [row, claims] of this.claims) {
      const at = places[row] ?? -1
      if (at >= 0) claims.set(view.broker, claimAt(view, at, now))
    }
  }

  /** One round of answers. A long one comes in pieces, in which nothing else may be heard. */
  *hear(told: View, others: readonly View[], now: number): Sliced<IsrChoice> {
    const heard = others.filter(({ meta }) => !(meta.metadataOffset < told.meta.metadataOffset))
    if (heard.length > 0 || this.claims.size > 0) {
      const places = yield* placesOf(told)
      for (const view of heard) yield* this.open(told, places, view)
      if (this.claims.size > 0) this.note(told, places, now)
      for (const view of heard) if (this.claims.size > 0) this.note(view, yield* placesOf(view), now)
      for (const row of this.claims.keys()) this.settle(row, told, places[row] ?? -1, now)
    }
    return { disputes: this.disputes(), alone: heard.length === 0 && Number.isNaN(told.meta.metadataOffset) }
  }

  /** Rows on which the two differ. */
  private *open(told: View, places: Int32Array, { meta, rowOf }: View): Sliced<void> {
    for (let at = 0; at < rowOf.length; at += 1) {
      if (at % BLOCK === 0) yield
      const row = rowOf[at]!
      const own = row === NO_ROW ? -1 : (places[row] ?? -1)
      if (own < 0 || meta.leader[at] !== told.meta.leader[own] || meta.leaderEpoch[at] !== told.meta.leaderEpoch[own])
        continue
      if (!sameMembers(meta, at, told.meta, own) && !this.claims.has(row)) this.claims.set(row, new Map())
    }
  }

  /** Forgets what is of another leader or epoch, or too long ago; and the row where the rest agrees. */
  private settle(row: number, { meta }: View, at: number, now: number): void {
    const claims = this.claims.get(row)!
    for (const [broker, { leader, leaderEpoch, saidAt }] of claims) {
      const isOfNow = at >= 0 && leader === meta.leader[at] && leaderEpoch === meta.leaderEpoch[at]
      if (!isOfNow || now - saidAt > STANDS_MS) claims.delete(broker)
    }
    if (new Set(Array.from(claims.values(), ({ isr }) => isr.join())).size < 2) this.claims.delete(row)
  }

  private disputes(): ReadonlyMap<number, readonly IsrClaim[]> {
    return new Map(
      Array.from(this.claims, ([row, claims]) => [
        row,
        [...claims.values()].sort((a, b) => a.isr.length - b.isr.length || a.broker - b.broker),
      ]),
    )
  }
}
