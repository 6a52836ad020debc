import type { Reading } from '../../domain/topology/reading'
import { REPLICA_IN_SYNC } from '../../domain/topology/columns'
import { topicRows } from '../../domain/topology/topic-index'

const listed = (brokers: number[]): string => brokers.sort((a, b) => a - b).join(',')

/**
 * Replication of one topic as a plan keeps it: per partition, in order of number, `leader>isr,isr` with the ISR sorted (its order changes by
 * itself, kafka-facts b) and `-` for no leader; where there are other replicas beside the ISR, `>` and all of them. null = the reading has no such
 * topic.
 */
export function replicationOf(reading: Reading, topic: string): readonly string[] | null {
  const row = topicRows(reading.topology).get(topic)
  if (row === undefined) return null
  const { topicStart, replicaStart, replicaBroker } = reading.topology
  const states: string[] = []
  for (let at = topicStart[row]!; at < topicStart[row + 1]!; at += 1) {
    const isr: number[] = []
    const [from, to] = [replicaStart[at]!, replicaStart[at + 1]!]
    for (let replica = from; replica < to; replica += 1) {
      if ((reading.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(replicaBroker[replica]!)
    }
    const leader = reading.leader[at]!
    const beside = isr.length === to - from ? '' : `>${listed([...replicaBroker.slice(from, to)])}`
    states.push(`${leader < 0 ? '-' : leader}>${listed(isr)}${beside}`)
  }
  return states
}

/** What effects stand on: whether there is a leader, who is in sync, and which replicas there are. A leader that moved inside the same ISR changes no effect. */
const weight = (state: string): string => state.replace(/^\d+>/, '+>')

/** Partitions whose state differs between plan and now, by index; a partition that is missing on one side is ''. */
export function replicationChanges(
  base: readonly string[],
  now: readonly string[],
): { readonly partition: number; readonly base: string; readonly now: string }[] {
  const changes: { partition: number; base: string; now: string }[] = []
  for (let partition = 0; partition < Math.max(base.length, now.length); partition += 1) {
    const [was = '', is = ''] = [base[partition], now[partition]]
    if (weight(was) !== weight(is)) changes.push({ partition, base: was, now: is })
  }
  return changes
}
