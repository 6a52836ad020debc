import type { Watch } from '../contract/ipc'
import { subjectOf } from '../contract/subject'
import type { SampleStore } from '../ports/samples'
import { SampleRing } from './sample-ring'

export interface SampleStoreOptions {
  /** How far back charts reach. */
  readonly capacityMs?: number
  readonly stepMs?: number
  /**
   * Lines of all partition subjects together; at 15 min in steps of 2 s a full one costs 5.4 KB, so 4,600 are 25 MB.
   */
  readonly partitionLines?: number
}

/** Fills the port; tells for its bound how many partition lines it holds now. */
interface BoundedSamples extends SampleStore {
  readonly partitionLines: number
}

/**
 * Lag of the last 15 minutes in memory. Topics, brokers and the cluster are always kept; partitions up to a bound, the
 * one not sampled for longest going first. Lost when the program ends: these are charts, not records.
 */
export function createSampleStore(options: SampleStoreOptions = {}): BoundedSamples {
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
