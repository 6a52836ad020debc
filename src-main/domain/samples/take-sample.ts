import { AT_MIN_ISR, HEALTHY, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED, UNKNOWN } from '../../shared/states'
import { counts } from '../answers/reassignments'
import { behindRecords } from '../lag/ahead'
import { isInSync, lateMs } from '../lag/lateness'
import type { JudgedColumns } from '../picture/partition-columns'
import type { Sliced } from '../slices'
import type { Presences } from '../state/presences'
import type { Reading } from '../topology/reading'
import type { FigureRow } from '../../contract/kept-samples'
import type { IsrChanges } from './isr-changes'
import type { LeaderEnds } from './leader-ends'
import type { FollowerLag } from './partition-sample'
import { PLACE, tells } from './sample'
import type { ClusterSample } from './sample'
import { Spread } from './spread'
import { ToldPartitions } from './told-partitions'

/** Well below a millisecond of work. */
const ROWS_PER_PIECE = 500

export interface SampleInput {
  readonly reading: Reading
  /** Judged of the same topology. */
  readonly columns: Pick<JudgedColumns, 'state' | 'leader'>
  readonly presences: Presences
  /** Brokers that Metadata lists, and those that hold a replica. */
  readonly brokers: readonly number[]
  readonly now: number
  /** Of the reading's topology; it takes the ends of now in. */
  readonly ends: LeaderEnds
  readonly isrChanges: IsrChanges
}

/** What is counted of one subject. */
class Sums {
  readonly records = new Spread()
  readonly late = new Spread()
  underReplicated = 0
  atMinIsr = 0
  underMinIsr = 0
  offline = 0
  unknown = 0
  recordsPerSecond = 0

  addState(state: number): void {
    if (state >= UNDER_REPLICATED) this.underReplicated += 1
    if (state === AT_MIN_ISR) this.atMinIsr += 1
    else if (state === UNDER_MIN_ISR) this.underMinIsr += 1
    else if (state === OFFLINE) this.offline += 1
    else if (state === UNKNOWN) this.unknown += 1
  }

  row(isrChanges: number): FigureRow {
    const row: number[] = []
    row[PLACE.lagRecords] = this.records.max
    row[PLACE.lagRecordsP95] = this.records.p95
    row[PLACE.lateMs] = this.late.max
    row[PLACE.lateMsP95] = this.late.p95
    row[PLACE.underReplicated] = this.underReplicated
    row[PLACE.atMinIsr] = this.atMinIsr
    row[PLACE.underMinIsr] = this.underMinIsr
    row[PLACE.offline] = this.offline
    row[PLACE.unknown] = this.unknown
    row[PLACE.recordsPerSecond] = this.recordsPerSecond
    row[PLACE.isrChanges] = isrChanges
    return row
  }

  clear(): void {
    this.records.clear()
    this.late.clear()
    this.underReplicated = this.atMinIsr = this.underMinIsr = this.offline = this.unknown = 0
    this.recordsPerSecond = 0
  }
}

export interface TakenSample extends ClusterSample {
  readonly told: ToldPartitions
}

/** One pass over all partitions, in pieces. */
export function* takeSample(input: SampleInput): Sliced<TakenSample> {
  const { reading, columns, presences, now, ends, isrChanges } = input
  const { topology } = reading
  const { topicNames, topicStart, replicaStart, replicaBroker } = topology
  const cluster = new Sums()
  const topic = new Sums()
  const brokers = new Map(input.brokers.map((id) => [id, new Sums()]))
  const topics = new Map<string, FigureRow>()
  const told = new ToldPartitions()
  let followers: FollowerLag[] = []
  let tellsOwn = false

  const addFollower = (replica: number, leader: number): void => {
    if (!counts(reading, replica)) return
    const broker = replicaBroker[replica]!
    const isSeen = leader >= 0 && !presences.isUnseen(leader) && !presences.isUnseen(broker)
    const behind = isSeen ? behindRecords(reading, replica) : Number.NaN
    const late = Number.isNaN(behind) ? Number.NaN : lateMs(reading, replica, now, presences.isUnanswered(broker))
    const records = late === 0 && isInSync(reading, replica) ? 0 : behind
    const own = brokers.get(broker)
    topic.records.add(records)
    topic.late.add(late)
    cluster.records.add(records)
    cluster.late.add(late)
    own?.records.add(records)
    own?.late.add(late)
    if (records !== 0 || late !== 0) tellsOwn = true
    followers.push({ broker, lagRecords: records, lateMs: late })
  }
  const addPartition = (row: number): void => {
    const leader = columns.leader[row]!
    const led = brokers.get(leader)
    const state = columns.state[row]!
    topic.addState(state)
    cluster.addState(state)
    led?.addState(state)
    let rate = Number.NaN
    if (followers.length > 0) followers = []
    tellsOwn = state !== HEALTHY
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1)
      if (replicaBroker[replica] === leader)
        rate = ends.rateOf(row, reading.logEndOffset[replica]!, reading.readAt[replica]!, now)
      else addFollower(replica, leader)
    if (tellsOwn && told.hasRoom(state)) told.add(row, { state, followers })
    topic.recordsPerSecond += rate
    cluster.recordsPerSecond += rate
    if (led !== undefined) led.recordsPerSecond += rate
  }

  for (let index = 0, piece = 0; index < topicNames.length; index += 1) {
    topic.clear()
    for (let row = topicStart[index]!; row < topicStart[index + 1]!; row += 1) {
      addPartition(row)
      piece += 1
      if (piece % ROWS_PER_PIECE === 0) yield
    }
    const name = topicNames[index]!
    const row = topic.row(isrChanges.topics.get(name) ?? 0)
    if (tells(row)) topics.set(name, row)
  }
  return {
    at: now,
    samples: 1,
    cluster: cluster.row(isrChanges.total),
    brokers: new Map(Array.from(brokers, ([id, sums]) => [id, sums.row(isrChanges.brokers.get(id) ?? 0)])),
    topics,
    told,
  }
}
