/** Takes parts out of a draft on the change page. Pure; null = nothing is left of it. */
import type { ChangeDraft, ConfigEdit } from '@contract/change'

type ConfigDraft = Extract<ChangeDraft, { kind: 'config' }>
type Group = ConfigDraft['groups'][number]

const kept = (draft: ConfigDraft, groups: readonly Group[]): ConfigDraft | null => {
  const left = groups.filter(({ topics, edits }) => topics.length > 0 && edits.length > 0)
  return left.length === 0 ? null : { ...draft, groups: left }
}

/** No edit of this key any more, on any topic. */
export const withoutKey = (draft: ConfigDraft, key: string): ConfigDraft | null =>
  kept(
    draft,
    draft.groups.map((group) => ({ ...group, edits: group.edits.filter((edit) => edit.key !== key) })),
  )

export const withoutTopics = (draft: ConfigDraft, topics: ReadonlySet<string>): ConfigDraft | null =>
  kept(
    draft,
    draft.groups.map((group) => ({ ...group, topics: group.topics.filter((topic) => !topics.has(topic)) })),
  )

const sameEdits = (edits: readonly ConfigEdit[]): string => JSON.stringify(edits)

/**
 * The same draft that also takes the override of `key` away on these topics. Topics whose edits stay equal share a
 * group, so that a thousand topics do not become a thousand groups.
 */
export function withRemoval(draft: ConfigDraft, topics: ReadonlySet<string>, key: string): ConfigDraft {
  const removal: ConfigEdit = { key, op: 'delete', value: '' }
  const groups = new Map<string, { topics: string[]; edits: readonly ConfigEdit[] }>()
  for (const group of draft.groups) {
    for (const topic of group.topics) {
      const edits = topics.has(topic) ? [...group.edits.filter((edit) => edit.key !== key), removal] : group.edits
      const name = sameEdits(edits)
      const home = groups.get(name)
      if (home === undefined) groups.set(name, { topics: [topic], edits })
      else home.topics.push(topic)
    }
  }
  return { ...draft, groups: [...groups.values()] }
}

/** Names in the order of the draft. */
export const draftTopics = (draft: ChangeDraft): string[] =>
  draft.kind === 'config'
    ? [...new Set(draft.groups.flatMap(({ topics }) => topics))]
    : draft.partitions.map(({ topic }) => topic)

export const draftKeys = (draft: ChangeDraft): string[] =>
  draft.kind === 'config' ? [...new Set(draft.groups.flatMap(({ edits }) => edits.map(({ key }) => key)))] : []
