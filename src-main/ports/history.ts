import type { ClusterEvent, HistoryPage, Incident, KeptEvent, Plan, Watched } from '../contract/history'
import type { KeptSampleReader, KeptSampleWriter } from './kept-samples'
import type { ExcursionReader, ExcursionWriter } from './excursion-book'
import type { Moment, MomentKind } from '../domain/past/moment'

/** Which events: all of the given ones together. Left out = any. */
export interface EventFilter {
  readonly incident?: number
  readonly topic?: string
  readonly partition?: number
  /** As `broker` or `other`. */
  readonly broker?: number
  readonly kinds?: readonly ClusterEvent['kind'][]
  /** Seen at or after, and before this time (`to` of the event). */
  readonly from?: number
  readonly until?: number
  /** Only those before this one, for the next page. */
  readonly beforeSeq?: number
}

/** A moment without its parts. */
export interface MomentHead {
  readonly id: number
  readonly kind: MomentKind
  readonly from: number
  readonly at: number
  /** Number of the last event that it holds already. */
  readonly event: number
  readonly parts: number
  /** False: a part of it is missing. */
  readonly isWhole: boolean
}

/** How a cluster stood, as far as it is kept. Synchronous and short, each of them. */
export interface MomentReader {
  /** The newest whole moment up to `at`, and what follows it of the time up to then, in order; empty = none leads there. */
  moments(at: number): readonly MomentHead[]
  /** null = it cannot be read. */
  momentPart(id: number, part: number): Uint8Array | null
  /** Oldest first, from the one after `seq` on. */
  eventsAfter(seq: number, limit: number): HistoryPage<KeptEvent>
  /** Time of the first moment that is kept; NaN = there is none. */
  firstMoment(): number
}

/** What is kept of one Kafka cluster. Newest first. Every call is synchronous, reads at most `limit` rows, and never throws for a row that cannot be read: it is counted. */
export interface HistoryReader extends KeptSampleReader, ExcursionReader, MomentReader {
  incidents(limit: number, beforeId?: number): HistoryPage<Incident>
  /** null = there is none of this id, or it cannot be read. */
  incident(id: number): Incident | null
  events(filter: EventFilter, limit: number): HistoryPage<KeptEvent>
  /** Those that reach into the time asked for, oldest first. */
  watched(from: number, until: number): readonly Watched[]
}

/**
 * The one writer of a cluster's history. What is added is in the file within a second, in batches off the tick; a process that is killed loses the last batch at most.
 * Nothing here throws: what the file does not take is told once (`onProblem`) and kept in memory for this run as far as it fits.
 */
export interface HistoryWriter extends HistoryReader, KeptSampleWriter, ExcursionWriter {
  /** Adds events in the order in which they were seen. */
  add(events: readonly ClusterEvent[], incident: number): void
  /** Adds moments that hold all events up to now. */
  keep(moments: readonly Moment[]): void
  /** Makes or replaces it. In the file before it returns. */
  put(incident: Incident): void
  /** The id for the next incident. */
  nextIncident(): number
  /** How far the present watch reaches, or that it has ended; one with another `from` begins anew. */
  watch(watched: Watched): void
  /** Writes what is not written yet. */
  flush(): void
  close(): void
}

/**
 * Restarts that were announced for one cluster. Whoever writes the history reads it, whichever process was told: a window may announce while `inspect --record` writes.
 */
export interface PlanBook {
  /** Those that are kept, ended ones too. Never throws: what cannot be read is put aside, told once (`onProblem`), and none is kept. */
  list(): readonly Plan[]
  /** In place of all. On the disk before it returns; throws where it cannot be written. */
  keep(plans: readonly Plan[]): void
}

/** `null`: somebody else writes this cluster's history now (`highwater watch --record`, another window's process): then it is only read. */
export interface HistoryFiles {
  /** By Kafka's id of the cluster; where it tells none by the saved one's. */
  write(owner: { readonly cluster: string; readonly clusterId: string }): HistoryWriter | null
  read(owner: { readonly cluster: string; readonly clusterId: string }): HistoryReader
  plans(owner: { readonly cluster: string; readonly clusterId: string }): PlanBook
}
