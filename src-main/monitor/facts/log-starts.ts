import { findPartition } from '../../domain/topology/topology'
import { isAuthorizationError } from '../../shared/kafka-codes'
import { AGAIN_MS as REFUSED_AGAIN_MS } from '../poll/limits'
import type { PollParts } from '../poll/tick'

const AGAIN_MS = 5_000

interface Wanted {
  readonly topic: string
  readonly partition: number
  /** NaN = not read yet, or refused. */
  value: number
  /** When to ask again, NaN = now. */
  dueAt: number
}

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`

/** Log start offsets of the partitions that are watched, each read every 5 s from its leader: retention moves them in large steps. */
export class LogStarts {
  private wanted = new Map<string, Wanted>()

  constructor(private readonly parts: Pick<PollParts, 'clock' | 'pool' | 'reading'>) {}

  /** NaN = not read yet, refused, or not wanted. */
  of(topic: string, partition: number): number {
    return this.wanted.get(keyOf(topic, partition))?.value ?? Number.NaN
  }

  /** These and no others. What is new among them is asked for at once. */
  want(partitions: readonly { readonly topic: string; readonly partition: number }[]): void {
    const before = this.wanted
    this.wanted = new Map(
      partitions.map(({ topic, partition }) => {
        const key = keyOf(topic, partition)
        return [key, before.get(key) ?? { topic, partition, value: Number.NaN, dueAt: Number.NaN }]
      }),
    )
    this.pump()
  }

  pump(): void {
    for (const one of this.wanted.values()) if (!(this.parts.clock.now() < one.dueAt)) this.ask(one)
  }

  private ask(one: Wanted): void {
    const { clock, pool, reading } = this.parts
    const { epoch } = reading
    if (epoch === null) return
    const row = findPartition(epoch.reading.topology, one.topic, one.partition)
    const lane = row < 0 ? undefined : pool.get(epoch.reading.leader[row]!)
    if (lane?.connected === undefined || lane.connected === null) return
    one.dueAt = clock.now() + AGAIN_MS
    const rows = { topicNames: [one.topic], topicIndex: Uint32Array.of(0), partition: Int32Array.of(one.partition) }
    lane
      .ask('high-watermark', (link, timeoutMs) => link.offsets({ what: 'log-start', rows, from: 0, to: 1 }, timeoutMs))
      .then(({ value }) => {
        one.value = value.offset[0] ?? Number.NaN
        if (isAuthorizationError(value.errors[0] ?? 0)) one.dueAt = clock.now() + REFUSED_AGAIN_MS
      })
      .catch(() => undefined)
  }
}
