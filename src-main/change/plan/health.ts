/** Partitions of a change's topics that refuse acks=all or have no leader, to see what got worse while a change is being carried out. */
import type { Plan } from '../../contract/change'
import { effectiveMinInSyncReplicas } from '../../domain/state/min-isr'
import { topicRows } from '../../domain/topology/topic-index'
import { itemKey } from '../book/fold'
import type { LiveCluster } from '../../ports/live-cluster'
import { eachWriteState, minIsrByReading, minIsrFromText } from './writes'
import { itemsOfPlan } from './plan-items'
import type { MinIsrOf } from './writes'
import type { Phrase } from '../../shared/words/phrase'

interface AilingPartition {
  readonly topic: string
  readonly partition: number
  readonly state: 'under-min-isr' | 'offline'
}

/** By itemKey. */
export type Ailing = ReadonlyMap<string, AilingPartition>

/** The plan's own min.insync.replicas where it touches that key, else what the monitor read. */
function minIsrWith(cluster: LiveCluster, plan: Plan, side: 'before' | 'after'): MinIsrOf {
  const told = new Map(
    itemsOfPlan(plan)
      .filter(({ key }) => key === 'min.insync.replicas')
      .map((item) => [plan.topics[item.topic]!, minIsrFromText(item[side].value)]),
  )
  return (topic) => {
    const own = told.get(topic) ?? -1
    const reading = cluster.reading()
    return own >= 0 || reading === null ? own : minIsrByReading(reading)(topic)
  }
}

/** min.insync.replicas per topic once the plan holds. */
export const plannedMinIsr = (cluster: LiveCluster, plan: Plan): MinIsrOf => minIsrWith(cluster, plan, 'after')

/** Which partitions refused writes or had no leader when the plan was made, with min ISR as it was then. */
export function ailingAtPlan(cluster: LiveCluster, plan: Plan): Ailing {
  const minIsrOf = minIsrWith(cluster, plan, 'before')
  const ailing = new Map<string, AilingPartition>()
  const reading = cluster.reading()
  if (reading === null) return ailing
  const { topology } = reading
  plan.topics.forEach((topic, at) => {
    const row = topicRows(topology).get(topic)
    if (row === undefined) return
    plan.replication[at]!.forEach((state, index) => {
      const [leader = '', isr = ''] = state.split('>')
      const place = topology.topicStart[row]! + index
      const partition = topology.partition[place]
      if (partition === undefined) return
      const replicas = topology.replicaStart[place + 1]! - topology.replicaStart[place]!
      const least = effectiveMinInSyncReplicas(minIsrOf(topic), replicas, cluster.settings().version)
      if (leader === '-') ailing.set(itemKey(topic, partition), { topic, partition, state: 'offline' })
      else if (isr.split(',').length < least)
        ailing.set(itemKey(topic, partition), { topic, partition, state: 'under-min-isr' })
    })
  })
  return ailing
}

export function ailingNow(cluster: LiveCluster, topics: readonly string[], minIsrOf: MinIsrOf): Ailing {
  const ailing = new Map<string, AilingPartition>()
  const reading = cluster.reading()
  if (reading === null) return ailing
  eachWriteState(reading, topics, minIsrOf, cluster.settings().version, (topic, partition, state) => {
    if (state === 'refuses' || state === 'offline') {
      ailing.set(itemKey(topic, partition), {
        topic,
        partition,
        state: state === 'offline' ? 'offline' : 'under-min-isr',
      })
    }
  })
  return ailing
}

/** Those of `now` that were not in `before`, or that have gone from refusing writes to being offline. */
export const worsened = (before: Ailing, now: Ailing): Ailing =>
  new Map(
    [...now].filter(([key, { state }]) => {
      const was = before.get(key)?.state
      return was === undefined || (was === 'under-min-isr' && state === 'offline')
    }),
  )

/** The first partition that got worse; null = none did. */
export function whyWorse(before: Ailing, now: Ailing): Phrase | null {
  const [worst] = worsened(before, now).values()
  if (worst === undefined) return null
  const { topic, partition, state } = worst
  return { id: state === 'offline' ? 'stop.offline' : 'stop.under-min-isr', args: { topic, partition } }
}
