import { counts } from '../answers/reassignments'
import { HEALTHY } from '../../shared/states'
import type { Sliced } from '../slices'
import type { Reading, Topology } from '../topology/reading'
import { findPartition } from '../topology/topology'
import type { PartitionFigures, PartitionSample } from './partition-sample'
import type { ToldPartitions } from './told-partitions'

/** Kept before trouble begins, and after it is over. */
const AROUND_MS = 60_000
/** Partitions whose figures are kept of one moment; those in the worst states go first. */
export const MOST_PARTITIONS = 1_000
const PER_PIECE = 50

/** A moment of all partitions. */
export interface Moment {
  readonly at: number
  readonly reading: Reading
  /** By row of the reading's topology. */
  readonly leader: { readonly [row: number]: number }
  readonly told: ToldPartitions
}

interface Past {
  readonly at: number
  readonly told: ToldPartitions
}

/** Which partitions' figures are kept: those in trouble, and for a minute before it and after. Moments come in order. */
export class AroundTrouble {
  private topology: Topology | null = null
  /** The last minute, oldest first. */
  private minute: Past[] = []
  /** Until when a partition is followed. */
  private readonly until = new Map<
    string,
    { readonly topic: string; readonly partition: number; readonly to: number }
  >();

  /** What is to be kept, of this moment and of those before it that are kept only now. */
  *observe(moment: Moment): Sliced<PartitionSample[]> {
    const { at, told, reading } = moment
    const { topology } = reading
    // Rows mean something else now.
    if (topology !== this.topology) this.minute = []
    this.topology = topology
    this.minute = this.minute.filter((past) => past.at < at && at - past.at <= AROUND_MS)
    const kept: PartitionSample[] = []
    const inTrouble = new Set<string>()
    for (const row of told.worst(MOST_PARTITIONS)) {
      const topic = topology.topicNames[topology.topicIndex[row]!]!
      const partition = topology.partition[row]!
      const key = `${topic}/${partition}`
      const take = (past: Past): void => {
        const figures = figuresOf(moment, past, row)
        if (figures !== null) kept.push({ at: past.at, topic, partition, ...figures })
      }
      if (!this.until.has(key)) for (const past of this.minute) take(past)
      take(moment)
      this.until.set(key, { topic, partition, to: at + AROUND_MS })
      inTrouble.add(key)
      if (inTrouble.size % PER_PIECE === 0) yield
    }
    yield* this.after(moment, inTrouble, kept)
    this.minute.push({ at, told })
    return kept
  }

  /** Those that were in trouble less than a minute ago. */
  private *after(moment: Moment, inTrouble: ReadonlySet<string>, kept: PartitionSample[]): Sliced<void> {
    let piece = 0
    for (const [key, { topic, partition, to }] of this.until) {
      if (inTrouble.has(key)) continue
      piece += 1
      if (piece % PER_PIECE === 0) yield
      const row = to < moment.at ? -1 : findPartition(moment.reading.topology, topic, partition)
      const figures = row < 0 ? null : figuresOf(moment, moment, row)
      if (row < 0) this.until.delete(key)
      else if (figures !== null) kept.push({ at: moment.at, topic, partition, ...figures })
    }
  }
}

/** null = not known. One that had nothing to tell was well, and its followers of now were not behind. */
function figuresOf({ reading, leader }: Moment, { told }: Past, row: number): PartitionFigures | null {
  const figures = told.of(row)
  if (figures !== undefined) return figures
  if (!told.isWhole) return null
  const { replicaStart, replicaBroker } = reading.topology
  const followers = []
  for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
    const broker = replicaBroker[replica]!
    if (broker !== leader[row] && counts(reading, replica)) followers.push({ broker, lagRecords: 0, lateMs: 0 })
  }
  return { state: HEALTHY, followers }
}
