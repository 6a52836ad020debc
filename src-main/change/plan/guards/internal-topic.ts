import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'

/** Kafka keeps its own state in them: a wrong setting stops groups or transactions of the whole cluster. */
export const internalTopic: Guard = {
  rule: 'internal-topic',
  keys: 'any',
  needs: () => [],
  judge(facts) {
    const says = new Says('internal-topic', facts.topics).asOf(facts.metadataAt)
    const found = new Found()
    for (const topic of facts.topics) if (topic.internal && topic.changes.size > 0) found.addTopic(topic)
    says.add('internal', 'block', found)
    return says.effects()
  },
}
