import type { Watch } from '../contract/ipc'
import type { LagSeries } from '../contract/live'
import { subjectOf } from '../contract/subject'
import { SampleRing } from './sample-ring'
import type { SampleEvent } from './sample-ring'

export interface SampleStoreOptions {
  /** How far back charts reach. */
  readonly capacityMs?: number
  readonly stepMs?: number
  /**
   * Lines of all partition subjects together; at 15 min in steps of 2 s a full one costs 5.4 KB, so 4,600 are 25 MB.
   */
  readonly partitionLines?: number
}

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
  /** Partition lines held now. */
  readonly partitionLines: number
}

/**
 * Lag of the last 15 minutes in memory. Topics, brokers and the cluster are always kept; partitions up to a bound, the
 * one not sampled for longest going first. Lost when the program ends: these are charts, not records.
 */
export function createSampleStore(options: SampleStoreOptions = {}): SampleStore {
  const { capacityMs = 900_000, stepMs = 2000, partitionLines: bound = 4600 } = options
  const capacity = Math.max(1, Math.ceil(capacityMs / stepMs))
  const aggregates = new Map<string, SampleRing>()
  /** In the order of their last sample, oldest first. */
  const partitions = new Map<string, SampleRing>()
  let kept: ReadonlySet<string> = new Set()
  let lines = 0

  const ringOf = (subject: Watch): SampleRing => {
    const rings = subject.kind === 'partition' ? partitions : aggregates
    const key = subjectOf(subject)
    const ring = rings.get(key) ?? new SampleRing(capacity, stepMs)
    if (subject.kind === 'partition') partitions.delete(key)
    rings.set(key, ring)
    return ring
  }

  const makeRoom = (latest: string): void => {
    for (const [key, ring] of partitions) {
      if (lines <= bound) return
      if (key === latest || kept.has(key)) continue
      partitions.delete(key)
      lines -= ring.lines
    }
  }

  return {
    append(subject, at, ids, lagRecords, lateMs) {
      if (subject.kind === 'none') return
      const ring = ringOf(subject)
      const before = ring.lines
      ring.add(at, ids, lagRecords, lateMs)
      if (subject.kind !== 'partition') return
      lines += ring.lines - before
      if (lines > bound) makeRoom(subjectOf(subject))
    },
    event(subject, event) {
      const key = subjectOf(subject)
      // A subject without samples has no chart to mark, and a dead broker makes events for thousands of partitions at
      // once.
      const ring = partitions.get(key) ?? aggregates.get(key)
      ring?.event(event)
    },
    keep(subjects) {
      kept = new Set(Array.from(subjects, subjectOf))
    },
    read(subject, evictionWindowMs, now) {
      const key = subjectOf(subject)
      const ring = partitions.get(key) ?? aggregates.get(key) ?? new SampleRing(1, stepMs)
      return { subject: key, ...ring.read(now - capacityMs), evictionWindowMs }
    },
    get partitionLines() {
      return lines
    },
  }
}
