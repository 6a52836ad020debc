import type { ConfigPlan, ItemResult, PlanItem } from '../../contract/change'
import type { HiddenValues } from '../book/hidden-values'
import { stepFailed } from '../book/step'
import { NOT_KNOWN_IF_DONE, PortError } from '../../ports/cluster-port'
import type { BrokerLink, ConfigChange } from '../../ports/cluster-port'
import { editOf } from '../plan/plan-items'
import { HIDDEN } from '../../shared/hidden-value'
import { said } from '../../shared/words/distinct'
import type { Phrase } from '../../shared/words/phrase'

export const ALTER_MS = 10_000
const SILENT: Phrase = { id: 'stop.write-silent', args: {} }

export interface Sent {
  readonly results: readonly ItemResult[]
  /** Why nothing more should be sent, null = go on. */
  readonly trouble: Phrase | null
}

/** What goes out for these topics: exactly the changed keys, with what was typed for those that are hidden. */
export const changesOf = (
  topics: readonly { readonly topic: string; readonly items: readonly PlanItem[] }[],
  hidden: HiddenValues,
): ConfigChange[] =>
  topics.map(({ topic, items }) => ({
    topic,
    edits: items.map((item) => {
      const edit = editOf(item)
      return edit.value === HIDDEN ? { ...edit, value: hidden.valueOf(topic, edit.key) ?? HIDDEN } : edit
    }),
  }))

/** A plan of this run has them all, since it was made of them; what stands for a value is never written as one. Throws StepFailed. */
export function requireTyped(plan: ConfigPlan, hidden: HiddenValues): void {
  for (const { topic: row, key, after } of plan.items) {
    const topic = plan.topics[row]!
    if (after.override === HIDDEN && hidden.valueOf(topic, key) === null)
      throw stepFailed('bad-input', `The value of ${key} was not kept: type it again`, {
        text: 'value-hidden',
        topic,
        key,
      })
  }
}

const same = (
  names: readonly string[],
  outcome: ItemResult['outcome'],
  error: number,
  message: Phrase | null,
): ItemResult[] => names.map((topic) => ({ topic, partition: -1, outcome, error, message }))

/**
 * Sends one batch and says what became of each topic. Never rejects: a write that had no answer is 'unknown' when it may have been carried
 * out, and 'not-begun' when it cannot have left us.
 */
export async function sendSettings(
  link: BrokerLink,
  changes: readonly ConfigChange[],
  hidden: HiddenValues,
): Promise<Sent> {
  const names = changes.map(({ topic }) => topic)
  try {
    const answer = await link.alterConfigs(changes, false, ALTER_MS)
    const byTopic = new Map(answer.topics.map((one) => [one.topic, one]))
    const results = names.map((topic): ItemResult => {
      const one = byTopic.get(topic)
      if (one === undefined)
        return {
          topic,
          partition: -1,
          outcome: 'unknown',
          error: 0,
          message: { id: 'result.topic-unnamed', args: {} },
        }
      const outcome = one.error === 0 ? 'applied' : NOT_KNOWN_IF_DONE.has(one.error) ? 'unknown' : 'refused'
      return { topic, partition: -1, outcome, error: one.error, message: said(hidden.without(one.message)) }
    })
    return { results, trouble: results.some(({ outcome }) => outcome === 'unknown') ? SILENT : null }
  } catch (cause) {
    if (!(cause instanceof PortError)) {
      const trouble = said(String(cause))
      return { results: same(names, 'unknown', 0, trouble), trouble }
    }
    const { kafkaError, maybeDone, kind } = cause
    const message: Phrase = { id: 'said', args: { text: cause.message } }
    const trouble: Phrase = { id: 'stop.broker', args: { broker: link.address.id, why: message } }
    if (maybeDone) return { results: same(names, 'unknown', kafkaError, message), trouble }
    if (kind === 'kafka') return { results: same(names, 'refused', kafkaError, message), trouble }
    return { results: same(names, 'not-begun', 0, message), trouble }
  }
}
