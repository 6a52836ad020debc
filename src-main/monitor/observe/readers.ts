import type { PushMessage } from '../../contract/frame'
import type { PartitionName, Watch, WatchList } from '../../contract/ipc'
import { subjectOf } from '../../contract/subject'
import type { Topology } from '../../domain/topology/reading'
import { findPartition } from '../../domain/topology/topology'
import type { Clock } from '../../ports/clock'
import { chartPoint } from './chart-point'
import type { Aside, Cursor, Frames } from './frames'
import { watchedPartition, worstLags, type LiveView } from './live-view'

/** A whole frame, or what changed since the one before. */
export type FrameNews = Extract<PushMessage, { type: 'frame' | 'delta' }>

/**
 * One consumer of a session: a page, a recorder. It owns its cursor (what it was given last) and its watch list, so that none takes anything from
 * another. Nothing is queued for it: what it gets is made when it asks, so one that asks rarely costs nothing and the latest wins.
 */
export interface Reader {
  /**
   * What is new since the last call: a whole frame the first time, after `restart`, and when the rows or what deltas leave out have changed; else a
   * delta, empty where nothing changed. null = nothing was read yet, or this reader is closed.
   */
  next(): FrameNews | null
  /** The consumer lost track: a whole frame comes next. */
  restart(): void
  /** In place of what it watched before; asked for at once. Rows are of the frame it was given last. */
  watch(list: WatchList): void
  /** Whether somebody looks. While nobody does at any reader the cluster is polled once a second at most, and what is watched gets no figures of its own. */
  shown(visible: boolean): void
  /** Lets go of what it watched. */
  close(): void
}

const NOTHING: WatchList = { partition: null, chart: { kind: 'none' }, rows: [] }

interface ReaderParts {
  readonly clock: Clock
  readonly frames: Frames
  live(): LiveView | null
}

class OpenReader {
  list = NOTHING
  isShown = true
  private cursor: Cursor | null = null
  /** Of the frame that was given last: what its rows mean. */
  private topology: Topology | null = null
  private listOf: Topology | null = null

  constructor(
    private readonly parts: ReaderParts,
    readonly changed: () => void,
  ) {}

  next(): FrameNews | null {
    const { frames } = this.parts
    const news = this.delta() ?? this.frame()
    if (news === null) return null
    const { epoch, seq } = news.type === 'frame' ? news.frame : news.delta
    this.cursor = { epoch, seq }
    this.topology = frames.picture?.topology ?? null
    return news
  }

  restart(): void {
    this.cursor = null
  }

  watch(list: WatchList): void {
    this.list = list
    this.listOf = this.topology ?? this.parts.frames.picture?.topology ?? null
  }

  /** Rows of `topology` that are on screen: those in view, and of the partition whose replicas are. */
  shownRows(topology: Topology): readonly number[] {
    if (!this.isShown) return []
    const { partition } = this.list
    const row = partition === null ? -1 : findPartition(topology, partition.topic, partition.partition)
    const rows = this.rowsIn(topology)
    return row < 0 ? rows : [...rows, row]
  }

  /** What charts of it are kept. */
  get subjects(): readonly Watch[] {
    const { chart, partition } = this.list
    return partition === null ? [chart] : [chart, { kind: 'partition', ...partition }]
  }

  private delta(): FrameNews | null {
    const aside = this.cursor === null ? null : this.aside()
    const delta = this.cursor === null || aside === null ? null : this.parts.frames.since(this.cursor, aside)
    return delta === null ? null : { type: 'delta', delta }
  }

  private frame(): FrameNews | null {
    const frame = this.parts.frames.whole()
    return frame === null ? null : { type: 'frame', frame }
  }

  private aside(): Aside | null {
    const { clock, frames } = this.parts
    const { picture } = frames
    const view = this.parts.live()
    if (picture === null || view === null) return null
    const { partition, chart } = this.list
    const { reading, facts } = view
    const now = clock.now()
    const rows = Uint32Array.from(this.rowsIn(picture.topology))
    return {
      live: partition === null ? null : watchedPartition(view, picture, partition, now),
      point: chartPoint({ reading, facts, summary: picture.summary, now }, chart),
      view: rows.length === 0 ? null : { rows, lagRecords: worstLags(view, rows) },
    }
  }

  private rowsIn(topology: Topology): readonly number[] {
    if (this.listOf !== topology) return []
    return this.list.rows.filter((row) => row < topology.partition.length)
  }
}

export interface ReadersParts extends ReaderParts {
  /** Another set of partitions is watched, or somebody looks who did not, or nobody any more. */
  changed(): void
  /** Asks now instead of at the end of the interval. */
  lookNow(): void
  /** What a reader's listener threw. */
  onError(cause: unknown): void
}

/** All readers of one session, and what they want together. */
export class Readers {
  private readonly all = new Set<OpenReader>()

  constructor(private readonly parts: ReadersParts) {}

  /** `changed`: there may be news. At most once a picture, and when it watches something else. */
  open(changed: () => void): Reader {
    const { parts } = this
    const one = new OpenReader(parts, changed)
    this.all.add(one)
    parts.changed()
    return {
      next: () => (this.all.has(one) ? one.next() : null),
      restart: () => one.restart(),
      watch: (list) => {
        if (!this.all.has(one)) return
        one.watch(list)
        parts.changed()
        parts.lookNow()
        // What is known already is shown now; the tick that was asked for brings the rest.
        if (parts.frames.picture !== null) this.tell(one)
      },
      shown: (visible) => {
        one.isShown = visible
        parts.changed()
      },
      close: () => {
        if (this.all.delete(one)) parts.changed()
      },
    }
  }

  tellAll(): void {
    for (const one of [...this.all]) this.tell(one)
  }

  closeAll(): void {
    this.all.clear()
  }

  get anyShown(): boolean {
    return [...this.all].some(({ isShown }) => isShown)
  }

  /** Rows of `topology` that some reader shows; some may come twice. */
  shownRows(topology: Topology): readonly number[] {
    return [...this.all].flatMap((one) => one.shownRows(topology))
  }

  /** Partitions whose replicas are watched. */
  get partitions(): readonly PartitionName[] {
    return [...this.all].flatMap(({ list }) => (list.partition === null ? [] : [list.partition]))
  }

  /** What is charted, each once. */
  get subjects(): readonly Watch[] {
    return [...new Map([...this.all].flatMap(({ subjects }) => subjects.map((one) => [subjectOf(one), one]))).values()]
  }

  private tell(one: OpenReader): void {
    if (!this.all.has(one)) return
    try {
      one.changed()
    } catch (cause) {
      this.parts.onError(cause)
    }
  }
}
