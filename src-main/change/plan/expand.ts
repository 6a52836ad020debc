import { MAX_PLAN_TOPICS } from '../../contract/change'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { editsByTopic } from '../../shared/draft'
import type { ConfigDraft, ConfigEdit } from '../../shared/draft'

const twice = (edits: readonly ConfigEdit[]): ConfigEdit | undefined => {
  const seen = new Set<string>()
  return edits.find(({ key }) => seen.size === seen.add(key).size)
}

/**
 * The groups of a draft as edits per topic, topics in the order they were named. A topic may stand in several groups, one key of it only once:
 * which of two values is meant is not for us to guess ('bad-input', `detail.text` 'duplicate'). More than MAX_PLAN_TOPICS topics are refused.
 */
export function expandDraft(draft: ConfigDraft): Result<ReadonlyMap<string, readonly ConfigEdit[]>> {
  const byTopic = editsByTopic(draft)
  if (byTopic.size === 0) return fail('bad-input', 'No topic is named', { text: 'empty' })
  if (byTopic.size > MAX_PLAN_TOPICS)
    return fail('bad-input', `More than ${MAX_PLAN_TOPICS} topics`, { text: 'too-many-topics', most: MAX_PLAN_TOPICS })
  for (const [topic, edits] of byTopic) {
    const again = twice(edits)
    if (again !== undefined) {
      const { key } = again
      return fail('bad-input', `${key} of ${topic} is named twice`, { text: 'duplicate', topic, key })
    }
    if (edits.length === 0) return fail('bad-input', `Nothing is changed on ${topic}`, { text: 'empty', topic })
  }
  return ok(byTopic)
}
