import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import type { Reading } from '../../domain/topology/reading'
import { findPartition, findReplica } from '../../domain/topology/topology'
import type { ElrAnswer } from '../../ports/cluster-port'
import type { PollParts } from '../poll/tick'
import { limitReason } from '../poll/limits'

const AGAIN_MS = 2_000
const TOPICS_AT_MOST = 50

/**
 * Topic rows with a partition whose ISR is below the effective min ISR: only there Kafka keeps an ELR (KIP-966, PartitionChangeBuilder.java). A min
 * ISR that is not known could be any.
 */
export function elrTopics(reading: Reading): number[] {
  const { replicaStart, topicIndex } = reading.topology
  const topics = new Set<number>()
  for (let row = 0; row < topicIndex.length; row += 1) {
    const replicas = replicaStart[row + 1]! - replicaStart[row]!
    let inSync = 0
    for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica += 1)
      inSync += reading.replicaFlags[replica]! & REPLICA_IN_SYNC
    if (inSync === replicas) continue
    const min = reading.minInSyncReplicas[topicIndex[row]!]!
    if (min < 0 || inSync < Math.min(min, replicas)) topics.add(topicIndex[row]!)
  }
  return [...topics]
}

function clear(reading: Reading, topic: number): void {
  const { topicStart, replicaStart } = reading.topology
  reading.replicaElr.fill(0, replicaStart[topicStart[topic]!], replicaStart[topicStart[topic + 1]!])
}

function write(reading: Reading, topics: readonly number[], { partitions }: ElrAnswer): void {
  for (const topic of topics) clear(reading, topic)
  for (const { topic, partition, elr } of partitions) {
    const row = findPartition(reading.topology, topic, partition)
    if (row < 0) continue
    for (const broker of elr) {
      const replica = findReplica(reading.topology, row, broker)
      if (replica >= 0) reading.replicaElr[replica] = 1
    }
  }
}

/** Keeps `reading.replicaElr` for the topics that may have one, 50 at a time in turn; cleared where the ISR is large enough again. */
export class ElrReader {
  private askedAt = Number.NaN
  private cursor = 0
  private turn = 0

  constructor(private readonly parts: PollParts) {}

  async pump(enabled: boolean): Promise<void> {
    const { clock, limits, pool, state } = this.parts
    const now = clock.now()
    if (!enabled || state.book === null || now - this.askedAt < AGAIN_MS || !limits.mayAsk('elr', now)) return
    this.askedAt = now
    const { book } = state
    const { reading } = book
    const topics = elrTopics(reading)
    const may = new Set(topics)
    for (let topic = 0; topic < reading.topology.topicNames.length; topic += 1)
      if (!may.has(topic)) clear(reading, topic)
    if (topics.length === 0) return
    const from = this.cursor % topics.length
    const asked = [...topics.slice(from), ...topics.slice(0, from)].slice(0, TOPICS_AT_MOST)
    const lanes = pool.answering()
    const lane = lanes[this.turn % Math.max(1, lanes.length)]
    this.turn += 1
    if (lane === undefined) return
    try {
      const names = asked.map((topic) => reading.topology.topicNames[topic]!)
      const { value } = await lane.ask('elr', (link, timeoutMs) => link.elr(names, timeoutMs))
      this.cursor = from + asked.length
      if (state.book !== book) return
      limits.turnOn('elr')
      write(reading, asked, value)
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff('elr', reason, now)
    }
  }
}
