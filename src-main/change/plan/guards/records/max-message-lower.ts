import { Says, listText } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { mayLower, numberSteps } from '../values'

const KEY = 'max.message.bytes'
/** Kafka's default: 1 MiB and the overhead of a batch (ServerLogConfigs.MAX_MESSAGE_BYTES_DEFAULT). */
const DEFAULT_BYTES = 1_048_588

/** The limit is on whole batches (UnifiedLog.analyzeAndValidateRecords): producers that send larger ones fail from then on. Stored batches stay. */
export const maxMessageLower: Guard = {
  rule: 'max-message-lower',
  keys: [KEY],
  needs: (changes) => (mayLower(changes, KEY) ? ['sample'] : []),
  judge(facts) {
    const says = new Says('max-message-lower', facts.topics)
    const [larger, below, fits, none] = [new Found(), new Found('low'), new Found(), new Found()]
    const limits = new Set<number>()
    const largest = { larger: 0, fits: 0 }
    for (const { topic, before, after } of numberSteps(facts, KEY)) {
      if (after >= before) continue
      limits.add(after)
      if (after < DEFAULT_BYTES) below.addTopic(topic, after)
      const sample = says.known(topic, topic.sample)
      if (sample === null) continue
      const { largestBatchBytes } = sample
      if (largestBatchBytes > after) {
        larger.addTopic(topic, largestBatchBytes)
        largest.larger = Math.max(largest.larger, largestBatchBytes)
      } else if (largestBatchBytes > 0) {
        fits.addTopic(topic, largestBatchBytes)
        largest.fits = Math.max(largest.fits, largestBatchBytes)
      } else none.addTopic(topic)
    }
    const limitText = listText(limits)
    says.add('larger-seen', 'block', larger, {
      figures: { limitText, largestBytes: largest.larger },
      noteUnit: 'bytes',
    })
    says.add('below-default', 'warn', below, { figures: { limitText }, noteUnit: 'bytes' })
    says.add('fits', 'info', fits, { figures: { limitText, largestBytes: largest.fits }, noteUnit: 'bytes' })
    says.add('none-seen', 'info', none, { figures: { limitText } })
    return says.effects()
  },
}
