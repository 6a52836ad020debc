import type { ClusterState } from './elections'
import type { BrokerTruth, FaultPartition, Moment } from './fault-case'
import { replicaKey, serves } from './fault-case'

const WRITTEN = 40

/** The log end of every replica: leaders take in records, followers have them too but those that are late, stand still or come after. */
export class LogEnds {
  private readonly ends = new Map<string, number>()

  constructor(private readonly partitions: readonly FaultPartition[]) {}

  of(partition: number, broker: number): number {
    return this.ends.get(replicaKey(partition, broker)) ?? 0
  }

  /** Some time goes by. */
  grow(moment: Moment, state: ClusterState): void {
    const brokers = new Map(moment.brokers.map((broker) => [broker.id, broker]))
    const lives = (id: number): boolean => serves(brokers.get(id)!)
    this.partitions.forEach(({ replicas }, at) => {
      const { leader } = state[at]!
      if (leader < 0 || !lives(leader)) return
      const end = this.of(at, leader) + WRITTEN
      for (const broker of replicas) {
        const key = replicaKey(at, broker)
        if (lives(broker) && !moment.lostDirectories.has(key))
          this.ends.set(key, broker === leader ? end : this.follow(moment, key, end))
      }
    })
  }

  /** What an unclean leader has not is cut off. */
  private follow({ fetching }: Moment, key: string, end: number): number {
    const own = Math.min(this.ends.get(key) ?? 0, end)
    const how = fetching.get(key)
    if (how === undefined) return end
    return how === 'catching-up' ? own + Math.ceil((end - own) * 0.6) : own
  }
}

/** Whose replica can be read: it serves, was heard, and its directory did not fail. */
export const isReadable = (moment: Moment, broker: BrokerTruth, partition: number): boolean =>
  serves(broker) && broker.listener && broker.heard && !moment.lostDirectories.has(replicaKey(partition, broker.id))
