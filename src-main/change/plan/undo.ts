/** Taking a change back: out of its own lines, to exactly the overrides its topics had a moment before the write. */
import { DONE } from '../../contract/change'
import type { CannotRestore, ChangeDraft, ChangeView, ConfigEdit, PlanItem, UndoConflict } from '../../contract/change'
import { SOURCE_TOPIC } from '../../contract/config'
import type { JournalRow } from '../../contract/journal'
import type { LiveCluster } from '../../ports/live-cluster'
import { topicRows } from '../../domain/topology/topic-index'
import { draftOfEdits } from '../../shared/draft'
import type { ConfigDraft } from '../../shared/draft'
import { HIDDEN, mayBeSensitive } from '../../shared/hidden-value'
import { isAnother, otherCluster } from './compare'
import { sameValue } from '../configs/config-text'
import type { TopicSettingsRead } from '../configs/read-topics'
import { isLeft } from '../book/outcome'
import { editOf, itemsByTopic } from './plan-items'
import { planOf, stepFailed } from '../book/step'
import type { StepFailed } from '../book/step'
import { KafkaError } from '../../shared/kafka-codes'

/** What a change left on one topic, and what was there before it. */
export interface Undoable {
  readonly topic: string
  /** As in the plan of the change; '' = not told. */
  readonly topicId: string
  readonly items: readonly PlanItem[]
  readonly before: Readonly<Record<string, string>>
}

const electionStays = (): StepFailed =>
  stepFailed('unsupported', 'An election is not taken back: leaders are where their assignment wants them', {
    text: 'election',
  })

/** Topics on which the change was applied, with the overrides of the journal. A topic sent twice counts as it was before the first time. Throws StepFailed for an election. */
export function undoableOf(rows: readonly JournalRow[], view: ChangeView): Undoable[] {
  const plan = planOf(view)
  if (plan.kind === 'election') throw electionStays()
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const applied = new Set(view.results.filter(({ outcome }) => outcome === 'applied').map(({ topic }) => topic))
  const before = new Map<number, Readonly<Record<string, string>>>()
  for (const { event } of rows) {
    if (event.type === 'planned') before.clear()
    if (event.type !== 'sending') continue
    event.rows.forEach((row, at) => {
      if (!before.has(row)) before.set(row, event.before[at] ?? {})
    })
  }
  return [...before].flatMap(([row, overrides]) => {
    const topic = plan.topics[row]!
    return applied.has(topic) ? [{ topic, topicId: plan.topicIds[row]!, items: byTopic[row]!, before: overrides }] : []
  })
}

const restoring = ({ items, before }: Undoable): ConfigEdit[] =>
  items.map(({ key }) => {
    const value = before[key]
    return value === undefined ? { key, op: 'delete', value: '' } : { key, op: 'set', value }
  })

/** Throws StepFailed where `cluster` is another Kafka cluster than the one that was changed. */
export function refuseElsewhere(changed: ChangeView, cluster: LiveCluster): void {
  const other = otherCluster(planOf(changed).clusterId, cluster)
  if (other !== '')
    throw stepFailed('conflict', 'This is another Kafka cluster than the one that was changed', {
      text: 'other-cluster',
      clusterId: other,
    })
}

/** Throws StepFailed for what cannot be undone. */
export function undoDraft(rows: readonly JournalRow[], view: ChangeView): ConfigDraft {
  if (view.draft.kind === 'election') throw electionStays()
  if (view.state === 'undone')
    throw stepFailed('conflict', 'This change was taken back already', { text: 'undone', by: view.undoneBy })
  if (!DONE.includes(view.state))
    throw stepFailed('conflict', `Nothing to take back in state ${view.state}`, { text: 'nothing-applied' })
  const topics = undoableOf(rows, view)
  if (topics.length === 0)
    throw stepFailed('conflict', 'Nothing of this change was applied', { text: 'nothing-applied' })
  return draftOfEdits(topics.map((topic) => [topic.topic, restoring(topic)]))
}

/** Whether somebody changed since what the undone change left; its other keys do not matter. null = nobody did. */
export function undoConflict(
  topics: readonly Undoable[],
  read: ReadonlyMap<string, TopicSettingsRead>,
  cluster: LiveCluster,
): UndoConflict | null {
  const gone: string[] = []
  const anew: string[] = []
  const config = topics.flatMap(({ topic, topicId, items, before }) => {
    const settings = read.get(topic)
    if (settings === undefined || settings.error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION) {
      gone.push(topic)
      return []
    }
    if (isAnother(topicId, topic, cluster)) {
      anew.push(topic)
      return []
    }
    return items.flatMap(({ key, after }) => {
      const now = settings.overrides[key] ?? null
      const one = settings.values.find(({ name }) => name === key)
      // Lines of before values were hidden have them in clear.
      const hides = after.override === HIDDEN || (after.override !== null && (one?.sensitive ?? mayBeSensitive(key)))
      // Kafka never tells such a value again: that there is one is all that can be held against what was left.
      if (hides && one?.source === SOURCE_TOPIC) return []
      return sameValue(one?.type ?? 0, now, after.override)
        ? []
        : [{ topic, key, base: hides ? HIDDEN : after.override, now, wanted: before[key] ?? null }]
    })
  })
  return config.length + gone.length + anew.length > 0 ? { kind: 'undo', config, gone, anew } : null
}

/** Kafka tells no sensitive value: the source says that there is an override, and what it is stays unknown. */
const isHidden = ({ before }: PlanItem): boolean => before.override === null && before.source === SOURCE_TOPIC

/**
 * What undo does not bring back, by name. `undone`: for an undo, what the change it takes back did; else the plan's own
 * items are what will be taken back.
 */
export function cannotRestore(items: readonly PlanItem[], undone: readonly Undoable[] | null): CannotRestore[] {
  const touches = (keys: readonly string[]): boolean => items.some(({ key }) => keys.includes(key))
  const taken = undone === null ? items : undone.flatMap((one) => one.items)
  return [
    ...(touches(['retention.ms', 'retention.bytes', 'local.retention.ms', 'local.retention.bytes'])
      ? (['records-deleted'] as const)
      : []),
    ...(touches(['cleanup.policy']) ? (['records-compacted'] as const) : []),
    ...(taken.some(isHidden) ? (['value-hidden'] as const) : []),
  ]
}

/**
 * What is left of a stopped change, as a draft, by the newest reading of the cluster: of topics that are gone or were made anew nothing is. Throws
 * StepFailed where nothing is left.
 */
export function restDraft(view: ChangeView, cluster: LiveCluster): ChangeDraft {
  const plan = planOf(view)
  const reading = cluster.reading()
  if (reading === null) throw stepFailed('unreachable', 'The cluster was not read yet', { text: 'not-read' })
  const there = topicRows(reading.topology)
  const rowOf = new Map(plan.topics.map((topic, row) => [topic, row]))
  const isThere = (topic: string): boolean =>
    there.has(topic) && !isAnother(plan.topicIds[rowOf.get(topic) ?? -1] ?? '', topic, cluster)
  const open = view.results.filter(isLeft)
  if (open.length === 0) throw stepFailed('conflict', 'Nothing of this change is left', { text: 'no-rest' })
  const left = open.filter(({ topic }) => isThere(topic))
  const [first] = open
  if (left.length === 0)
    throw stepFailed('conflict', 'What was left of it is gone', { text: 'rest-gone', topic: first!.topic })
  switch (plan.kind) {
    case 'config': {
      const byTopic = itemsByTopic(plan.items, plan.topics.length)
      const names = new Set(left.map(({ topic }) => topic))
      return draftOfEdits(
        plan.topics.flatMap((topic, row) => (names.has(topic) ? [[topic, byTopic[row]!.map(editOf)]] : [])),
      )
    }
    case 'election': {
      const byTopic = new Map<string, number[]>()
      for (const { topic, partition } of left) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition])
      return { kind: 'election', partitions: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) }
    }
  }
}
