import { LATE_AFTER_MS, isInSync, isLate } from '../lag/lateness'
import type { WritableReading } from '../topology/reading'

export const THROTTLED_FOLLOWERS = 'follower.replication.throttled.replicas'
export const THROTTLED_LEADERS = 'leader.replication.throttled.replicas'

/** Brokers that have a rate, by the side it limits. */
export interface ThrottleRates {
  readonly followers: ReadonlySet<number>
  readonly leaders: ReadonlySet<number>
}

/** Reads a list once: a reassignment tool lists every replica of a topic, and each of them is looked for. */
function listed(value: string): (partition: number, broker: number) => boolean {
  if (value === '*') return () => true
  const entries = new Set(value.split(',').map((entry) => entry.trim()))
  return (partition, broker) => entries.has(`${partition}:${broker}`)
}

/**
 * Writes `reading.throttled` (P rows): 1 where a follower fetches under a throttle, its own or its leader's. To avoid thrashing Kafka holds nobody back who
 * is in step: a leader only whoever is out of the ISR (ReplicaManager.shouldLeaderThrottle), a follower itself only where it is not at the high
 * watermark, which also a member of the ISR is not before its first fetch under a new leader (PartitionFetchState.isReplicaInSync; seen on 4.4.0), so that it is
 * late. Topics whose lists are not told have none. Answers the brokers whose own fetching is limited for at least one replica.
 */
export function applyThrottles(reading: WritableReading, rates: ThrottleRates): ReadonlySet<number> {
  const { topicStart, partition, replicaStart, replicaBroker } = reading.topology
  const slowed = new Set<number>()
  reading.throttled.fill(0)
  if (rates.followers.size === 0 && rates.leaders.size === 0) return slowed
  for (const [topic, lists] of reading.throttleLists.entries()) {
    if (lists === null || (lists.followers === '' && lists.leaders === '')) continue
    const { followers, leaders } = lists
    const isFollower = listed(followers)
    const isLeader = listed(leaders)
    for (let row = topicStart[topic]!; row < topicStart[topic + 1]!; row++) {
      const leader = reading.leader[row]!
      const leaderHolds = rates.leaders.has(leader) && isLeader(partition[row]!, leader)
      for (let replica = replicaStart[row]!; replica < replicaStart[row + 1]!; replica++) {
        const broker = replicaBroker[replica]!
        const out = !isInSync(reading, replica)
        if (broker === leader || (!out && !isLate(reading, replica, LATE_AFTER_MS))) continue
        if (leaderHolds && out) reading.throttled[row] = 1
        if (!rates.followers.has(broker) || !isFollower(partition[row]!, broker)) continue
        reading.throttled[row] = 1
        slowed.add(broker)
      }
    }
  }
  return slowed
}
