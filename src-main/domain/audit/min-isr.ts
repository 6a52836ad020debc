/** The three rules of min.insync.replicas. What it means for one topic is judged by topic-audit.ts, which the topic's own page shows too. */
import type { AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import type { Phrase } from '../../shared/words/phrase'
import { countInSync } from '../forecast/stop-effects'
import { effectiveMinInSyncReplicas, minInSyncReplicasOf } from '../state/min-isr'
import type { AuditFacts } from './facts'
import { counts, countRows, eachTopic, replicasOf, replicaSpan, Says, topicRow } from './look'
import type { AuditRuleFile, RuleFix, TopicLook } from './look'
import { MIN_ISR_KEY, UNCLEAN_KEY } from './topic-audit'

type Edits = (readonly [topic: string, edits: readonly ConfigEdit[]])[]

const SAFE_MIN_ISR = 2
const number = (value: number): { readonly unit: 'count'; readonly value: number } => ({ unit: 'count', value })
const setMin = (value: number): readonly ConfigEdit[] => [{ key: MIN_ISR_KEY, op: 'set', value: String(value) }]
/** What the topic's page offers, of this key. */
export const minIsrFix = ({ audit }: TopicLook): readonly ConfigEdit[] =>
  audit?.fix.filter(({ key }) => key === MIN_ISR_KEY) ?? []
/** Without a setting that helps, more replicas do, and no line does that for a person. */
export const editsOrTools = (edits: Edits, topics: readonly AuditRow[]): RuleFix =>
  edits.length > 0 ? { kind: 'edits', edits } : { kind: 'tools', lines: describeLines(topics) }

const MOST_LINES = 5
/** Shows what there is. */
export const describeLines = (rows: readonly AuditRow[]): readonly { tool: string; words: readonly string[] }[] =>
  rows.slice(0, MOST_LINES).map(({ topic }) => ({ tool: 'kafka-topics.sh', words: ['--describe', '--topic', topic] }))

const minNote = (min: number, replicas: number): Phrase => ({
  id: 'audit.note.min-of',
  args: { min: number(min), replicas: number(replicas) },
})

/** min ISR of a topic, -1 = not told, which is then said. */
function minOf(says: Says, topic: TopicLook): number {
  const settings = says.settings(topic)
  if (settings === null) return -1
  const min = minInSyncReplicasOf(settings.values.get(MIN_ISR_KEY)?.value)
  if (min < 0) says.untold(topic.name, { id: 'why.setting-untold', args: { key: MIN_ISR_KEY } })
  return min
}

/** Kafka's own topics are judged by internal-topics.ts. */
export const minIsrOne: AuditRuleFile = {
  rule: 'min-isr-one',
  *look(facts, topics) {
    const says = new Says('min-isr-one')
    const now: { rows: AuditRow[]; edits: Edits; records: number } = { rows: [], edits: [], records: 0 }
    const may: { rows: AuditRow[]; edits: Edits } = { rows: [], edits: [] }
    let readAt = facts.reading.metadataAt
    yield* eachTopic(topics, (topic) => {
      if (topic.own || minOf(says, topic) !== 1) return
      if (topic.audit === null) says.untold(topic.name, { id: 'why.setting-untold', args: { key: UNCLEAN_KEY } })
      if (topic.audit?.findings.includes('leader-alone') !== true) return
      readAt = Math.min(readAt, topic.audit.readAt)
      const isCopied = (row: number): boolean => replicasOf(facts, row) > 1
      const alone = countRows(
        topic,
        (row) => isCopied(row) && facts.reading.leader[row] !== -1 && countInSync(facts.reading, row) === 1,
      )
      const of = alone > 0 ? now : may
      of.rows.push(topicRow(topic.name, alone > 0 ? alone : countRows(topic, isCopied)))
      if (alone > 0) now.records += topic.audit.onlyOnLeaderRecords
      const fix = minIsrFix(topic)
      if (fix.length > 0) of.edits.push([topic.name, fix])
    })
    says.found({
      id: 'min-isr-one.alone-now',
      evidence: [
        { id: 'audit.min-isr-one.alone-now', args: counts(now.rows) },
        { id: 'audit.only-on-leader', args: { records: { unit: 'records', value: now.records } } },
      ],
      rows: now.rows,
      fix: editsOrTools(now.edits, now.rows),
      readAt,
    })
    says.found({
      id: 'min-isr-one.may',
      risk: 'weak',
      evidence: [{ id: 'audit.min-isr-one.may', args: counts(may.rows) }],
      rows: may.rows,
      fix: editsOrTools(may.edits, may.rows),
      readAt,
    })
    return says.result()
  },
}

/** One less than there are replicas, where that still wants two: the largest that survives a restart. */
function lower(topic: TopicLook, least: number): Edits {
  return least - 1 >= SAFE_MIN_ISR ? [[topic.name, setMin(least - 1)]] : []
}

/** Partition.appendRecordsToLeader refuses acks=all while fewer are in sync. */
export const minIsrAll: AuditRuleFile = {
  rule: 'min-isr-all',
  *look(facts, topics) {
    const says = new Says('min-isr-all')
    const rows: AuditRow[] = []
    const edits: Edits = []
    yield* eachTopic(topics, (topic) => {
      const min = topic.own ? -1 : minOf(says, topic)
      if (min < SAFE_MIN_ISR) return
      const found = countRows(topic, (row) => replicasOf(facts, row) === min)
      if (found === 0) return
      rows.push(topicRow(topic.name, found, minNote(min, min)))
      edits.push(...lower(topic, replicaSpan(facts, topic).least))
    })
    says.found({
      id: 'min-isr-all.any-restart',
      evidence: [{ id: 'audit.min-isr-all', args: counts(rows) }],
      rows,
      fix: editsOrTools(edits, rows),
      readAt: facts.reading.metadataAt,
    })
    return says.result()
  },
}

type Above = 'refuses' | 'acts-as-rf' | 'version-unknown'

/** A single replica that acts as its own minimum is judged by single-replica.ts and refuses nothing. */
function placeAbove(facts: AuditFacts, row: number, min: number): Above | null {
  const replicas = replicasOf(facts, row)
  if (min <= replicas) return null
  const effective = effectiveMinInSyncReplicas(min, replicas, facts.version)
  if (effective < 0) return 'version-unknown'
  if (effective > replicas) return 'refuses'
  return replicas > 1 ? 'acts-as-rf' : null
}

/** What takes writes again at once: before 3.7 a minimum of as many as there are replicas is refused at a restart, one above it always. */
const within = (topic: TopicLook, least: number): Edits => [
  [topic.name, setMin(Math.max(1, least >= 3 ? least - 1 : least))],
]

/** Since 3.7 it acts as the replication factor, before it counts as it stands (KAFKA-15583, state/min-isr.ts). */
export const minIsrAbove: AuditRuleFile = {
  rule: 'min-isr-above',
  *look(facts, topics) {
    const says = new Says('min-isr-above')
    const found: Record<Above, { rows: AuditRow[]; edits: Edits }> = {
      refuses: { rows: [], edits: [] },
      'acts-as-rf': { rows: [], edits: [] },
      'version-unknown': { rows: [], edits: [] },
    }
    yield* eachTopic(topics, (topic) => {
      const min = topic.own ? -1 : minOf(says, topic)
      if (min < 0) return
      const { least, most } = replicaSpan(facts, topic)
      for (const place of ['refuses', 'acts-as-rf', 'version-unknown'] as const) {
        const partitions = countRows(topic, (row) => placeAbove(facts, row, min) === place)
        if (partitions === 0) continue
        found[place].rows.push(topicRow(topic.name, partitions, minNote(min, most)))
        found[place].edits.push(...(place === 'acts-as-rf' ? lower(topic, least) : within(topic, least)))
      }
    })
    const readAt = facts.reading.metadataAt
    const of = (place: Above) => ({
      rows: found[place].rows,
      fix: editsOrTools(found[place].edits, found[place].rows),
      readAt,
    })
    says.found({
      id: 'min-isr-above.refuses',
      evidence: [{ id: 'audit.min-isr-above.refuses', args: counts(found.refuses.rows) }],
      ...of('refuses'),
    })
    says.found({
      id: 'min-isr-above.acts-as-rf',
      evidence: [{ id: 'audit.min-isr-above.acts-as-rf', args: counts(found['acts-as-rf'].rows) }],
      ...of('acts-as-rf'),
    })
    says.found({
      id: 'min-isr-above.version-unknown',
      evidence: [{ id: 'audit.min-isr-above.version-unknown', args: counts(found['version-unknown'].rows) }],
      ...of('version-unknown'),
    })
    return says.result()
  },
}
