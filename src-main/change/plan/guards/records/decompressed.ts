import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps } from '../values'

const KEY = 'max.decompressed.message.bytes'

/**
 * From 4.4. Producers of larger records get INVALID_RECORD, and where larger ones are stored compaction and look-ups by time of that partition fail
 * until it is raised again (Kafka's words on the key, TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_DOC). How large records are once they are
 * decompressed is not looked at.
 */
export const decompressed: Guard = {
  rule: 'decompressed',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('decompressed', facts.topics)
    const lower = new Found('low')
    for (const { topic, before, after } of numberSteps(facts, KEY)) if (!(after >= before)) lower.addTopic(topic, after)
    says.add('lower', 'block', lower, { noteUnit: 'bytes' })
    return says.effects()
  },
}
