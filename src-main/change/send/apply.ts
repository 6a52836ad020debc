import type { ChangeView, ConfigPlan, PlanItem } from '../../contract/change'
import { extentOf } from '../book/fold'
import { batchesOf, leadingTo, sendBatches, stopWith } from './batches'
import type { LastLook } from './batches'
import { leadsElsewhere } from '../links/elsewhere'
import { conflictOf, isConflict } from '../plan/compare'
import { readTopics } from '../configs/read-topics'
import { ailingNow, plannedMinIsr, whyWorse } from '../plan/health'
import { itemsByTopic } from '../plan/plan-items'
import { changesOf, requireTyped, sendSettings } from './send'
import { settleBatch } from '../settle/settle'
import type { Step, StopReason } from '../book/step'

/** The first batch is one topic, so that a mistake costs one. */
const APPLY_BATCH = 20
export const FRESH_MS = 5_000
const NOT_FRESH: StopReason = {
  by: 'error',
  why: { id: 'stop.not-fresh', args: { within: { unit: 'ms', value: FRESH_MS } } },
}

/** The cluster could not be read anew within FRESH_MS: it does not answer, or its addresses lead to another one. */
export function notFresh(step: Step): LastLook {
  const elsewhere = leadsElsewhere(step.cluster)
  return elsewhere === '' ? stopWith(NOT_FRESH) : leadingTo(elsewhere)
}

/** Reads again what the plan stands on, with the overrides as they are a moment before the write. */
async function look(
  step: Step,
  plan: ConfigPlan,
  byTopic: readonly (readonly PlanItem[])[],
  rows: readonly number[],
): Promise<LastLook> {
  const { cluster, links, signal } = step
  const read = await readTopics(
    links,
    rows.map((row) => plan.topics[row]!),
    { signal },
  )
  step.reach('re-read')
  const conflict = conflictOf(plan, rows, byTopic, read, cluster)
  if (isConflict(conflict)) return { kind: 'conflict', conflict }
  const failed = [...read.values()].find(({ error }) => error !== 0)
  if (failed !== undefined) {
    const { topic, error, message: text } = failed
    return stopWith({ by: 'error', why: { id: 'stop.unreadable', args: { topic, error, text } } })
  }
  const before = rows.map((row) => read.get(plan.topics[row]!)!.overrides)
  return { kind: 'send', link: await links.any(signal), before }
}

/**
 * Sends a plan of settings, batch after batch: what the plan stands on is read again before each, the line with the exact overrides is on the
 * disk before the write, the answer is written down after it. Stops between batches when told to, when a partition of these topics got worse,
 * or when the cluster is not as planned any more. Partitions that refuse writes because of the very plan were in its effects, and somebody
 * confirmed them: they are no reason to stop.
 */
export async function applySettings(step: Step, plan: ConfigPlan): Promise<ChangeView> {
  const { cluster } = step
  requireTyped(plan, step.hidden)
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const minIsrOf = plannedMinIsr(cluster, plan)
  const before = ailingNow(cluster, plan.topics, minIsrOf)

  return sendBatches(step, {
    begins: { type: 'applying', ...extentOf(plan) },
    batches: batchesOf(plan.topics.length, APPLY_BATCH, 1),
    async look(batch, rows) {
      if (!(await cluster.freshReading(FRESH_MS))) return notFresh(step)
      // Before it is compared: a broker that fell over is both, and this is what matters more.
      const worse = batch === 0 ? null : whyWorse(before, ailingNow(cluster, plan.topics, minIsrOf))
      return worse === null ? look(step, plan, byTopic, rows) : stopWith({ by: 'watch', why: worse })
    },
    send: (link, rows) =>
      sendSettings(
        link,
        changesOf(
          rows.map((row) => ({ topic: plan.topics[row]!, items: byTopic[row]! })),
          step.hidden,
        ),
        step.hidden,
      ),
    settle: (batch) => settleBatch(step, plan, batch),
    rest: () => Promise.resolve(null),
  })
}
