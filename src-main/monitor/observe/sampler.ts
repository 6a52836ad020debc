import type { Watch } from '../../contract/ipc'
import type { Clock } from '../../ports/clock'
import type { SampleStore } from '../../ports/samples'
import { HEALTHY } from '../../shared/states'
import type { Picture } from '../judge/picture'
import { chartPoint, type ChartSource } from './chart-point'
import type { LiveView } from './live-view'

/** Below these sizes everything is sampled, above only what is in trouble or watched. */
const ALL_REPLICAS = 4_600
const ALL_TOPICS = 300
/** Partitions sampled in one go when half a cluster is in trouble. */
const TROUBLED_AT_MOST = 300
const EVERY_MS = 1_000

/** Feeds the sample store at every picture: what is watched every time, the rest once a second. */
export class Sampler {
  private allAt = Number.NaN

  constructor(
    private readonly clock: Clock,
    private readonly store: Pick<SampleStore, 'append' | 'keep'>,
    private readonly live: () => LiveView | null,
    private readonly watched: () => readonly Watch[],
  ) {}

  observe(picture: Picture): void {
    const view = this.live()
    if (view === null) return
    const watched = this.watched()
    const { reading, facts } = view
    const source = { reading, facts, summary: picture.summary, now: this.clock.now() }
    for (const watch of watched) this.sample(source, watch)
    if (source.now - this.allAt < EVERY_MS) return
    this.allAt = source.now
    this.sample(source, { kind: 'cluster' })
    for (const { id } of source.summary.brokers) this.sample(source, { kind: 'broker', broker: id })
    this.samplePartitions(picture, source, watched)
  }

  private sample(source: ChartSource, watch: Watch): void {
    const point = chartPoint(source, watch)
    if (point !== null) this.store.append(watch, point.at, point.lines, point.lagRecords, point.lateMs)
  }

  private samplePartitions(picture: Picture, source: ChartSource, watched: readonly Watch[]): void {
    const { topicNames, topicIndex, partition, replicaBroker } = picture.topology
    const { state } = picture.columns
    const all = replicaBroker.length <= ALL_REPLICAS
    const troubledOnes: Watch[] = []
    const topics = new Set<number>()
    for (let row = 0; row < partition.length; row += 1) {
      const troubled = state[row] !== HEALTHY
      if (!all && !troubled) continue
      if (!all && troubledOnes.length >= TROUBLED_AT_MOST) break
      const subject: Watch = { kind: 'partition', topic: topicNames[topicIndex[row]!]!, partition: partition[row]! }
      this.sample(source, subject)
      if (troubled) {
        troubledOnes.push(subject)
        topics.add(topicIndex[row]!)
      }
    }
    this.store.keep([...watched, ...troubledOnes])
    const sampled = topicNames.length <= ALL_TOPICS ? topicNames.keys() : topics
    for (const topic of sampled) this.sample(source, { kind: 'topic', topic: topicNames[topic]! })
  }
}
