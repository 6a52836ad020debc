/** Settling a change whose last write had no answer, or that was under way when Highwater ended: out of its own lines. */
import type { ChangeEvent, ChangeView, ConfigPlan, ItemResult, Plan, PlanConflict } from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import { isAnother, NO_CONFLICT } from '../plan/compare'
import { readTopics } from '../configs/read-topics'
import { settleElection } from './election-settle'
import { itemKey } from '../book/fold'
import { endOutcome, OVERWRITTEN } from '../book/outcome'
import { itemsByTopic } from '../plan/plan-items'
import { settleBatch } from './settle'
import { planOf } from '../book/step'
import type { Step } from '../book/step'

type Sending = Extract<ChangeEvent, { type: 'sending' }>

export interface OpenWrite {
  readonly sending: Sending
  readonly sentAt: number
}

/** Names the item that a row of a `sending` line stands for. */
function keyOfRow(plan: Plan, row: number): string {
  switch (plan.kind) {
    case 'config':
      return itemKey(plan.topics[row]!, -1)
    case 'election': {
      const { topic, partition } = plan.partitions[row]!
      return itemKey(topic, partition)
    }
  }
}

/** Writes of which at least one item is not known yet: sent without an answer, or answered 'unknown' and not settled since. */
export function openWrites(rows: readonly JournalRow[], view: ChangeView): OpenWrite[] {
  const plan = planOf(view)
  const outcomes = new Map(view.results.map((result) => [itemKey(result.topic, result.partition), result]))
  const open: OpenWrite[] = []
  for (const { event, at } of rows) {
    // A plan made anew begins again: what was sent before it has ended.
    if (event.type === 'planned') open.length = 0
    if (event.type !== 'sending') continue
    const unknown = event.rows.filter((row) => {
      const result = outcomes.get(keyOfRow(plan, row))
      return result === undefined || (result.outcome === 'unknown' && result.error !== OVERWRITTEN)
    })
    if (unknown.length === 0) continue
    const before = unknown.map((row) => event.before[event.rows.indexOf(row)] ?? {})
    open.push({ sending: { ...event, rows: unknown, before }, sentAt: at })
  }
  return open
}

/** What another hand left where our write may or may not have come first. */
async function overwritten(step: Step, plan: ConfigPlan, results: readonly ItemResult[]): Promise<PlanConflict> {
  const byTopic = itemsByTopic(plan.items, plan.topics.length)
  const idOf = (topic: string): string => plan.topicIds[plan.topics.indexOf(topic)]!
  const all = results.filter(({ error }) => error === OVERWRITTEN).map(({ topic }) => topic)
  const anew = all.filter((topic) => isAnother(idOf(topic), topic, step.cluster))
  const topics = all.filter((topic) => !anew.includes(topic))
  const read = await readTopics(step.links, topics, { signal: step.signal })
  const config = topics.flatMap((topic) => {
    const row = plan.topics.indexOf(topic)
    return byTopic[row]!.map(({ key, after }) => ({
      topic,
      key,
      base: plan.overrides[row]![key] ?? null,
      now: read.get(topic)?.overrides[key] ?? null,
      wanted: after.override,
      ours: true,
    }))
  })
  return { ...NO_CONFLICT, config, anew }
}

/**
 * Reads the cluster until every open write can be told (at most 15 s each) and ends the change, or leaves it 'unknown'. Never sends anything
 * again. Where nothing was applied and another hand was there since, the change ends in 'conflict' with the three-way difference.
 */
export async function settleChange(step: Step): Promise<ChangeView> {
  const { book } = step
  const plan = planOf(book.view())
  const writes = openWrites(book.rows(), book.view())
  for (const [done, { sending, sentAt }] of writes.entries()) {
    book.progress({ what: 'settling', done, total: writes.length, stoppable: false })
    const batch = { rows: sending.rows, before: sending.before, broker: sending.broker ?? -1, sentAt }
    switch (plan.kind) {
      case 'config':
        await settleBatch(step, plan, batch)
        break
      case 'election':
        await settleElection(step, plan, batch)
    }
  }
  const view = book.view()
  const outcome = endOutcome(view.results)
  const nothingElse = view.results.every(({ outcome: one, error }) => one !== 'unknown' || error === OVERWRITTEN)
  // Of settings alone: whoever moves a leader meanwhile overwrites nothing.
  if (plan.kind === 'config' && outcome === 'unknown' && nothingElse)
    return book.append({ type: 'conflicted', conflict: await overwritten(step, plan, view.results) })
  if (view.state === 'unknown' && outcome === 'unknown') return view
  const ended = book.append({ type: 'ended', outcome })
  step.reach('ended')
  return ended
}
