/** The difference of a plan as rows: every topic, or topics with the very same change together. Pure. */
import type { ConfigPlan, KeyState, PlanItem } from '@contract/change'

export interface DifferenceRow {
  /** '' where it stands for several topics. */
  readonly topic: string
  readonly topics: readonly string[]
  readonly key: string
  readonly before: KeyState
  readonly after: KeyState
  /** The override is taken away. */
  readonly removes: boolean
}

const stateName = ({ override, value, source }: KeyState): string => JSON.stringify([override, value, source])
const rowOf = (
  plan: ConfigPlan,
  { topic, key, before, after }: PlanItem,
  topics: readonly string[],
): DifferenceRow => ({
  topic: topics.length === 1 ? (plan.topics[topic] ?? '') : '',
  topics,
  key,
  before,
  after,
  removes: before.override !== null && after.override === null,
})

export const eachRow = (plan: ConfigPlan): DifferenceRow[] =>
  plan.items.map((item) => rowOf(plan, item, [plan.topics[item.topic] ?? '']))

/** Same key, same state before and after: one row, with the topics it holds for. Most topics first within a key. */
export function groupedRows(plan: ConfigPlan): DifferenceRow[] {
  const groups = new Map<string, { item: PlanItem; topics: string[] }>()
  for (const item of plan.items) {
    const name = `${item.key} ${stateName(item.before)} ${stateName(item.after)}`
    const group = groups.get(name) ?? { item, topics: [] }
    group.topics.push(plan.topics[item.topic] ?? '')
    groups.set(name, group)
  }
  return [...groups.values()]
    .map(({ item, topics }) => rowOf(plan, item, topics))
    .sort((a, b) => a.key.localeCompare(b.key) || b.topics.length - a.topics.length)
}
