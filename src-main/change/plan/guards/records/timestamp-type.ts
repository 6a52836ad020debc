import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { textSteps } from '../values'

const KEY = 'message.timestamp.type'

/** Retention by time and look-ups by time go by the timestamps of records; stored ones keep theirs, new ones get them from another clock. */
export const timestampType: Guard = {
  rule: 'timestamp-type',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('timestamp-type', facts.topics)
    const append = new Found()
    const create = new Found()
    for (const { topic, after } of textSteps(facts, KEY))
      (after.trim() === 'LogAppendTime' ? append : create).addTopic(topic)
    says.add('log-append', 'warn', append)
    says.add('create', 'warn', create)
    return says.effects()
  },
}
