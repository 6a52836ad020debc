/** Settings of topics that end the harm at once, as drafts of guarded changes. Pure; main judges each of them again when it is planned. */
import { MAX_PLAN_TOPICS } from '@contract/change'
import type { ChangeDraft } from '@contract/change'
import type { ClusterSummary } from '@contract/summary'
import { MARK_REASSIGNING, MARK_THROTTLED, OFFLINE, UNDER_MIN_ISR } from '@shared/states'
import type { FrameView } from '../../stores/frame-view'

export interface TopicCure {
  readonly topic: string
  /** Partitions of it that are concerned. */
  readonly partitions: number
  /** Min ISR as it counts now, and as it would be; both 0 for a throttle. */
  readonly from: number
  readonly to: number
}

export interface Cure {
  readonly kind: 'min-isr' | 'throttle'
  readonly topics: readonly TopicCure[]
  readonly partitions: number
  /** A leader alone would acknowledge afterwards: the next loss of a broker may lose what it has. */
  readonly alone: boolean
  readonly draft: Extract<ChangeDraft, { kind: 'config' }>
}

/** Bits of `ClusterFrame.replicaFlags`. */
const REPLICA_IN_SYNC = 1
const REPLICA_OFFLINE = 2
const MIN_ISR = 'min.insync.replicas'
/** Kafka's tools set and remove both; taking away one that is not there changes nothing. */
const LISTS = ['follower.replication.throttled.replicas', 'leader.replication.throttled.replicas'] as const

/** Names one topic, or (left out) the whole cluster. */
export interface CureScope {
  readonly topic?: string | undefined
}

function topicsOf(view: FrameView, { topic }: CureScope): readonly [number, number] {
  if (topic === undefined) return [0, view.frame.topics.names.length]
  const at = view.topicOf(topic)
  return at < 0 ? [0, 0] : [at, at + 1]
}

/** Brokers that take part: listed, and answering as far as is known. */
const livingOf = ({ brokers }: ClusterSummary): ReadonlySet<number> =>
  new Set(brokers.filter(({ listed, answers }) => listed && answers !== 'no').map(({ id }) => id))

/** Members of the ISR of a row that live; 0 where its leader does not: nobody would take its writes whatever the setting says. */
function livingIsr({ frame }: FrameView, row: number, living: ReadonlySet<number>): number {
  const { replicaStart, replicaBroker, replicaFlags, columns } = frame
  if (!living.has(columns.leader[row]!)) return 0
  let found = 0
  for (let at = replicaStart[row]!; at < replicaStart[row + 1]!; at++) {
    const flags = replicaFlags[at]!
    if ((flags & REPLICA_IN_SYNC) !== 0 && (flags & REPLICA_OFFLINE) === 0 && living.has(replicaBroker[at]!)) found++
  }
  return found
}

/**
 * Where ELRs are kept, writing min ISR makes Kafka forget who may lead a partition that has no leader, so that such a plan is refused
 * (change/plan/guards/durability/min-isr-elr).
 */
const keepsNoElr = ({ limits }: ClusterSummary): boolean =>
  limits.some(({ what, reason }) => what === 'elr' && reason === 'unsupported')

function minIsrOf(view: FrameView, topic: number, living: ReadonlySet<number>, noElr: boolean): TopicCure | null {
  const { topics, columns } = view.frame
  const from = topics.minInSyncReplicas[topic]!
  let to = from
  let partitions = 0
  for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
    if (columns.state[row] === OFFLINE && !noElr) return null
    if (columns.state[row] !== UNDER_MIN_ISR) continue
    const alive = livingIsr(view, row, living)
    if (alive === 0) continue
    to = Math.min(to, alive)
    partitions++
  }
  return partitions > 0 && to < from ? { topic: topics.names[topic]!, partitions, from, to } : null
}

function throttleOf(view: FrameView, topic: number): TopicCure | null {
  const { topics, columns } = view.frame
  let partitions = 0
  for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++) {
    // While it is moved, its throttle is wanted.
    if ((columns.marks[row]! & MARK_REASSIGNING) !== 0) return null
    if ((columns.marks[row]! & MARK_THROTTLED) !== 0) partitions++
  }
  return partitions > 0 ? { topic: topics.names[topic]!, partitions, from: 0, to: 0 } : null
}

const mostFirst = (a: TopicCure, b: TopicCure): number => b.partitions - a.partitions

function cureOf(kind: Cure['kind'], found: readonly TopicCure[]): Cure | null {
  if (found.length === 0) return null
  const topics = [...found].sort(mostFirst).slice(0, MAX_PLAN_TOPICS)
  const byTarget = new Map<number, string[]>()
  for (const { topic, to } of topics) byTarget.set(to, [...(byTarget.get(to) ?? []), topic])
  const groups = Array.from(byTarget, ([to, names]) => ({
    topics: names,
    edits:
      kind === 'min-isr'
        ? [{ key: MIN_ISR, op: 'set' as const, value: String(to) }]
        : LISTS.map((key) => ({ key, op: 'delete' as const, value: '' })),
  }))
  return {
    kind,
    topics,
    partitions: topics.reduce((sum, one) => sum + one.partitions, 0),
    alone: kind === 'min-isr' && topics.some(({ to }) => to === 1),
    draft: { kind: 'config', groups },
  }
}

/**
 * What ends the harm, the greater harm first: min ISR down to what lives of the ISRs, so that writes are taken again; and a replication throttle off
 * the topics that nothing moves any more. One that cannot work as the cluster stands now is not among them.
 */
export function curesOf(view: FrameView, scope: CureScope = {}): readonly Cure[] {
  const { frame, summary } = view
  const [first, end] = topicsOf(view, scope)
  const living = livingOf(summary)
  const noElr = keepsNoElr(summary)
  // Without a controller no setting is written.
  if (summary.quorum === 'silent' || frame.topics.names.length === 0) return []
  const refusing: TopicCure[] = []
  const throttled: TopicCure[] = []
  for (let topic = first; topic < end; topic++) {
    const minIsr = minIsrOf(view, topic, living, noElr)
    if (minIsr !== null) refusing.push(minIsr)
    const throttle = throttleOf(view, topic)
    if (throttle !== null) throttled.push(throttle)
  }
  return [cureOf('min-isr', refusing), cureOf('throttle', throttled)].filter((cure) => cure !== null)
}

/** What a topic's own settings told, where they were read. */
export interface TopicTold {
  /** Whether this login may change them; null = the cluster does not tell. */
  readonly mayAlter: boolean | null
  /** Keys that the topic itself has set. */
  readonly overrides: ReadonlySet<string>
}

/** Without what is known not to be there: a key that no topic of the group has set needs no taking away. */
export function withTold(cure: Cure, told: ReadonlyMap<string, TopicTold>): Cure {
  if (cure.kind !== 'throttle' || cure.draft.groups.some(({ topics }) => topics.some((topic) => !told.has(topic))))
    return cure
  const groups = cure.draft.groups.map(({ topics, edits }) => ({
    topics,
    edits: edits.filter(({ key }) => topics.some((topic) => told.get(topic)!.overrides.has(key))),
  }))
  return groups.every(({ edits }) => edits.length > 0) ? { ...cure, draft: { ...cure.draft, groups } } : cure
}
