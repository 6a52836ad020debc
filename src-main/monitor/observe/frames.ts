import type { FrameDelta, SentFrame } from '../../contract/frame'
import { pickFlags, pickRows } from '../../domain/picture/delta'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { Picture } from '../judge/picture'

/** Settings come in by batches at start; a whole frame for each would be a flood. */
const SETTINGS_EVERY_MS = 2_000

/** What a reader has seen. */
export interface Cursor {
  readonly epoch: number
  readonly seq: number
}

/** Figures beside the columns that travel with every delta, of what one reader watches. */
export type Aside = Pick<FrameDelta, 'live' | 'point' | 'view'>

/**
 * The newest picture as frames and deltas, with when (at which seq) each row last changed, so that any reader at any earlier seq can be told what it
 * missed. `epoch` as readers know it: another one means "fetch the whole frame". It moves with every new topology, and when a topic's min ISR
 * or where that comes from has changed, which deltas do not carry.
 */
export class Frames {
  private newest: Picture | null = null
  private changedAt = new Uint32Array(0)
  private epoch = 0
  private minimums: ReadOnlyCells<Int32Array> = new Int32Array(0)
  private sources: ReadOnlyCells<Uint8Array> = new Uint8Array(0)
  private movedAt = Number.NaN

  constructor(private readonly cluster: string) {}

  get picture(): Picture | null {
    return this.newest
  }

  observe(picture: Picture, before: Picture | null): void {
    const fresh = before?.topology !== picture.topology
    if (fresh) this.changedAt = new Uint32Array(picture.topology.partition.length).fill(picture.seq)
    else for (const row of picture.changed) this.changedAt[row] = picture.seq
    this.newest = picture
    this.moveEpoch(picture, fresh)
  }

  /** null until there is a picture. */
  whole(): SentFrame | null {
    const { cluster, epoch, newest } = this
    if (newest === null) return null
    const { topology, summary } = newest
    return {
      cluster,
      epoch,
      seq: newest.seq,
      takenAt: summary.takenAt,
      topics: {
        names: topology.topicNames,
        start: topology.topicStart,
        internal: topology.topicInternal,
        minInSyncReplicas: newest.minInSyncReplicas,
        minInSyncReplicasSource: newest.minInSyncReplicasSource,
      },
      partition: topology.partition,
      columns: newest.columns,
      replicaStart: topology.replicaStart,
      replicaBroker: topology.replicaBroker,
      replicaFlags: newest.replicaFlags,
      summary,
    }
  }

  /** What changed after `since`; null = it is of another epoch, or of the future: fetch the whole frame. */
  since(since: Cursor, aside: Aside): FrameDelta | null {
    const { cluster, epoch, newest } = this
    if (newest === null || since.epoch !== epoch || since.seq > newest.seq) return null
    const rows = this.changedSince(newest, since.seq)
    return {
      cluster,
      epoch,
      seq: newest.seq,
      takenAt: newest.summary.takenAt,
      rows,
      columns: pickRows(newest.columns, rows),
      replicaFlags: pickFlags(newest.replicaFlags, newest.topology.replicaStart, rows),
      summary: newest.summary,
      ...aside,
    }
  }

  private moveEpoch({ minInSyncReplicas, minInSyncReplicasSource, judgedAt }: Picture, fresh: boolean): void {
    if (!fresh && judgedAt - this.movedAt < SETTINGS_EVERY_MS) return
    this.movedAt = judgedAt
    const same =
      minInSyncReplicas.every((value, topic) => value === this.minimums[topic]) &&
      minInSyncReplicasSource.every((source, topic) => source === this.sources[topic])
    if (!fresh && same) return
    this.minimums = minInSyncReplicas
    this.sources = minInSyncReplicasSource
    this.epoch += 1
  }

  /** Rows (ascending) that changed after `seq`. */
  private changedSince(newest: Picture, seq: number): Uint32Array {
    if (seq === newest.seq - 1) return newest.changed.slice()
    const { changedAt } = this
    let count = 0
    for (const at of changedAt) if (at > seq) count += 1
    const rows = new Uint32Array(count)
    for (let row = 0, out = 0; out < count; row += 1) if (changedAt[row]! > seq) rows[out++] = row
    return rows
  }
}
