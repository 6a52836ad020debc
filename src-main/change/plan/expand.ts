import { MAX_PLAN_TOPICS } from '../../contract/change'
import type { ChangeDraft, ConfigEdit } from '../../contract/change'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'

type ConfigDraft = Extract<ChangeDraft, { kind: 'config' }>

/**
 * The groups of a draft as edits per topic, topics in the order they were named. A topic may stand in several groups, one key of it only once:
 * which of two values is meant is not for us to guess ('bad-input', `detail.text` 'duplicate'). More than MAX_PLAN_TOPICS topics are refused.
 */
export function expandDraft(draft: ConfigDraft): Result<ReadonlyMap<string, readonly ConfigEdit[]>> {
  const byTopic = new Map<string, ConfigEdit[]>()
  for (const { topics, edits } of draft.groups) {
    for (const topic of topics) {
      const own = byTopic.get(topic) ?? []
      for (const edit of edits) {
        if (own.some(({ key }) => key === edit.key)) {
          return fail('bad-input', `${edit.key} of ${topic} is named twice`, {
            text: 'duplicate',
            topic,
            key: edit.key,
          })
        }
        own.push(edit)
      }
      byTopic.set(topic, own)
    }
  }
  if (byTopic.size === 0) return fail('bad-input', 'No topic is named', { text: 'empty' })
  if (byTopic.size > MAX_PLAN_TOPICS)
    return fail('bad-input', `More than ${MAX_PLAN_TOPICS} topics`, { text: 'too-many-topics', most: MAX_PLAN_TOPICS })
  for (const [topic, edits] of byTopic)
    if (edits.length === 0) return fail('bad-input', `Nothing is changed on ${topic}`, { text: 'empty', topic })
  return ok(byTopic)
}

/** The other way round: topics with the very same edits share a group. */
export function toGroups(byTopic: ReadonlyMap<string, readonly ConfigEdit[]>): ConfigDraft {
  const groups = new Map<string, { topics: string[]; edits: readonly ConfigEdit[] }>()
  for (const [topic, edits] of byTopic) {
    const sameEdits = JSON.stringify(edits.map(({ key, op, value }) => [key, op, value]))
    const group = groups.get(sameEdits)
    if (group === undefined) groups.set(sameEdits, { topics: [topic], edits })
    else group.topics.push(topic)
  }
  return { kind: 'config', groups: [...groups.values()] }
}
