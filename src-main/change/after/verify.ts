import type {
  ConfigPlan,
  ElectionPlan,
  ItemResult,
  Plan,
  PlanItem,
  ShownOtherwise,
  Verification,
} from '../../contract/change'
import { topicIdOf } from '../../domain/topology/topic-index'
import { isAnother } from '../plan/compare'
import { SOURCE_TOPIC } from '../../contract/config'
import { sameValue } from '../configs/config-text'
import { readTopics } from '../configs/read-topics'
import type { TopicSettingsRead } from '../configs/read-topics'
import { itemKey } from '../book/fold'
import { leaderNow } from '../settle/election-settle'
import { itemsByTopic } from '../plan/plan-items'
import { pause, planOf } from '../book/step'
import type { Step } from '../book/step'
import { PortError } from '../../ports/cluster-port'
import { HIDDEN } from '../../shared/hidden-value'

export const VERIFY_MS = 15_000
const POLL_MS = 200
const QUESTION_MS = 3_000
const FRESH_MS = 5_000
/** Two are asked for by guardrails.md; a third costs little and may be the one that is behind. */
const MOST_BROKERS = 3

type Seen = Omit<Verification, 'at' | 'tookMs'>

interface Target {
  readonly topic: string
  readonly items: readonly PlanItem[]
}

/** Value and source, both: after a deletion the value shown is the inherited one, and that is success. */
function differencesOf(
  broker: number,
  { topic, items }: Target,
  read: TopicSettingsRead | undefined,
): ShownOtherwise[] {
  if (read === undefined || read.error !== 0)
    return [{ broker, topic, key: '', value: read?.message ?? null, source: 0 }]
  return items.flatMap(({ key, after }) => {
    const now = read.values.find(({ name }) => name === key)
    const [value, source] = [now?.value ?? null, now?.source ?? 0]
    // Kafka never tells a sensitive value: that it is there is all that can be seen.
    const asPlanned =
      after.override === null
        ? source !== SOURCE_TOPIC
        : source === SOURCE_TOPIC &&
          (now?.sensitive === true || after.override === HIDDEN || sameValue(now?.type ?? 0, after.override, value))
    return asPlanned ? [] : [{ broker, topic, key, value, source }]
  })
}

/** Polls one broker until it shows all of it. Answers what it shows otherwise at the end; null = it did not answer. */
async function pollBroker(
  step: Step,
  broker: number,
  targets: readonly Target[],
  until: number,
  onSeen: () => void,
): Promise<readonly ShownOtherwise[] | null> {
  const { links, clock, signal } = step
  const keys = [...new Set(targets.flatMap(({ items }) => items.map(({ key }) => key)))]
  let open = targets
  let differences: readonly ShownOtherwise[] | null = null
  for (;;) {
    try {
      const read = await readTopics(
        links,
        open.map(({ topic }) => topic),
        { broker, keys, signal, timeoutMs: QUESTION_MS },
      )
      const found = open.map((target) => ({ target, differs: differencesOf(broker, target, read.get(target.topic)) }))
      differences = found.flatMap(({ differs }) => differs)
      open = found.flatMap(({ target, differs }) => (differs.length > 0 ? [target] : []))
      onSeen()
    } catch (cause) {
      if (!(cause instanceof PortError)) throw cause
      // Fallen silent: the others tell, and waiting for it would hold up the watch.
      if (!links.ids().includes(broker)) return differences
    }
    if ((differences !== null && open.length === 0) || clock.now() >= until || signal.aborted) return differences
    await pause(clock, POLL_MS, signal)
  }
}

/** What a few brokers show of the settings that were applied. */
interface Shown {
  /** Those that show all of it as planned. */
  readonly brokers: readonly number[]
  readonly differences: readonly ShownOtherwise[]
}

/** Asks at most three brokers until each shows all of it, at most `ms`. Both lists empty = nobody answered. `onSeen`: for each answer, of how many brokers. */
export async function shownSettings(
  step: Step,
  plan: ConfigPlan,
  applied: readonly ItemResult[],
  ms: number,
  onSeen: (of: number) => void = () => undefined,
): Promise<Shown> {
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const names = new Set(applied.map(({ topic }) => topic))
  const targets = plan.topics.flatMap((topic, row) => (names.has(topic) ? [{ topic, items: byTopic[row]! }] : []))
  const { links, clock } = step
  const until = clock.now() + ms
  const ids = links.ids().slice(0, MOST_BROKERS)
  const shown = await Promise.all(
    ids.map(async (broker) => ({
      broker,
      differences: await pollBroker(step, broker, targets, until, () => onSeen(ids.length)),
    })),
  )
  const answered = shown.flatMap(({ broker, differences }) => (differences === null ? [] : [{ broker, differences }]))
  return {
    brokers: answered.filter(({ differences }) => differences.length === 0).map(({ broker }) => broker),
    differences: answered.flatMap((one) => one.differences),
  }
}

async function verifySettings(step: Step, plan: ConfigPlan, applied: readonly ItemResult[]): Promise<Seen> {
  let seen = 0
  const { brokers, differences } = await shownSettings(step, plan, applied, VERIFY_MS, (total) =>
    step.book.progress({ what: 'verifying', done: (seen += 1), total, stoppable: false }),
  )
  const all = step.cluster.reading()?.brokers.length
  const shown = { brokers, differences, ...(all === undefined ? {} : { ofBrokers: all }) }
  if (differences.length > 0) return { outcome: step.signal.aborted ? 'not-finished' : 'differs', ...shown }
  if (brokers.length === 0) return { outcome: 'not-finished', ...shown }
  return { outcome: brokers.length < 2 ? 'too-few-brokers' : 'verified', ...shown }
}

/** Leaders by Metadata asked for now: one broker's word, since an election is over once every broker has it. */
async function verifyElection(step: Step, plan: ElectionPlan, applied: readonly ItemResult[]): Promise<Seen> {
  const moved = new Set(applied.map(({ topic, partition }) => itemKey(topic, partition)))
  const { cluster, clock, signal } = step
  const until = clock.now() + VERIFY_MS
  for (;;) {
    const fresh = await cluster.freshReading(2_000)
    const broker = cluster.reading()?.sourceBroker ?? -1
    const differences = plan.partitions.flatMap((item): ShownOtherwise[] => {
      if (!moved.has(itemKey(item.topic, item.partition))) return []
      const leader = leaderNow(step, item)
      return leader === item.preferred
        ? []
        : [
            {
              broker,
              topic: item.topic,
              key: `partition ${item.partition}`,
              value: leader === null ? null : String(leader),
              source: 0,
            },
          ]
    })
    if (fresh && differences.length === 0) return { outcome: 'verified', brokers: [broker], differences }
    if (clock.now() >= until || signal.aborted)
      return { outcome: fresh && !signal.aborted ? 'differs' : 'not-finished', brokers: [], differences }
    await pause(clock, POLL_MS, signal)
  }
}

function verify(step: Step, plan: Plan, applied: readonly ItemResult[]): Promise<Seen> {
  switch (plan.kind) {
    case 'config':
      return verifySettings(step, plan, applied)
    case 'election':
      return verifyElection(step, plan, applied)
  }
}

/**
 * Topics that were deleted and made anew since they were planned: what holds on them now is not what was changed. null = Metadata could not be read
 * again, so that nobody knows.
 */
async function madeAnew(step: Step, plan: Plan, applied: ReadonlySet<string>): Promise<ShownOtherwise[] | null> {
  const { cluster } = step
  const isFresh = await cluster.freshReading(FRESH_MS)
  const reading = cluster.reading()
  if (!isFresh || reading === null) return null
  return plan.topics.flatMap((topic, row): ShownOtherwise[] =>
    applied.has(topic) && isAnother(plan.topicIds[row]!, topic, cluster)
      ? [{ broker: reading.sourceBroker, topic, key: 'topic id', value: topicIdOf(reading.topology, topic), source: 0 }]
      : [],
  )
}

/** What was seen, with whether the topics are still the ones that were changed. */
function withAnew(found: Seen, anew: readonly ShownOtherwise[] | null): Seen {
  if (anew === null) {
    const holds = found.outcome === 'verified' || found.outcome === 'too-few-brokers'
    return holds ? { ...found, outcome: 'unread' } : found
  }
  if (anew.length === 0) return found
  return { ...found, outcome: 'differs', brokers: [], differences: [...anew, ...found.differences] }
}

/** Sees to it that what was applied holds, at most 15 s, and writes down what was seen. Items that were not applied are not looked at. */
export async function verifyChange(step: Step): Promise<Verification> {
  const { book, clock } = step
  const view = book.view()
  const applied = view.results.filter(({ outcome }) => outcome === 'applied')
  const started = clock.now()
  step.reach('before-verify')
  book.progress({ what: 'verifying', done: 0, total: 1, stoppable: false })
  const plan = planOf(view)
  const found = await verify(step, plan, applied)
  const anew = await madeAnew(step, plan, new Set(applied.map(({ topic }) => topic)))
  const verification = { ...withAnew(found, anew), at: clock.now(), tookMs: clock.now() - started }
  book.append({ type: 'verified', verification })
  return verification
}
