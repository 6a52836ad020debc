/** Where lag is remembered for the charts; history/samples.ts is the real one. */
import type { Watch } from '../contract/ipc'
import type { LagSeries } from '../contract/live'

export type SampleEvent = LagSeries['events'][number]

export interface SampleStore {
  /**
   * Adds one sample of a subject: its lines (broker ids, -1 = sum) with lag in records and in ms, arrays of one length.
   * NaN = unknown.
   */
  append(
    subject: Watch,
    at: number,
    lines: ArrayLike<number>,
    lagRecords: ArrayLike<number>,
    lateMs: ArrayLike<number>,
  ): void
  event(subject: Watch, event: SampleEvent): void
  /** Subjects that are not forgotten to make room: troubled and watched ones. Replaces the earlier set. */
  keep(subjects: Iterable<Watch>): void
  /**
   * Newest last; empty arrays when nothing is known. `evictionWindowMs` is not stored: it is the cluster's setting of
   * now.
   */
  read(subject: Watch, evictionWindowMs: number, now: number): LagSeries
}
