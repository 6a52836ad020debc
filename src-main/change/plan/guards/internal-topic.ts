import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'

/** Metadata does not flag it (Topic.INTERNAL_TOPICS): without its records what is in remote storage belongs to nobody. */
const NOT_FLAGGED = '__remote_log_metadata'

/** Kafka keeps its own state in them: a wrong setting stops groups or transactions of the whole cluster. */
export const internalTopic: Guard = {
  rule: 'internal-topic',
  keys: 'any',
  needs: () => [],
  judge(facts) {
    const says = new Says('internal-topic', facts.topics).asOf(facts.metadataAt)
    const found = new Found()
    for (const topic of facts.topics)
      if ((topic.internal || topic.topic === NOT_FLAGGED) && topic.changes.size > 0) found.addTopic(topic)
    says.add('internal', 'block', found)
    return says.effects()
  },
}
