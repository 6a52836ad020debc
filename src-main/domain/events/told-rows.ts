import type { ReadOnlyCells } from '../../shared/read-only'
import { REPLICA_IN_SYNC } from '../topology/columns'
import type { Topology } from '../topology/reading'
import { copyRuns, type RowMap } from '../topology/row-runs'
import type { Looked } from './looked'

const IN_SYNC = 1
const ELECTABLE = 2
/** In `epoch`: this row was never seen. */
const UNSEEN = -2

/** A partition as it was told last. */
export interface ToldRow {
  readonly leader: number
  readonly epoch: number
  /** Brokers in the ISR, and those that could lead without loss: the ISR and the ELR while somebody led. */
  readonly inSync: readonly number[]
  readonly electable: readonly number[]
  readonly reassigning: boolean
}

/** Partitions as they were told last, in columns: 10 bytes a partition and 1 a replica. */
export class ToldRows {
  private leader = new Int32Array(0)
  private epoch = new Int32Array(0)
  private reassigning = new Uint8Array(0)
  /** 1 = Metadata tells of it, and not only an error. */
  private known = new Uint8Array(0)
  private replicas = new Uint8Array(0)

  isSeen(row: number): boolean {
    return this.epoch[row] !== UNSEEN
  }

  isTold(row: number): boolean {
    return this.isSeen(row) && this.known[row] === 1
  }

  note(row: number, isTold: boolean): void {
    this.known[row] = isTold ? 1 : 0
  }

  /** Whether nothing of it that is told has changed. */
  isSame({ topology, columns, replicaFlags, reading }: Looked, row: number): boolean {
    if (this.leader[row] !== columns.leader[row] || this.epoch[row] !== columns.leaderEpoch[row]) return false
    if (this.reassigning[row] !== reading.reassigning[row]) return false
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
      if ((this.replicas[replica]! & IN_SYNC) !== (replicaFlags[replica]! & REPLICA_IN_SYNC)) return false
    return true
  }

  told(topology: Topology, row: number): ToldRow {
    return {
      leader: this.leader[row]!,
      epoch: this.epoch[row]!,
      inSync: this.with(topology, row, IN_SYNC),
      electable: this.with(topology, row, ELECTABLE),
      reassigning: this.reassigning[row] === 1,
    }
  }

  /** The row is told as it is now. Without a leader those who may lead stay who they were: the ISR is empty then, or what it was. */
  take(looked: Looked, row: number): void {
    const { topology, columns, replicaFlags, reading } = looked
    const leads = columns.leader[row]! >= 0
    this.leader[row] = columns.leader[row]!
    this.epoch[row] = columns.leaderEpoch[row]!
    this.reassigning[row] = reading.reassigning[row]!
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
      const inSync = (replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0
      const electable = leads
        ? inSync || reading.replicaElr[replica] === 1
        : (this.replicas[replica]! & ELECTABLE) !== 0
      this.replicas[replica] = (inSync ? IN_SYNC : 0) | (electable ? ELECTABLE : 0)
    }
  }

  /** ELRs are told apart from the rest and change without it. */
  takeElrs({ topology, columns, reading }: Looked): void {
    for (let replica = 0; replica < this.replicas.length; replica += 1)
      if (reading.replicaElr[replica] === 1 && columns.leader[topology.replicaPartition[replica]!]! >= 0)
        this.replicas[replica]! |= ELECTABLE
  }

  moveTo(topology: Topology, rows: RowMap | null): void {
    const { leader, epoch, reassigning, known, replicas } = this
    const partitions = topology.partition.length
    this.leader = new Int32Array(partitions).fill(-1)
    this.epoch = new Int32Array(partitions).fill(UNSEEN)
    this.reassigning = new Uint8Array(partitions)
    this.known = new Uint8Array(partitions)
    this.replicas = new Uint8Array(topology.replicaBroker.length)
    if (rows === null) return
    copyRuns(leader, this.leader, rows.partition)
    copyRuns(epoch, this.epoch, rows.partition)
    copyRuns(reassigning, this.reassigning, rows.partition)
    copyRuns(known, this.known, rows.partition)
    copyRuns(replicas, this.replicas, rows.replica)
  }

  private with(topology: Topology, row: number, bit: number): number[] {
    const ids: number[] = []
    for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
      if ((this.replicas[replica]! & bit) !== 0) ids.push(topology.replicaBroker[replica]!)
    return ids
  }
}

/** Brokers of the row's replicas that are in the ISR. */
export function inSyncOf(
  { topology, replicaFlags }: { readonly topology: Topology; readonly replicaFlags: ReadOnlyCells<Uint8Array> },
  row: number,
): number[] {
  const ids: number[] = []
  for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1)
    if ((replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) ids.push(topology.replicaBroker[replica]!)
  return ids
}
