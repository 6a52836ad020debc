import type { ChangeView, Plan, PlanItem } from '../../contract/change'
import { batchesOf, runBatches, writeBatch } from './batches'
import type { Halt } from './batches'
import { conflictOf, whyConflict, isConflict } from '../plan/compare'
import { readTopics } from '../configs/read-topics'
import { ailingNow, plannedMinIsr, whyWorse } from '../plan/health'
import { itemsByTopic } from '../plan/plan-items'
import { changesOf, sendSettings } from './send'
import { settleBatch } from '../settle/settle'
import { planOf } from '../book/step'
import type { Step } from '../book/step'

/** The first batch is one topic, so that a mistake costs one. */
const APPLY_BATCH = 20
export const FRESH_MS = 5_000
export const NOT_FRESH: Halt = {
  by: 'error',
  why: { id: 'stop.not-fresh', args: { within: { unit: 'ms', value: FRESH_MS } } },
}

type Overrides = readonly Readonly<Record<string, string>>[]

/** Reads again what the plan stands on. Answers the overrides as they are a moment before the write, aligned with `rows`. */
async function look(
  step: Step,
  plan: Plan,
  byTopic: readonly (readonly PlanItem[])[],
  rows: readonly number[],
  first: boolean,
): Promise<Overrides | Halt> {
  const { cluster, links, book, signal } = step
  const read = await readTopics(
    links,
    rows.map((row) => plan.topics[row]!),
    { signal },
  )
  step.reach('re-read')
  const conflict = conflictOf(plan, rows, byTopic, read, cluster)
  if (isConflict(conflict)) {
    if (!first) return { by: 'error', why: whyConflict(conflict) }
    book.append({ type: 'conflicted', conflict })
    return 'conflict'
  }
  const failed = [...read.values()].find(({ error }) => error !== 0)
  if (failed !== undefined) {
    const { topic, error, message: text } = failed
    return { by: 'error', why: { id: 'stop.unreadable', args: { topic, error, text } } }
  }
  return rows.map((row) => read.get(plan.topics[row]!)!.overrides)
}

/**
 * Sends a plan of settings, batch after batch: what the plan stands on is read again before each, the line with the exact overrides is on the
 * disk before the write, the answer is written down after it. Stops between batches when told to, when a partition of these topics got worse,
 * or when the cluster is not as planned any more. Partitions that refuse writes because of the very plan were in its effects, and somebody
 * confirmed them: they are no reason to stop.
 */
export async function applySettings(step: Step): Promise<ChangeView> {
  const { book, cluster, links, signal } = step
  const plan = planOf(book.view())
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const minIsrOf = plannedMinIsr(cluster, plan)
  const before = ailingNow(cluster, plan.topics, minIsrOf)

  const doBatch = async (batch: number, rows: readonly number[]): Promise<Halt | null> => {
    if (!(await cluster.freshReading(FRESH_MS))) return NOT_FRESH
    // Before it is compared: a broker that fell over is both, and this is what matters more.
    const worse = batch === 0 ? null : whyWorse(before, ailingNow(cluster, plan.topics, minIsrOf))
    if (worse !== null) return { by: 'watch', why: worse }
    const overrides = await look(step, plan, byTopic, rows, batch === 0)
    if (overrides === 'conflict' || 'by' in overrides) return overrides
    const link = await links.any(signal)
    // A stop that came while reading is still in time.
    const stopped = step.stop()
    if (stopped !== null) return stopped
    const broker = link.address.id
    const changes = changesOf(rows.map((row) => ({ topic: plan.topics[row]!, items: byTopic[row]! })))
    const { halt } = await writeBatch(
      step,
      { batch, rows, before: overrides, broker },
      async () => {
        const sent = await sendSettings(link, changes)
        if (sent.trouble !== null) links.failed(link)
        return sent
      },
      (sentAt) => settleBatch(step, { rows, before: overrides, broker, sentAt }),
    )
    return halt
  }
  return runBatches(step, batchesOf(plan.topics.length, APPLY_BATCH, 1), doBatch)
}
