import type { ConfigPlan, Validation } from '../../contract/change'
import { askAny } from '../links/ask'
import { itemsByTopic } from '../plan/plan-items'
import { changesOf, requireTyped } from './send'
import type { Step } from '../book/step'
import { KafkaError } from '../../shared/kafka-codes'
import { said } from '../../shared/words/distinct'

const BATCH = 50
const VALIDATE_MS = 10_000
/** Seen on 4.0.0 with data of 3.9.1: the names removed in 4.0 refuse every edit of their topic, one after the other. */
const UNKNOWN_NAME = /^Unknown topic config name: (\S+)$/

/**
 * Another override stored on the topic that the broker's message names: Kafka judges stored and new ones together, so one bad old key refuses
 * every edit (guardrails.md). '' = none. The longest name wins, as `segment.bytes` is part of other names.
 */
export function removableKey(
  message: string,
  overrides: Readonly<Record<string, string>>,
  ours: ReadonlySet<string>,
): string {
  // A name that this Kafka no longer knows is told without its value and is not among the overrides; it is stored all the same.
  const unknown = UNKNOWN_NAME.exec(message)?.[1] ?? ''
  if (unknown !== '' && !ours.has(unknown)) return unknown
  const named = new Set(message.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, '')))
  const stored = Object.keys(overrides).filter((key) => !ours.has(key) && named.has(key))
  return stored.sort((a, b) => b.length - a.length)[0] ?? ''
}

/** Asks the brokers whether they would take it (IncrementalAlterConfigs with validateOnly). Their words are kept as they are. */
export async function validateSettings(step: Step, plan: ConfigPlan): Promise<Validation> {
  const { book, links, clock, signal, hidden } = step
  requireTyped(plan, hidden)
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const refusals: Validation['refusals'][number][] = []
  let broker = -1
  for (let from = 0; from < plan.topics.length; from += BATCH) {
    book.progress({ what: 'validating', done: from, total: plan.topics.length, stoppable: true })
    const rows = plan.topics
      .slice(from, from + BATCH)
      .map((topic, at) => ({ topic, items: byTopic[from + at]!, overrides: plan.overrides[from + at]! }))
    const answer = await askAny(
      links,
      async (link) => {
        broker = link.address.id
        return link.alterConfigs(changesOf(rows, hidden), true, VALIDATE_MS)
      },
      signal,
    )
    const answers = new Map(answer.topics.map((one) => [one.topic, one]))
    for (const { topic, items, overrides } of rows) {
      const one = answers.get(topic)
      if (one?.error === 0) continue
      refusals.push({
        topic,
        error: one?.error ?? KafkaError.UNKNOWN_SERVER_ERROR,
        message: one === undefined ? { id: 'result.topic-unnamed', args: {} } : said(hidden.without(one.message)),
        removable: removableKey(one?.message ?? '', overrides, new Set(items.map(({ key }) => key))),
      })
    }
  }
  return { at: clock.now(), broker, topics: plan.topics.length, refusals }
}
