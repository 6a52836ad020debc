import type { Watch } from '../../contract/ipc'
import type { LagSeries } from '../../contract/live'
import { HEALTHY } from '../../shared/states'
import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import { chartPoint, type ChartSource } from './chart-point'
import type { Picture } from '../judge/picture'

/** Where lag is remembered for the charts; history/samples fits. */
export interface SampleStore {
  append(
    subject: Watch,
    at: number,
    lines: ArrayLike<number>,
    lagRecords: ArrayLike<number>,
    lateMs: ArrayLike<number>,
  ): void
  event(subject: Watch, event: LagSeries['events'][number]): void
  keep(subjects: Iterable<Watch>): void
  read(subject: Watch, evictionWindowMs: number, now: number): LagSeries
}

/** Below these sizes everything is sampled, above only what is in trouble or watched. */
const ALL_REPLICAS = 4_600
const ALL_TOPICS = 300
/** Partitions sampled in one go when half a cluster is in trouble. */
const TROUBLED_AT_MOST = 300
const EVERY_MS = 1_000
const EVENTS_AT_MOST = 2_000

/** Feeds the sample store from published pictures: the watched subject every time, the rest once a second. */
export class Sampler {
  private allAt = Number.NaN
  private bookOf: Picture['book'] | null = null

  constructor(private readonly store: SampleStore) {}

  add(picture: Picture, source: ChartSource, watch: Watch): void {
    const firstOfBook = this.bookOf !== picture.book
    this.bookOf = picture.book
    // The first picture of a book has nothing to be compared with.
    if (!firstOfBook) this.noteEvents(picture, source.now)
    this.sample(source, watch)
    if (source.now - this.allAt < EVERY_MS) return
    this.allAt = source.now
    this.sample(source, { kind: 'cluster' })
    for (const { id } of source.summary.brokers) this.sample(source, { kind: 'broker', broker: id })
    this.samplePartitions(picture, source, watch)
  }

  read(watch: Watch, evictionWindowMs: number, now: number): LagSeries {
    return this.store.read(watch, evictionWindowMs, now)
  }

  private sample(source: ChartSource, watch: Watch): void {
    const point = chartPoint(source, watch)
    if (point !== null) this.store.append(watch, point.at, point.lines, point.lagRecords, point.lateMs)
  }

  private samplePartitions(picture: Picture, source: ChartSource, watch: Watch): void {
    const { topicNames, topicIndex, partition, replicaBroker } = source.reading.topology
    const { state } = picture.columns
    const all = replicaBroker.length <= ALL_REPLICAS
    const kept: Watch[] = [watch]
    const topics = new Set<number>()
    for (let row = 0; row < partition.length; row += 1) {
      const troubled = state[row] !== HEALTHY
      if (!all && !troubled) continue
      if (!all && kept.length > TROUBLED_AT_MOST) break
      const subject: Watch = { kind: 'partition', topic: topicNames[topicIndex[row]!]!, partition: partition[row]! }
      this.sample(source, subject)
      if (troubled) {
        kept.push(subject)
        topics.add(topicIndex[row]!)
      }
    }
    this.store.keep(kept)
    const sampled = topicNames.length <= ALL_TOPICS ? topicNames.keys() : topics
    for (const topic of sampled) this.sample(source, { kind: 'topic', topic: topicNames[topic]! })
  }

  private noteEvents(picture: Picture, at: number): void {
    const { topicNames, topicIndex, partition, replicaStart, replicaBroker } = picture.book.reading.topology
    const { before } = picture
    for (const row of picture.changed.subarray(0, EVENTS_AT_MOST)) {
      const subject: Watch = { kind: 'partition', topic: topicNames[topicIndex[row]!]!, partition: partition[row]! }
      const leader = picture.columns.leader[row]!
      if (leader !== before.columns.leader[row] && leader >= 0)
        this.store.event(subject, { at, line: leader, kind: 'leader' })
      for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
        const is = picture.replicaFlags[replica]! & REPLICA_IN_SYNC
        if (is === (before.replicaFlags[replica]! & REPLICA_IN_SYNC)) continue
        this.store.event(subject, { at, line: replicaBroker[replica]!, kind: is === 0 ? 'left-isr' : 'joined-isr' })
      }
    }
  }
}
