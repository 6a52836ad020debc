import type { ElectionFate, ElectionItem, ElectionPlan } from '../../../contract/change'
import { REPLICA_OFFLINE } from '../../../domain/topology/columns'
import { isInSync } from '../../../domain/lag/lateness'
import type { BrokerFacts, Reading } from '../../../domain/topology/reading'
import { Presences } from '../../../domain/state/presences'
import { findPartition } from '../../../domain/topology/topic-index'
import type { ElectionDraft } from '../../../shared/draft'
import { KafkaError } from '../../../shared/kafka-codes'
import { preferredLeader } from '../../../shared/preferred-leader'

export interface PlannedElection {
  /** In the order of the draft, each partition once. */
  readonly items: readonly ElectionItem[]
  readonly leaders: ElectionPlan['leaders']
}

/**
 * A preferred election makes the first replica leader if it is live and in the ISR, else it answers PREFERRED_LEADER_NOT_AVAILABLE and changes nothing
 * (ReplicationControlManager.electLeader with ElectionType.PREFERRED).
 */
function fateOf(reading: Reading, row: number, preferred: number, presences: Presences): ElectionFate {
  const leader = reading.leader[row]!
  if (reading.metadataError[row] === KafkaError.UNKNOWN_TOPIC_OR_PARTITION) return 'gone'
  if (leader < 0) return 'offline'
  if (leader === preferred) return 'already'
  const replica = reading.topology.replicaStart[row]!
  if (preferred < 0 || !isInSync(reading, replica)) return 'not-in-sync'
  return presences.isSilent(preferred) || (reading.replicaFlags[replica]! & REPLICA_OFFLINE) !== 0
    ? 'preferred-silent'
    : 'moves'
}

/** Leaders of all partitions of the cluster per broker, brokers by id, before and after the moves. */
function leadersOf(reading: Reading, items: readonly ElectionItem[]): ElectionPlan['leaders'] {
  const before = new Map(reading.brokers.map(({ id }) => [id, 0]))
  for (const leader of reading.leader) if (leader >= 0) before.set(leader, (before.get(leader) ?? 0) + 1)
  const after = new Map(before)
  for (const { fate, leader, preferred } of items) {
    if (fate !== 'moves') continue
    after.set(leader, (after.get(leader) ?? 0) - 1)
    after.set(preferred, (after.get(preferred) ?? 0) + 1)
  }
  return [...after.keys()]
    .sort((a, b) => a - b)
    .map((broker) => ({ broker, before: before.get(broker) ?? 0, after: after.get(broker)! }))
}

/** What a preferred election of these partitions does now, from the reading alone. `facts`: which brokers answer us. */
export function planElection(
  reading: Reading,
  facts: ReadonlyMap<number, BrokerFacts>,
  partitions: ElectionDraft['partitions'],
): PlannedElection {
  const presences = new Presences(facts)
  const items: ElectionItem[] = []
  const seen = new Map<string, Set<number>>()
  for (const { topic, partitions: numbers } of partitions) {
    let taken = seen.get(topic)
    if (taken === undefined) seen.set(topic, (taken = new Set()))
    for (const partition of numbers) {
      if (taken.has(partition)) continue
      taken.add(partition)
      const row = findPartition(reading.topology, topic, partition)
      if (row < 0) items.push({ topic, partition, leader: -1, preferred: -1, fate: 'gone' })
      else {
        const preferred = preferredLeader(reading.topology, row)
        items.push({
          topic,
          partition,
          leader: reading.leader[row]!,
          preferred,
          fate: fateOf(reading, row, preferred, presences),
        })
      }
    }
  }
  return { items, leaders: leadersOf(reading, items) }
}
