import type { ConfigEdit, KeyState, Plan, PlanItem } from '../../contract/change'
import { SOURCE_TOPIC } from '../../contract/config'
import { canonicalValue, sameValue } from '../configs/config-text'
import type { TopicSettingsRead } from '../configs/read-topics'
import { HIDDEN, mayBeSensitive } from '../../shared/hidden-value'

export interface TopicItems {
  readonly items: readonly Omit<PlanItem, 'topic'>[]
  /** Edits that would change nothing. */
  readonly unchanged: number
}

/** Both states of one key. A key the broker does not tell (another vendor's, a mistyped one) has neither value nor source before. */
function states(
  settings: TopicSettingsRead,
  edit: ConfigEdit,
): { readonly before: KeyState; readonly after: KeyState; readonly same: boolean } {
  const known = settings.values.find(({ name }) => name === edit.key)
  const type = known?.type ?? 0
  const override = settings.overrides[edit.key] ?? null
  const before = { override, value: known?.value ?? null, source: known?.source ?? 0 }
  if (edit.op === 'delete') {
    const after = { override: null, value: known?.inherited?.value ?? null, source: known?.inherited?.source ?? 0 }
    // An override whose value is not told (sensitive) is still one: its source says so.
    return { before, after, same: override === null && before.source !== SOURCE_TOPIC }
  }
  // One that no broker tells, or tells as sensitive, may be a secret. A new value cannot be held against one that is never told.
  if (known === undefined ? mayBeSensitive(edit.key) : known.sensitive)
    return { before, after: { override: HIDDEN, value: HIDDEN, source: SOURCE_TOPIC }, same: false }
  const value = canonicalValue(type, edit.value)
  return { before, after: { override: value, value, source: SOURCE_TOPIC }, same: sameValue(type, override, value) }
}

/** Before and after of every edited key of one topic, without those that would change nothing. */
export function itemsOfTopic(settings: TopicSettingsRead, edits: readonly ConfigEdit[]): TopicItems {
  const items: Omit<PlanItem, 'topic'>[] = []
  let unchanged = 0
  for (const edit of edits) {
    const { before, after, same } = states(settings, edit)
    if (same) unchanged += 1
    else items.push({ key: edit.key, before, after })
  }
  return { items, unchanged }
}

/** The edit of an item: one operation per changed key, the key's own value (hidden ones stay so) or the removal of it (guardrails.md). */
export const editOf = ({ key, after }: Pick<PlanItem, 'key' | 'after'>): ConfigEdit =>
  after.override === null ? { key, op: 'delete', value: '' } : { key, op: 'set', value: after.override }

/** The settings a plan changes: an election changes none. */
export function itemsOfPlan(plan: Plan): readonly PlanItem[] {
  switch (plan.kind) {
    case 'config':
      return plan.items
    case 'election':
      return []
  }
}

/** The items of each topic row of a plan. */
export function itemsByTopic(items: readonly PlanItem[], topics: number): readonly (readonly PlanItem[])[] {
  const byTopic = Array.from({ length: topics }, (): PlanItem[] => [])
  for (const item of items) byTopic[item.topic]!.push(item)
  return byTopic
}
