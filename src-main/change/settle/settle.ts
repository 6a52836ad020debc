/**
 * What became of a write without an answer, found by reading, never by sending again. Per topic: every touched key as planned → it was carried
 * out; all as before → it was not, once it can no longer come (last-write.ts); anything else → another hand was there since. All of it holds for the
 * topic that was planned, by its id: one that was made anew under the name tells nothing of the write.
 */
import type { ConfigPlan, ItemResult, PlanItem } from '../../contract/change'
import { SOURCE_TOPIC } from '../../contract/config'
import { sameValue } from '../configs/config-text'
import { readTopics } from '../configs/read-topics'
import type { TopicSettingsRead } from '../configs/read-topics'
import { itemKey } from '../book/fold'
import { BARRIER_MS, isPast } from './last-write'
import type { LastWrite } from './last-write'
import { OVERWRITTEN } from '../book/outcome'
import { isAnother } from '../plan/compare'
import { itemsByTopic } from '../plan/plan-items'
import { changesOf } from '../send/send'
import { pause } from '../book/step'
import type { Step } from '../book/step'
import { NOT_KNOWN_IF_DONE, PortError } from '../../ports/cluster-port'
import { HIDDEN } from '../../shared/hidden-value'
import { KafkaError } from '../../shared/kafka-codes'
import { said, samePhrase } from '../../shared/words/distinct'
import type { Phrase } from '../../shared/words/phrase'

export const SETTLE_MS = 15_000
const AGAIN_MS = 500
/** For a second: a broker was seen up to 120 ms behind the controller. */
const SEEN_BEFORE = 2
const FRESH_MS = 5_000
export const UNREAD: Phrase = { id: 'result.unread', args: {} }
export const TOPIC_ANEW: Phrase = { id: 'result.topic-anew', args: {} }

/** Of a write that had no answer; `broker` -1 not known. */
export const mayCome = (broker: number): Phrase =>
  broker < 0 ? { id: 'result.may-come-somewhere', args: {} } : { id: 'result.may-come', args: { broker } }

export interface UnsettledBatch extends LastWrite {
  readonly rows: readonly number[]
  /** Overrides a moment before the write, aligned with `rows`. */
  readonly before: readonly Readonly<Record<string, string>>[]
}

type Verdict = 'as-planned' | 'as-before' | 'other' | 'gone' | 'anew' | 'untold' | 'unread'

interface Seen {
  readonly type: number
  readonly isSet: boolean
  /** null where it is not told. */
  readonly value: string | null
}

/** Of a hidden value only that there is one can be seen. */
const shows = ({ type, isSet, value }: Seen, wanted: string | null): boolean =>
  wanted === null ? !isSet : isSet && (wanted === HIDDEN || sameValue(type, value, wanted))
const isHidden = ({ after }: PlanItem): boolean => after.override === HIDDEN
/** There was an override before, and what it was is not told. */
const wasHidden = (item: PlanItem, before: Readonly<Record<string, string>>): boolean =>
  item.before.source === SOURCE_TOPIC && before[item.key] === undefined

export function verdictOf(
  read: TopicSettingsRead | undefined,
  items: readonly PlanItem[],
  before: Readonly<Record<string, string>>,
): Verdict {
  if (read === undefined) return 'unread'
  if (read.error !== 0) return read.error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION ? 'gone' : 'unread'
  const seen = (key: string): Seen => {
    const one = read.values.find(({ name }) => name === key)
    return { type: one?.type ?? 0, isSet: one?.source === SOURCE_TOPIC, value: read.overrides[key] ?? null }
  }
  if (items.some((item) => isHidden(item) && wasHidden(item, before) && seen(item.key).isSet)) return 'untold'
  const every = (wanted: (item: PlanItem) => string | null): boolean =>
    items.every((item) => shows(seen(item.key), wanted(item)))
  if (every(({ after }) => after.override)) return 'as-planned'
  return every((item) => before[item.key] ?? (wasHidden(item, before) ? HIDDEN : null)) ? 'as-before' : 'other'
}

const shown = (value: string | null): Phrase =>
  value === null ? { id: 'value.no-override', args: {} } : { id: 'value.set', args: { value } }

function resultOf(
  topic: string,
  verdict: Verdict,
  read: TopicSettingsRead | undefined,
  items: readonly PlanItem[],
): ItemResult {
  const result = (outcome: ItemResult['outcome'], error: number, message: Phrase | null): ItemResult => ({
    topic,
    partition: -1,
    outcome,
    error,
    message,
  })
  switch (verdict) {
    case 'as-planned':
      return result('applied', 0, { id: 'result.as-planned', args: {} })
    case 'as-before':
      return result('refused', 0, { id: 'result.as-before', args: {} })
    case 'gone':
      return result('refused', KafkaError.UNKNOWN_TOPIC_OR_PARTITION, { id: 'result.topic-gone', args: {} })
    case 'untold': {
      const keys = items.filter(isHidden).map(({ key }) => key)
      return result('unknown', OVERWRITTEN, { id: 'result.hidden', args: { keys: keys.join(', ') } })
    }
    case 'anew':
      return result('unknown', OVERWRITTEN, TOPIC_ANEW)
    case 'unread':
      return result('unknown', read?.error ?? 0, read === undefined ? UNREAD : said(read.message))
    case 'other': {
      const keys = items.map(({ key, after }): Phrase => ({
        id: 'result.differs',
        args: { key, now: shown(read?.overrides[key] ?? null), planned: shown(after.override) },
      }))
      return result('unknown', OVERWRITTEN, { id: 'result.overwritten', args: { keys } })
    }
  }
}

export interface SettledRows {
  readonly results: readonly ItemResult[]
  readonly brokers: readonly number[]
}

/** Reads until every topic can be told, at most 15 s. Topics that could not are 'unknown' with the reason. */
export async function settleRows(step: Step, plan: ConfigPlan, batch: UnsettledBatch): Promise<SettledRows> {
  const { cluster, links, clock, signal } = step
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const until = clock.now() + SETTLE_MS
  const results = new Map<number, ItemResult>()
  const brokers = new Set<number>()
  // How often a topic was seen unlike planned since the write is past.
  const seen = new Map<number, number>()
  let past = false
  const left = (): number[] => batch.rows.filter((row) => !results.has(row))
  for (let turn = 0; left().length > 0 && clock.now() < until && !signal.aborted; turn += 1) {
    if (turn > 0) await pause(clock, AGAIN_MS, signal)
    past ||= await isPast(step, batch, async (link) => {
      const { topics } = await link.alterConfigs(
        changesOf(
          left()
            .slice(0, 1)
            .map((row) => ({ topic: plan.topics[row]!, items: byTopic[row]! })),
          step.hidden,
        ),
        true,
        BARRIER_MS,
      )
      return topics.every(({ error }) => !NOT_KNOWN_IF_DONE.has(error))
    })
    const ids = links.ids()
    const read = await readSome(
      step,
      left().map((row) => plan.topics[row]!),
      ids[turn % Math.max(1, ids.length)],
    )
    // Asked for after the settings: a topic that has its id now had it when they were read.
    const isFresh = await cluster.freshReading(FRESH_MS)
    for (const row of left()) {
      const topic = plan.topics[row]!
      const settings = read.get(topic)
      if (settings !== undefined) brokers.add(settings.broker)
      const planned = plan.topicIds[row]!
      const verdict = isAnother(planned, topic, cluster)
        ? 'anew'
        : planned !== '' && !isFresh
          ? 'unread'
          : verdictOf(settings, byTopic[row]!, batch.before[batch.rows.indexOf(row)] ?? {})
      const told = verdict === 'as-planned' || (past && verdict !== 'unread' && (seen.get(row) ?? 0) >= SEEN_BEFORE)
      if (told) results.set(row, resultOf(topic, verdict, settings, byTopic[row]!))
      else if (past && verdict !== 'unread') seen.set(row, (seen.get(row) ?? 0) + 1)
    }
  }
  const open = left().map((row): ItemResult => ({
    topic: plan.topics[row]!,
    partition: -1,
    outcome: 'unknown',
    error: 0,
    message: past ? UNREAD : mayCome(batch.broker),
  }))
  return { results: [...results.values(), ...open], brokers: [...brokers] }
}

async function readSome(
  step: Step,
  topics: readonly string[],
  broker: number | undefined,
): Promise<ReadonlyMap<string, TopicSettingsRead>> {
  try {
    return await readTopics(step.links, topics, {
      signal: step.signal,
      timeoutMs: 2_000,
      ...(broker === undefined ? {} : { broker }),
    })
  } catch (cause) {
    if (cause instanceof PortError) return new Map()
    throw cause
  }
}

/** Settles one batch and writes down what was found; nothing where nothing new was. */
export async function settleBatch(step: Step, plan: ConfigPlan, batch: UnsettledBatch): Promise<void> {
  const { results, brokers } = await settleRows(step, plan, batch)
  writeSettled(step, results, brokers)
}

export function writeSettled(step: Step, results: readonly ItemResult[], brokers: readonly number[]): void {
  const known = new Map(step.book.view().results.map((result) => [itemKey(result.topic, result.partition), result]))
  const isNews = ({ topic, partition, outcome, message }: ItemResult): boolean => {
    const before = known.get(itemKey(topic, partition))
    return before?.outcome !== outcome || !samePhrase(before.message, message)
  }
  if (!results.some(isNews)) return
  step.book.append({ type: 'settled', at: step.clock.now(), results, brokers })
  step.reach('settled')
}
