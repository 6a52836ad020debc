/** The plan of a settings change: what is there now, what will be, what that does on this cluster. */
import type { ConfigPlan, PlanItem } from '../../contract/change'
import type { AppError } from '../../contract/result'
import { topicIdOf, topicRows } from '../../domain/topology/topic-index'
import { breather, inSlices } from '../../ports/slices'
import { configCommands } from './commands'
import { readTopics } from '../configs/read-topics'
import { notSeen } from '../links/port-failure'
import type { TopicSettingsRead } from '../configs/read-topics'
import { expandDraft } from './expand'
import { gatherFacts } from './facts/gather'
import { factsNeeded, judging } from './guards/index'
import { levelOf } from './needs'
import { itemsByTopic, itemsOfTopic } from './plan-items'
import { replicationOf } from './replication-state'
import { StepFailed, stepFailed } from '../book/step'
import type { Step } from '../book/step'
import { cannotRestore, undoConflict } from './undo'
import type { Undoable } from './undo'
import { minIsrByReading, minIsrFromText, writeCounts } from './writes'
import type { MinIsrOf } from './writes'
import type { ConfigDraft, ConfigEdit } from '../../shared/draft'
import { HIDDEN } from '../../shared/hidden-value'
import { KafkaError, isAuthorizationError } from '../../shared/kafka-codes'

const FRESH_MS = 2_000

/** Edits with what was typed: a draft that is written down has hidden values. Throws StepFailed where they were typed in an earlier run. */
const asTyped = (step: Step, topic: string, edits: readonly ConfigEdit[]): ConfigEdit[] =>
  edits.map((edit) => {
    if (edit.op !== 'set' || edit.value !== HIDDEN) return edit
    const value = step.hidden.valueOf(topic, edit.key)
    if (value === null)
      throw stepFailed('bad-input', `The value of ${edit.key} was not kept: type it again`, {
        text: 'value-hidden',
        topic,
        key: edit.key,
      })
    return { ...edit, value }
  })

/** An undo tells topics that are gone by its conflict. */
function refuseUnread(read: ReadonlyMap<string, TopicSettingsRead>, isUndo: boolean): void {
  const failed = [...read.values()].filter(
    ({ error }) => error !== 0 && !(isUndo && error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION),
  )
  const [first] = failed
  if (first === undefined) return
  const detail: AppError['detail'] = { topic: first.topic, count: failed.length, kafkaError: first.error }
  const words = first.message === '' ? `error ${first.error}` : first.message
  if (first.error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION)
    throw stepFailed('not-found', `There is no topic ${first.topic}`, { ...detail, text: 'topics-gone' })
  if (isAuthorizationError(first.error)) {
    const right = { text: 'missing-right', right: 'DescribeConfigs', on: 'topic', name: first.topic }
    throw stepFailed('not-authorized', `The settings of ${first.topic} may not be read: ${words}`, {
      ...detail,
      ...right,
    })
  }
  throw stepFailed('internal', `The settings of ${first.topic} cannot be read: ${words}`, detail)
}

/** Who may read settings need not be allowed to describe the topic. */
function refuseUnseen({ cluster }: Step, topics: readonly string[]): void {
  const reading = cluster.reading()
  const hidden = reading === null ? undefined : topics.find((topic) => !topicRows(reading.topology).has(topic))
  if (hidden !== undefined) throw new StepFailed(notSeen(hidden).error)
}

interface Edited {
  readonly topics: readonly string[]
  readonly items: readonly PlanItem[]
  readonly unchanged: number
  readonly read: ReadonlyMap<string, TopicSettingsRead>
}

async function edit(step: Step, draft: ConfigDraft, isUndo: boolean): Promise<Edited> {
  const expanded = expandDraft(draft)
  if (!expanded.ok) throw new StepFailed(expanded.error)
  const names = [...expanded.value.keys()]
  const read = await readTopics(step.links, names, {
    synonyms: true,
    signal: step.signal,
    onProgress: (done, total) => step.book.progress({ what: 'reading', done, total, stoppable: true }),
  })
  step.reach('plan-read')
  refuseUnread(read, isUndo)
  const topics: string[] = []
  const items: PlanItem[] = []
  let unchanged = 0
  for (const [topic, edits] of expanded.value) {
    const settings = read.get(topic)!
    if (settings.error !== 0) continue
    const typed = asTyped(step, topic, edits)
    const found = itemsOfTopic(settings, typed)
    for (const { key, after } of found.items) {
      const value = typed.find((one) => one.key === key)?.value
      if (after.override === HIDDEN && value !== undefined) step.hidden.keep(topic, key, value)
    }
    unchanged += found.unchanged
    if (found.items.length === 0) continue
    items.push(...found.items.map((item) => ({ topic: topics.length, ...item })))
    topics.push(topic)
  }
  return { topics, items, unchanged, read }
}

/** min.insync.replicas before and after, by what the broker just told; where it told nothing, by the monitor's reading. */
function minIsr(step: Step, { topics, items, read }: Edited, side: 'before' | 'after'): MinIsrOf {
  const reading = step.cluster.reading()
  const rest = reading === null ? () => -1 : minIsrByReading(reading)
  const changed = new Map(
    items.filter(({ key }) => key === 'min.insync.replicas').map((item) => [topics[item.topic]!, item[side].value]),
  )
  return (topic) => {
    const told = changed.has(topic)
      ? changed.get(topic)
      : read.get(topic)?.values.find(({ name }) => name === 'min.insync.replicas')?.value
    const known = minIsrFromText(told)
    return known >= 0 ? known : rest(topic)
  }
}

/**
 * Reads the settings of the topics named and everything the rules need about them, and judges. Topics on which nothing would change are not
 * part of the plan. `undone`: for an undo, what the change it takes back left. Throws StepFailed (topics gone or hidden, no rights, edits that
 * contradict each other) or a PortError.
 */
export async function planSettings(
  step: Step,
  draft: ConfigDraft,
  undone: readonly Undoable[] | null,
): Promise<ConfigPlan> {
  const { cluster, links, clock, signal, book } = step
  const breathe = breather(clock)
  await cluster.freshReading(FRESH_MS)
  const edited = await edit(step, draft, undone !== null)
  const { topics, items, unchanged, read } = edited
  refuseUnseen(step, topics)
  const byTopic = itemsByTopic(items, topics.length)
  const conflict = undone === null ? null : undoConflict(undone, read, cluster)

  const asked = topics.map((topic, row) => {
    const changes = new Map(byTopic[row]!.map(({ key, before, after }) => [key, { before, after }]))
    return { topic, settings: read.get(topic)!, changes, needs: factsNeeded(changes) }
  })
  const facts = await gatherFacts({
    cluster,
    links,
    clock,
    signal,
    topics: asked,
    onProgress: (done, total) => book.progress({ what: 'reading', done, total, stoppable: true }),
  })
  const effects = await inSlices(clock, judging(facts))

  const reading = cluster.reading()
  if (reading === null) throw stepFailed('unreachable', 'The cluster was not read yet', { text: 'not-read' })
  const replication: (readonly string[])[] = []
  for (const topic of topics) {
    await breathe()
    replication.push(replicationOf(reading, topic) ?? [])
  }
  const { version } = cluster.settings()
  const commands = configCommands(cluster.access, topics, byTopic)
  // Each of these passes over 200,000 partitions takes some 10 ms, and so does writing the line that follows.
  await clock.breathe()
  const before = writeCounts(reading, topics, minIsr(step, edited, 'before'), version)
  await clock.breathe()
  const after = writeCounts(reading, topics, minIsr(step, edited, 'after'), version)
  await clock.breathe()
  return {
    kind: 'config',
    at: clock.now(),
    readAt: Math.min(reading.metadataAt, ...topics.map((topic) => read.get(topic)!.readAt)),
    clusterId: cluster.clusterId(),
    topics,
    topicIds: topics.map((topic) => topicIdOf(reading.topology, topic)),
    overrides: topics.map((topic) => read.get(topic)!.overrides),
    replication,
    items,
    unchanged,
    effects,
    level: levelOf(effects, conflict !== null),
    writes: { before, after },
    commands: commands.lines,
    ...(commands.why === null ? {} : { noCommands: commands.why }),
    cannotRestore: cannotRestore(items, undone),
    conflict,
  }
}
