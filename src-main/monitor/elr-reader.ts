import { REPLICA_IN_SYNC } from '../domain/columns'
import type { Reading } from '../domain/reading'
import { findPartition } from '../domain/topology'
import type { BackgroundParts } from './background-parts'
import { limitReason } from './limits'

const AGAIN_MS = 2_000
const TOPICS_AT_MOST = 50

/** Topics with a partition whose ISR is short: only there an ELR can exist (KIP-966). */
export function shortIsrTopics(reading: Reading, atMost: number): readonly string[] {
  const { replicaStart, topicIndex, topicNames } = reading.topology
  const topics = new Set<number>()
  for (let row = 0; row < topicIndex.length && topics.size < atMost; row += 1) {
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
      if ((reading.replicaFlags[replica]! & REPLICA_IN_SYNC) === 0) topics.add(topicIndex[row]!)
    }
  }
  return [...topics].map((topic) => topicNames[topic]!)
}

/** Keeps `reading.replicaElr` for the topics in trouble; cleared where the ISR is whole again. */
export class ElrReader {
  private askedAt = Number.NaN
  private turn = 0

  constructor(private readonly parts: BackgroundParts) {}

  async pump(enabled: boolean): Promise<void> {
    const { clock, limits, pool, state } = this.parts
    const now = clock.now()
    if (!enabled || state.book === null || now - this.askedAt < AGAIN_MS || !limits.mayAsk('elr', now)) return
    this.askedAt = now
    const { book } = state
    const topics = shortIsrTopics(book.reading, TOPICS_AT_MOST)
    if (topics.length === 0) {
      book.reading.replicaElr.fill(0)
      return
    }
    const lanes = pool.answering()
    const lane = lanes[this.turn % Math.max(1, lanes.length)]
    this.turn += 1
    if (lane === undefined) return
    try {
      const { value } = await lane.ask('elr', (link, timeoutMs) => link.elr(topics, timeoutMs))
      if (state.book !== book) return
      limits.turnOn('elr')
      const { reading } = book
      const { replicaStart, replicaBroker } = reading.topology
      reading.replicaElr.fill(0)
      for (const { topic, partition, elr } of value.partitions) {
        const row = findPartition(reading.topology, topic, partition)
        if (row < 0) continue
        for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1) {
          if (elr.includes(replicaBroker[replica]!)) reading.replicaElr[replica] = 1
        }
      }
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff('elr', reason, now)
    }
  }
}
