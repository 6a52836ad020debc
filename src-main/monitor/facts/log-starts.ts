import { findPartition } from '../../domain/topology/topology'
import type { Clock } from '../../ports/clock'
import type { Monitor } from '../monitor'

const AGAIN_MS = 5_000

/** Log start offset of the one partition that is watched, read every 5 s from its leader: retention moves it in large steps. */
export class LogStarts {
  /** NaN = not read yet, or refused. */
  value = Number.NaN
  private wanted: { readonly topic: string; readonly partition: number } | null = null
  private askedAt = Number.NaN

  constructor(
    private readonly clock: Clock,
    private readonly monitor: Monitor,
  ) {}

  want(topic: string, partition: number): void {
    if (this.wanted?.topic === topic && this.wanted.partition === partition) return
    this.wanted = { topic, partition }
    this.value = Number.NaN
    this.askedAt = Number.NaN
    this.pump()
  }

  pump(): void {
    const { wanted } = this
    const book = this.monitor.state.book
    if (wanted === null || book === null || this.clock.now() - this.askedAt < AGAIN_MS) return
    const row = findPartition(book.reading.topology, wanted.topic, wanted.partition)
    const lane = row < 0 ? undefined : this.monitor.pool.get(book.reading.leader[row]!)
    if (lane?.connected === undefined || lane.connected === null) return
    this.askedAt = this.clock.now()
    const rows = {
      topicNames: [wanted.topic],
      topicIndex: Uint32Array.of(0),
      partition: Int32Array.of(wanted.partition),
    }
    lane
      .ask('high-watermark', (link, timeoutMs) => link.offsets({ what: 'log-start', rows, from: 0, to: 1 }, timeoutMs))
      .then(({ value }) => {
        if (this.wanted === wanted) this.value = value.offset[0] ?? Number.NaN
      })
      .catch(() => undefined)
  }
}
