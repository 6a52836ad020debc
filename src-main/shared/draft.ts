/** What a change is to do, as a person put it together, and the algebra of it. Pure: what is taken out or added makes a new draft. */

/** 'delete' takes the topic's own override away, so that the inherited value holds again. */
export const EDIT_OPS = ['set', 'delete'] as const

export interface ConfigEdit {
  readonly key: string
  readonly op: (typeof EDIT_OPS)[number]
  /** '' with 'delete'. */
  readonly value: string
}

export interface ConfigDraft {
  readonly kind: 'config'
  readonly groups: readonly { readonly topics: readonly string[]; readonly edits: readonly ConfigEdit[] }[]
}

/** Preferred leader election. */
export interface ElectionDraft {
  readonly kind: 'election'
  readonly partitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
}

export type ChangeDraft = ConfigDraft | ElectionDraft
export type ChangeKind = ChangeDraft['kind']

/** Names in the order of the draft, each once. */
export const draftTopics = (draft: ChangeDraft): string[] => [
  ...new Set(
    draft.kind === 'config' ? draft.groups.flatMap(({ topics }) => topics) : draft.partitions.map(({ topic }) => topic),
  ),
]

/** Keys in the order of the draft, each once; [] for an election. */
export const draftKeys = (draft: ChangeDraft): string[] =>
  draft.kind === 'config' ? [...new Set(draft.groups.flatMap(({ edits }) => edits.map(({ key }) => key)))] : []

/** Partitions an election names; 0 for settings. */
export const draftPartitions = (draft: ChangeDraft): number =>
  draft.kind === 'election' ? draft.partitions.reduce((sum, { partitions }) => sum + partitions.length, 0) : 0

/** Topics in the order they were named. A topic that stands in several groups has the edits of all of them, in their order. */
export function editsByTopic(draft: ConfigDraft): Map<string, readonly ConfigEdit[]> {
  const byTopic = new Map<string, readonly ConfigEdit[]>()
  for (const { topics, edits } of draft.groups) {
    for (const topic of topics) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...edits])
  }
  return byTopic
}

/** The other way round: topics with the very same edits share a group, so that a thousand topics do not become a thousand groups. */
export function draftOfEdits(byTopic: Iterable<readonly [topic: string, edits: readonly ConfigEdit[]]>): ConfigDraft {
  const groups = new Map<string, { readonly topics: string[]; readonly edits: readonly ConfigEdit[] }>()
  for (const [topic, edits] of byTopic) {
    const same = JSON.stringify(edits.map(({ key, op, value }) => [key, op, value]))
    const group = groups.get(same)
    if (group === undefined) groups.set(same, { topics: [topic], edits })
    else group.topics.push(topic)
  }
  return { kind: 'config', groups: [...groups.values()] }
}

const left = (draft: ConfigDraft): ConfigDraft | null => {
  const groups = draft.groups.filter(({ topics, edits }) => topics.length > 0 && edits.length > 0)
  return groups.length === 0 ? null : { ...draft, groups }
}

/** No edit of this key any more, on any topic; null = nothing is left of it. */
export const withoutKey = (draft: ConfigDraft, key: string): ConfigDraft | null =>
  left({
    ...draft,
    groups: draft.groups.map((group) => ({ ...group, edits: group.edits.filter((edit) => edit.key !== key) })),
  })

/** null = nothing is left of it. */
export const withoutTopics = (draft: ConfigDraft, topics: ReadonlySet<string>): ConfigDraft | null =>
  left({
    ...draft,
    groups: draft.groups.map((group) => ({ ...group, topics: group.topics.filter((topic) => !topics.has(topic)) })),
  })

/** The same draft that also takes the override of `key` away on these of its topics. */
export function withRemoval(draft: ConfigDraft, topics: ReadonlySet<string>, key: string): ConfigDraft {
  const removal: ConfigEdit = { key, op: 'delete', value: '' }
  const removed = (edits: readonly ConfigEdit[]): readonly ConfigEdit[] => [
    ...edits.filter((edit) => edit.key !== key),
    removal,
  ]
  return draftOfEdits(
    Array.from(editsByTopic(draft), ([topic, edits]) => [topic, topics.has(topic) ? removed(edits) : edits] as const),
  )
}
