import type { ElrRead } from '../../domain/quorum/short-isr'
import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import type { Reading } from '../../domain/topology/reading'
import type { TopologyEpoch } from '../reading/answers'
import type { PollParts } from '../poll/tick'
import { limitReason } from '../../ports/limit-reason'

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

/** Keeps `reading.replicaElr` and `reading.lastKnownLeader` for the topics that may have one, 50 at a time in turn; cleared where the ISR is large enough again. */
export class ElrReader {
  private askedAt = Number.NaN
  private cursor = 0
  private turn = 0
  /** By topic name: of those that may have one, when it was read last. */
  private readonly read = new Map<string, ElrRead>()

  constructor(private readonly parts: PollParts) {}

  /** undefined = the ELRs of this topic were not read, or have no need to be. */
  readOf(topic: string): ElrRead | undefined {
    return this.read.get(topic)
  }

  /** `enabled`: whether the cluster keeps ELRs, null = not known: nobody is asked then. */
  async pump(enabled: boolean | null): Promise<void> {
    const { clock, limits, reading } = this.parts
    const { epoch } = reading
    const now = clock.now()
    if (enabled !== true || epoch === null || now - this.askedAt < AGAIN_MS || !limits.mayAsk('elr', now)) return
    this.askedAt = now
    const topics = elrTopics(epoch.reading)
    const names = new Set(topics.map((topic) => epoch.reading.topology.topicNames[topic]!))
    for (const name of this.read.keys()) if (!names.has(name)) this.read.delete(name)
    await this.clearOthers(epoch, topics)
    if (topics.length > 0) await this.ask(epoch, topics, now)
  }

  private async clearOthers(of: TopologyEpoch, topics: readonly number[]): Promise<void> {
    const { replicaElr, lastKnownLeader, topology } = of.reading
    if (!replicaElr.includes(1) && !lastKnownLeader.some((broker) => broker >= 0)) return
    const may = new Set(topics)
    const others = Array.from(topology.topicNames.keys()).filter((topic) => !may.has(topic))
    await this.parts.reading.apply({ kind: 'elr', of, topics: others, partitions: [] })
  }

  private async ask(of: TopologyEpoch, topics: readonly number[], now: number): Promise<void> {
    const { limits, pool, reading } = this.parts
    const from = this.cursor % topics.length
    const asked = [...topics.slice(from), ...topics.slice(0, from)].slice(0, TOPICS_AT_MOST)
    const lane = pool.inTurn(this.turn, reading.metadata.stale)
    this.turn += 1
    if (lane === undefined) return
    try {
      const names = asked.map((topic) => of.reading.topology.topicNames[topic]!)
      const { value, readAt } = await lane.ask('elr', (link, timeoutMs) => link.elr(names, timeoutMs))
      this.cursor = from + asked.length
      const { taken } = await reading.apply({ kind: 'elr', of, topics: asked, partitions: value.partitions })
      if (!taken) return
      limits.turnOn('elr')
      for (const name of names) this.read.set(name, { at: readAt, broker: lane.address.id })
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff('elr', reason, now)
    }
  }
}
