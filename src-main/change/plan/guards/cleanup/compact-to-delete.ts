import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, TopicFacts } from '../guard'
import { sayLosses } from '../losses'
import { elements, mayLower, textSteps } from '../values'

const KEY = 'cleanup.policy'

/** Topics that are somebody's only store of state: Kafka's own, Kafka Streams, Kafka Connect, MirrorMaker, Schema Registry, Confluent's. */
const STATE_TOPIC =
  /^(__(consumer_offsets|transaction_state|share_group_state|remote_log_metadata)|_schemas|_confluent.*|connect-.*|mm2-.*|.*\.checkpoints\.internal|.*-changelog)$/

/** A policy before that is not told counts as one that does not delete. */
const startsDeleting = (before: string | null, after: string): boolean =>
  elements(after).includes('delete') && !(before !== null && elements(before).includes('delete'))

/**
 * Records begin to be deleted by age and size: keys that have not been written for longer than retention.ms are gone. Where the plan lowers a limit
 * too, the rule of that limit tells what goes.
 */
export const compactToDelete: Guard = {
  rule: 'compact-to-delete',
  keys: [KEY],
  needs(changes) {
    const change = changes.get(KEY)
    return change !== undefined && startsDeleting(change.before.value, change.after.value ?? '')
      ? ['deletable', 'groups']
      : []
  },
  *judge(facts) {
    const says = new Says('compact-to-delete', facts.topics).asOf(facts.metadataAt)
    const exposed: TopicFacts[] = []
    const state = new Found()
    const other = new Found()
    for (const { topic, before, after } of textSteps(facts, KEY)) {
      if (!startsDeleting(before, after)) continue
      ;(STATE_TOPIC.test(topic.topic) ? state : other).addTopic(topic)
      if (before === null) says.missing(topic, { id: 'why.policy-untold', args: {} })
      else if (!mayLower(topic.changes, 'retention.ms') && !mayLower(topic.changes, 'retention.bytes'))
        exposed.push(topic)
    }
    yield* sayLosses(says, exposed)
    says.add('state-topic', 'block', state)
    says.add('old-keys-go', 'warn', other)
    return says.effects()
  },
}
