import type { Effect } from '../../../contract/change'
import { Says } from './effect'
import { Found } from './found'
import type { Guard, GuardFacts } from './guard'

export type BusyFacts = Pick<GuardFacts, 'metadataAt' | 'offline' | 'reassignments' | 'topics'>

/** Also asked by elections. Counts partitions of the whole cluster. */
export function busyEffects({ metadataAt, offline, reassignments, topics }: BusyFacts): readonly Effect[] {
  const withoutLeader = new Found()
  for (const { topic, partition } of offline) withoutLeader.add(topic, partition)
  const metadata = new Says('busy-cluster', topics).asOf(metadataAt)
  metadata.add('offline', 'warn', withoutLeader)

  const moving = new Found()
  const listed = new Says('busy-cluster', topics)
  if (reassignments.known) {
    for (const { topic, partition } of reassignments.value) moving.add(topic, partition)
    listed.asOf(reassignments.readAt).add('reassigning', 'warn', moving)
  } else listed.unknown('reassignments-unknown', ...reassignments.reasons)
  return [...metadata.effects(), ...listed.effects()]
}

/** While replicas move or partitions are offline, nobody can tell later whether a change or the other trouble was the cause. */
export const busyCluster: Guard = {
  rule: 'busy-cluster',
  keys: 'any',
  needs: () => ['reassignments'],
  judge: busyEffects,
}
