import { Says } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { elements, textSteps } from './values'

const KEY = 'cleanup.policy'

/** Topics that are somebody's only store of state: group offsets, transactions, Kafka Streams, Kafka Connect, Schema Registry. */
const STATE_TOPIC = /^(__consumer_offsets|__transaction_state|_schemas|connect-.*|.*-changelog)$/

/** Records begin to be deleted by age: keys that have not been written for longer than retention.ms are gone. */
export const compactToDelete: Guard = {
  rule: 'compact-to-delete',
  keys: [KEY],
  variants: { 'state-topic': [], 'old-keys-go': [] },
  needs: () => [],
  judge(facts) {
    const says = new Says('compact-to-delete', facts.topics)
    const state = new Found()
    const other = new Found()
    for (const { topic, before, after } of textSteps(facts, KEY)) {
      if (!elements(after).includes('delete') || (before !== null && elements(before).includes('delete'))) continue
      ;(STATE_TOPIC.test(topic.topic) ? state : other).addTopic(topic)
    }
    says.add('state-topic', 'block', state)
    says.add('old-keys-go', 'warn', other)
    return says.effects()
  },
}
