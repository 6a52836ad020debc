/** Whether the cluster is still what a plan saw: overrides and replication of some of its topics, read again. */
import { topicIdOf } from '../../domain/topology/topic-index'
import type { ConfigPlan, Plan, PlanConflict, PlanItem } from '../../contract/change'
import type { TopicSettingsRead } from '../configs/read-topics'
import type { LiveCluster } from '../../ports/live-cluster'
import { replicationChanges, replicationOf } from './replication-state'
import { sameValue } from '../configs/config-text'
import { KafkaError } from '../../shared/kafka-codes'
import type { Phrase } from '../../shared/words/phrase'

export const NO_CONFLICT: PlanConflict = {
  kind: 'plan',
  config: [],
  replication: [],
  gone: [],
  anew: [],
  otherCluster: '',
}

export const isConflict = ({ config, replication, gone, anew, otherCluster }: PlanConflict): boolean =>
  config.length > 0 || replication.length > 0 || gone.length > 0 || anew.length > 0 || otherCluster !== ''

/** Kafka's own id of the cluster; '' where both are the same or one of them tells none. */
export function otherCluster(planned: string | null, cluster: LiveCluster): string {
  const now = cluster.clusterId()
  return planned !== null && now !== null && planned !== now ? now : ''
}

/** Whether the name is another topic's than the one with this id; false where either id is not told. */
export function isAnother(plannedId: string, topic: string, cluster: LiveCluster): boolean {
  const reading = cluster.reading()
  const now = reading === null ? '' : topicIdOf(reading.topology, topic)
  return plannedId !== '' && now !== '' && plannedId !== now
}

export interface WantedTopic {
  readonly topic: string
  /** All overrides as planned with. */
  readonly base: Readonly<Record<string, string>>
  readonly items: readonly PlanItem[]
}

/** Three-way difference of one topic's overrides, every key of it. */
export function configConflicts({ topic, base, items }: WantedTopic, read: TopicSettingsRead): PlanConflict['config'] {
  const keys = new Set([...Object.keys(base), ...Object.keys(read.overrides)])
  return [...keys].sort().flatMap((key) => {
    const was = base[key] ?? null
    const now = read.overrides[key] ?? null
    const type = read.values.find(({ name }) => name === key)?.type ?? 0
    if (sameValue(type, was, now)) return []
    const item = items.find((one) => one.key === key)
    return [
      { topic, key, base: was, now, wanted: item === undefined ? was : item.after.override, ours: item !== undefined },
    ]
  })
}

/** Replication of these topic rows of the plan against the newest reading; a topic that is not in it is gone, and of one that is another nothing is compared. */
export function replicationConflicts(
  plan: Plan,
  rows: readonly number[],
  cluster: LiveCluster,
): Pick<PlanConflict, 'replication' | 'gone' | 'anew'> {
  const reading = cluster.reading()
  const replication: PlanConflict['replication'][number][] = []
  const gone: string[] = []
  const anew: string[] = []
  for (const row of rows) {
    const topic = plan.topics[row]!
    const now = reading === null ? null : replicationOf(reading, topic)
    if (now === null) gone.push(topic)
    else if (isAnother(plan.topicIds[row]!, topic, cluster)) anew.push(topic)
    else replication.push(...replicationChanges(plan.replication[row]!, now).map((change) => ({ topic, ...change })))
  }
  return { replication, gone, anew }
}

/** Everything of these topic rows that is not as planned. Topics that cannot be read for another reason than being gone are not judged here. */
export function conflictOf(
  plan: ConfigPlan,
  rows: readonly number[],
  byTopic: readonly (readonly PlanItem[])[],
  read: ReadonlyMap<string, TopicSettingsRead>,
  cluster: LiveCluster,
): PlanConflict {
  const { replication, gone: notInMetadata, anew } = replicationConflicts(plan, rows, cluster)
  const gone = [...notInMetadata]
  const config = rows.flatMap((row) => {
    const topic = plan.topics[row]!
    if (anew.includes(topic)) return []
    const settings = read.get(topic)
    if (settings === undefined || settings.error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION) {
      if (!gone.includes(topic)) gone.push(topic)
      return []
    }
    return settings.error === 0
      ? configConflicts({ topic, base: plan.overrides[row]!, items: byTopic[row]! }, settings)
      : []
  })
  return { kind: 'plan', config, replication, gone, anew, otherCluster: otherCluster(plan.clusterId, cluster) }
}

const shown = (value: string | null): Phrase =>
  value === null
    ? { id: 'value.not-set', args: {} }
    : value === ''
      ? { id: 'value.empty', args: {} }
      : { id: 'value.set', args: { value } }

/** The first difference, and how many more there are: for whom a change was stopped that had begun. */
export function whyConflict({ config, replication, gone, anew, otherCluster: cluster }: PlanConflict): Phrase {
  const all: readonly Phrase[] = [
    ...(cluster === '' ? [] : [{ id: 'changed.cluster', args: { cluster } } as const]),
    ...gone.map((topic): Phrase => ({ id: 'changed.gone', args: { topic } })),
    ...anew.map((topic): Phrase => ({ id: 'changed.anew', args: { topic } })),
    ...config.map(({ topic, key, base, now }): Phrase => ({
      id: 'changed.setting',
      args: { key, topic, before: shown(base), now: shown(now) },
    })),
    ...replication.map(({ topic, partition, base, now }): Phrase => ({
      id: 'changed.replication',
      args: { topic, partition, before: base, now },
    })),
  ]
  const what = all[0]!
  return all.length === 1
    ? { id: 'stop.changed', args: { what } }
    : { id: 'stop.changed-more', args: { what, more: { unit: 'count', value: all.length - 1 } } }
}
